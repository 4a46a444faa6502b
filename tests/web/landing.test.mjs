// What a scan shows: one request, the reader's language, and a choice that is kept.

import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { LANGUAGES, build, launch, reading, serve, third } from './site.mjs'

const site = build()
const { origin, seen } = await serve(site.output)
const browser = await launch()
const [SOURCE] = LANGUAGES

/** What stands on the page for a reader's eyes. */
const look = (page) => page.evaluate(() => {
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility())
  return {
    lang: document.documentElement.lang,
    title: document.title,
    halves: [...new Set(visible('[data-half]').map((element) => Number(element.dataset.half)))].sort(),
    text: visible('main h1, main .lede, main .story, main .side').map((element) => element.innerText),
    chosen: visible('[data-choose][aria-current]').map((element) => element.dataset.choose),
  }
})

/** The page of one language: what its half of the landing must look like. */
const own = new Map()
before(() => reading(browser, origin, {}, async (page) => {
  for (const entry of site.entries) {
    for (const lang of LANGUAGES) {
      await page.goto(`/${entry.pages[lang]}`)
      const { title, text } = await look(page)
      own.set(`${entry.id} ${lang}`, { title, text })
    }
  }
}))

function assertShows(landing, entry, lang, where) {
  const expected = own.get(`${entry.id} ${lang}`)
  assert.deepEqual(landing.halves, [LANGUAGES.indexOf(lang)], `${where}: only the ${lang} half`)
  assert.deepEqual(landing.text, expected.text, `${where}: the words of the ${lang} page`)
  assert.equal(landing.lang, lang, `${where}: html lang`)
  assert.equal(landing.title, expected.title, `${where}: title`)
  assert.deepEqual(landing.chosen, [lang], `${where}: the switch`)
}

/** Opens a page and counts what that cost: exactly one document, nothing but 200. */
async function open(page, where, act = () => page.goto(where)) {
  seen.length = 0
  await act()
  await page.waitForLoadState('load')
  assert.deepEqual(seen.filter((one) => one.document).map((one) => one.path), [where], `${where}: one document request`)
  assert.deepEqual(seen.filter((one) => one.status !== 200), [], `${where}: no redirect, nothing missing`)
}

const READERS = [
  { languages: ['vi-VN'], sees: 'vi' },
  { languages: ['en-GB'], sees: 'en' },
  { languages: ['fr-FR', 'vi'], sees: 'vi' },
  { languages: ['fr-FR', 'en-US', 'vi'], sees: 'en' },
  { languages: ['fr-FR'], sees: 'en' },
]
/** One of each kind: what a reader sees of one landing of a kind is what is seen of all; the first two readers see all. */
const some = [...new Map(site.entries.map((entry) => [entry.kind, entry])).values()]
const refuse = () => Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError') } })

for (const { languages, sees } of READERS) {
  for (const [note, script] of [['', null], [', storage refused', refuse]]) {
    if (script && languages.length > 1) continue // the order of languages has nothing to do with storage
    test(`a reader of ${languages.join(', ')}${note} sees exactly the ${sees} half`, async () => {
      for (const entry of languages.length === 1 && !script && sees === languages[0].slice(0, 2) ? third(site.entries) : some) {
        await reading(browser, origin, { languages, before: script }, async (page) => {
          const where = site.landing(entry)
          await open(page, where)
          assertShows(await look(page), entry, sees, where)
        })
      }
    })
  }
}

test('a choice is kept: over a reload, on another landing, on the home', async () => {
  const [first, second = first] = site.entries
  await reading(browser, origin, { languages: ['vi-VN'] }, async (page) => {
    await open(page, site.landing(first))
    await page.click('[data-choose=en]')
    assertShows(await look(page), first, 'en', 'after the click')
    await open(page, site.landing(first), () => page.reload())
    assertShows(await look(page), first, 'en', 'after a reload')
    await open(page, site.landing(second))
    assertShows(await look(page), second, 'en', 'another landing')
    await open(page, '/')
    const home = await look(page)
    assert.deepEqual([home.lang, home.halves, home.chosen], ['en', [1], ['en']], 'the home')
  })
})

test('a choice made on a page of one language holds on landings', async () => {
  const [entry] = site.entries
  await reading(browser, origin, { languages: ['vi-VN'] }, async (page) => {
    await open(page, `/${entry.pages.vi}`)
    await page.click('[data-choose=en]')
    await page.waitForURL(`**/${entry.pages.en}`)
    await open(page, site.landing(entry))
    assertShows(await look(page), entry, 'en', 'the landing')
  })
})

test('with storage refused the switch still works', async () => {
  const [entry] = site.entries
  await reading(browser, origin, { languages: ['vi-VN'], before: refuse }, async (page) => {
    await open(page, site.landing(entry))
    await page.click('[data-choose=en]')
    assertShows(await look(page), entry, 'en', 'after the click')
  })
})

test('a choice that no longer exists is passed over', async () => {
  const [entry] = site.entries
  const stale = () => { if (location.protocol === 'http:') localStorage.setItem('dautich.lang', 'xx') }
  await reading(browser, origin, { languages: ['vi-VN'], before: stale }, async (page) => {
    await open(page, site.landing(entry))
    assertShows(await look(page), entry, 'vi', 'the landing')
  })
})

test('without script both halves stand, the source language first', async () => {
  for (const entry of third(site.entries)) {
    await reading(browser, origin, { languages: ['en-GB'], script: false }, async (page) => {
      const where = site.landing(entry)
      await open(page, where)
      const { halves, text, lang, title } = await look(page)
      assert.deepEqual(halves, LANGUAGES.map((_, at) => at), `${where}: every half`)
      assert.deepEqual(text, LANGUAGES.flatMap((each) => own.get(`${entry.id} ${each}`).text), `${where}: every word`)
      assert.equal(lang, SOURCE, `${where}: html lang`)
      assert.equal(title, own.get(`${entry.id} ${SOURCE}`).title, `${where}: title`)
      for (const each of LANGUAGES) {
        await page.click(`[data-choose=${each}]`)
        const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, `${each}-p_main`)
        assert.ok(top >= 0 && top < 100, `${where}: the switch leads to the ${each} half (it stands at ${top} px)`)
      }
    })
  }
})

test('a mistyped or small-letter code finds its way home, and a wrong one is told', async () => {
  for (const [typed, home] of [['q/7k3mq5', '/Q/7K3MQ5/'], ['Q/7K3MQ5', '/Q/7K3MQ5/'], ['q/xj5p9d/', '/Q/XJ5P9D/'], ['Q/4HWTN8/', null]]) {
    await reading(browser, origin, { languages: ['vi-VN'], missing: true }, async (page) => {
      const shown = await page.goto(`${origin}/${typed}`)
      if (home) {
        await page.waitForURL(`${origin}${home}`)
        assert.match(await page.textContent('.here'), /mã số/)
      } else {
        assert.equal(shown.status(), 404)
        assert.match(await page.innerText('main h1'), /Không có trang này/)
      }
    })
  }
})

test('the box at /Q/ opens the page of a code, forgives look-alikes, and tells a wrong one', async () => {
  await reading(browser, origin, { languages: ['en-GB'] }, async (page) => {
    await page.goto(`${origin}/Q/`)
    const box = page.locator('[data-half="1"] input')
    await box.fill('7K3MQ6')
    await box.press('Enter')
    assert.match(await page.innerText('[data-half="1"] [data-wrong]'), /no code of ours/)
    await box.fill(' 7k3-mq5 ')
    await box.press('Enter')
    await page.waitForURL(`${origin}/Q/7K3MQ5/`)
  })
})

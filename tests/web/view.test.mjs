// What a page does on a screen: it fits, it stands still, it is light, and a thumb or a keyboard reaches everything.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statSync } from 'node:fs'
import path from 'node:path'
import { DESK, LANGUAGES, LARGE_TEXT, NARROW, PHONE, address, build, launch, reading, readingAll, readingEach, serve, third } from './site.mjs'

const FIRST_VIEW_BYTES = 60 * 1024
const FIRST_VIEW_REQUESTS = 8
const SHIFT = 0.01
const TARGET = 48 // px

const site = build()
// A font and pictures that come late, as on 3G: a page that moves when they arrive is caught.
const slow = await serve(site.output, (file) => (/\.(woff2|svg|webp|jpg|png)$/.test(file) ? 200 : 0))
const { origin } = await serve(site.output)
const browser = await launch()
const [entry] = site.entries
const ICON = statSync(path.join(site.output, 'icon.svg')).size
const list = site.entries[0].pages.vi.split('/').slice(0, 2).join('/')
const shared = (where) => where === '/' || where.startsWith('/Q/')
const SAMPLE = ['/', `/${list}/`, '/vi/le-hoi/', '/vi/xa-phuong/', ...['relic', 'product', 'guide', 'trail'].map((kind) => site.entries.find((one) => one.kind === kind)).filter(Boolean).map(site.landing)]

test('no page scrolls sideways at 320 px with 140 % text, in any language, script on or off', async () => {
  const readers = [...LANGUAGES.map((lang) => ({ languages: [lang] })), { script: false }]
  for (const reader of readers) {
    // A page of one language is the same for all readers.
    const mine = (where) => shared(where) || (reader.script !== false && where.split('/')[1] === reader.languages[0])
    await readingAll(browser, origin, { ...reader, viewport: NARROW, text: LARGE_TEXT }, third(site.pages.map(address).filter(mine)), async (page, where) => {
      await page.goto(where)
      const { scroll, client, text } = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth,
        client: document.documentElement.clientWidth,
        text: parseFloat(getComputedStyle(document.documentElement).fontSize),
      }))
      assert.ok(text >= 1.4 * 16, `${where}: the text is large (${text} px)`)
      assert.ok(scroll <= client, `${where}: ${scroll} px wide on ${client}`)
    })
  }
})

/** A page loaded by somebody to whom everything on it is new: what was fetched, and how far things moved. */
async function firstView(page, where) {
  const [asked, fetched] = [[], []]
  page.on('request', (request) => { if (!request.url().startsWith('data:')) asked.push(new URL(request.url()).pathname) })
  page.on('requestfinished', (request) => { if (!request.url().startsWith('data:')) fetched.push(request) })
  await page.goto(where, { waitUntil: 'load' })
  const shift = await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    return new Promise((done) => {
      let sum = 0
      new PerformanceObserver((entries) => { for (const one of entries.getEntries()) sum += one.value })
        .observe({ type: 'layout-shift', buffered: true })
      // Pictures just below the screen come after load.
      setTimeout(() => done(sum), 300)
    })
  })
  let bytes = 0
  for (const request of fetched) bytes += (await request.sizes()).responseBodySize
  // A headless browser has no tab to put an icon in; others fetch it.
  return { where, shift, requests: asked.length + 1, bytes: bytes + ICON }
}

test(`the first view takes at most ${FIRST_VIEW_REQUESTS} requests and ${FIRST_VIEW_BYTES} bytes, and nothing moves by more than ${SHIFT}`, async (t) => {
  const views = []
  for (const lang of LANGUAGES) {
    // A shared page is the same file for all; its other half is looked at on some.
    const mine = site.pages.map(address).filter((where) => (shared(where) ? lang === LANGUAGES[0] || SAMPLE.includes(where) : where.split('/')[1] === lang))
    const some = new Set([...third(mine), ...SAMPLE.filter((where) => mine.includes(where))])
    await readingEach(browser, slow.origin, { languages: [lang] }, [...some], async (page, where) => views.push(await firstView(page, where)))
  }
  const worst = (what) => views.reduce((a, b) => (b[what] > a[what] ? b : a))
  for (const what of ['bytes', 'requests', 'shift']) t.diagnostic(`most ${what}: ${JSON.stringify(worst(what))}`)
  assert.ok(views.length > site.pages.length / 3 && worst('bytes').bytes > 10_000, 'pages were read')
  const over = views.filter(({ bytes, requests, shift }) => bytes > FIRST_VIEW_BYTES || requests > FIRST_VIEW_REQUESTS || shift > SHIFT)
  assert.deepEqual(over, [])
})

/** The element that has the focus: what it is, where, and whether one sees that it has it. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement
  const box = element.getBoundingClientRect()
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
  return {
    what: element.matches('.skip, .size') ? element.className : element.dataset.choose ?? element.closest('.brand, .actions, main, footer')?.className ?? '',
    href: element.getAttribute('href'),
    onScreen: box.width > 0 && box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1,
    outline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor),
  }
})

test('the keyboard reaches the skip link, the switch and the actions, and the focus is seen', async () => {
  for (const [lang, text, viewport] of [['vi', 16, PHONE], ['en', LARGE_TEXT, NARROW], ['en', 16, DESK]]) {
    await reading(browser, origin, { languages: [lang], text, viewport }, async (page) => {
      await page.goto(site.landing(entry))
      const way = []
      const step = async () => {
        await page.keyboard.press('Tab')
        const at = await focused(page)
        assert.ok(at.onScreen, `focus on ${at.what} ${at.href} is on the screen (${viewport.width} px)`)
        assert.ok(at.outline, `focus on ${at.what} ${at.href} is seen`)
        way.push(at.what)
        return at
      }
      const skip = await step()
      for (let i = 0; i < 6; i++) await step()
      assert.deepEqual(way, ['skip', 'brand', ...LANGUAGES, 'size', 'actions', 'actions'])
      // The skip link leads past the head of the page: the next stop is the first link of the half that shows.
      await page.goto(site.landing(entry))
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      assert.equal(new URL(page.url()).hash, skip.href)
      assert.equal(skip.href, `#${lang}-p_main`)
      await page.keyboard.press('Tab')
      assert.equal((await focused(page)).what, 'actions', 'the stop after the skip link')
      // The switch works by keyboard too.
      const other = LANGUAGES.find((each) => each !== lang)
      await page.focus(`[data-choose=${other}]`)
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.documentElement.lang), other)
    })
  }
})

test(`what can be tapped on the first screen is ${TARGET} px high and not covered`, async () => {
  for (const [text, viewport] of [[16, PHONE], [LARGE_TEXT, NARROW], [16, DESK]]) {
    for (const lang of LANGUAGES) {
      await reading(browser, origin, { languages: [lang], text, viewport }, async (page) => {
        for (const where of [...SAMPLE, `/${entry.pages[lang]}`]) {
          await page.goto(where)
          const targets = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
            .filter((element) => element.checkVisibility() && !element.matches('.skip, .table'))
            .map((element) => {
              const box = element.getBoundingClientRect()
              const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
              return {
                name: element.textContent.trim(),
                top: box.top,
                bottom: box.bottom,
                height: box.height,
                // A link within a sentence keeps the height of its line.
                inline: getComputedStyle(element).display === 'inline' && element.parentElement.textContent.trim() !== element.textContent.trim(),
                covered: !(hit && (element.contains(hit) || hit.contains(element))),
              }
            })
            .filter((target) => target.top < innerHeight))
          assert.ok(targets.length >= 3, `${where}: the first screen has links`)
          const low = targets.filter((target) => !target.inline && target.height < TARGET)
          assert.deepEqual(low, [], `${where} (${viewport.width} px, ${lang})`)
          const covered = targets.filter((target) => target.covered && target.bottom <= viewport.height)
          assert.deepEqual(covered, [], `${where} (${viewport.width} px, ${lang})`)
        }
        // The sign of the house stays clear of the switch.
        const overlap = await page.evaluate(() => {
          const box = (selector) => document.querySelector(selector).getBoundingClientRect()
          const [mark, langs] = [box('.brand svg'), box('.langs')]
          return mark.right > langs.left && mark.bottom > langs.top && mark.top < langs.bottom
        })
        assert.ok(!overlap, `the switch covers the sign (${viewport.width} px, ${lang})`)
      })
    }
  }
})

test('on a desk no part of an entry lies over another, and each takes the width of the page', async () => {
  const pages = site.entries.flatMap((one) => Object.values(one.pages).map((page) => `/${page}`))
  await readingAll(browser, origin, { languages: ['en'], viewport: DESK }, third(pages), async (page, where) => {
    await page.goto(where)
    const parts = await page.evaluate(() => [...document.querySelectorAll('.entry > .wide, .entry > .gallery, .entry > .colophon, .story')]
      .map((element) => { const box = element.getBoundingClientRect(); return { name: element.className, top: box.top, bottom: box.bottom, left: box.left } }))
    for (const [at, part] of parts.entries()) {
      if (at) assert.ok(part.top >= parts[at - 1].bottom - 1, `${where}: ${part.name} lies over ${parts[at - 1].name}`)
      assert.ok(Math.abs(part.left - parts[0].left) <= 17, `${where}: ${part.name} stands at ${part.left}, not at the margin`)
    }
  })
})

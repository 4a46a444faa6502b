// The search as people use it: what they type, what stands first, and what it fetches; and without script the A to Z index.

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { SEARCH, TYPED, ask, slug } from './queries.mjs'
import { LANGUAGES, build, launch, reading, serve, third } from './site.mjs'

const SCRIPT_BYTES = 6144 // as written
const FETCHED_BYTES = 40 * 1024 // packed, a query

const site = build()
const { origin, seen } = await serve(site.output)
const browser = await launch()


for (const lang of LANGUAGES) {
  test(`${third(TYPED[lang]).length} queries as people type them, in ${lang}: what stands first, and what is fetched`, async (t) => {
    const wrong = [], bytes = []
    for (const [query, first] of third(TYPED[lang])) {
      await reading(browser, origin, { languages: [lang] }, async (page) => {
        await page.goto(SEARCH[lang])
        seen.length = 0
        const { found, said } = await ask(page, query)
        bytes.push(seen.reduce((sum, one) => sum + one.bytes, 0))
        if (slug(found[0]) !== first) wrong.push(`${query}: ${said} ${found.slice(0, 3).map(slug)} and not ${first}`)
        for (const one of found) assert.ok(one.title && site.files.includes(`${one.path.slice(1)}index.html`), `${query}: ${one.path}`)
      })
    }
    t.diagnostic(`at most ${Math.max(...bytes)} bytes for a query`)
    assert.deepEqual(wrong, [])
    assert.ok(Math.max(...bytes) <= FETCHED_BYTES && Math.min(...bytes) > 0)
  })
}

test('without script the form of any page leads to the A to Z index, which names every entry', async () => {
  for (const lang of LANGUAGES) {
    await reading(browser, origin, { languages: [lang], script: false }, async (page) => {
      for (const where of ['/', SEARCH[lang]]) {
        await page.goto(where)
        const form = page.locator(`form[action$="${SEARCH[lang].split('/').at(-2)}/"]`)
        await form.locator('[name=q]').fill('con son')
        await form.locator('button').click()
        await page.waitForURL(`**${SEARCH[lang]}?q=con+son`)
        const names = await page.locator('[data-index] .near a').evaluateAll((links) => links.map((a) => new URL(a.href).pathname))
        assert.deepEqual([...names].sort(), site.entries.filter((one) => !one.withdrawn).map((one) => `/${one.pages[lang]}`).sort())
        const letters = await page.locator('[data-index] .pages a').evaluateAll((links) => links.map((a) => [a.firstChild.textContent.trim(), !!document.getElementById(a.hash.slice(1))]))
        assert.ok(letters.every(([, there]) => there))
        const alphabet = [...'AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZ']
        const order = letters.map(([name]) => alphabet.indexOf(name))
        assert.deepEqual(order, [...order].sort((a, b) => a - b), 'letters in Vietnamese order')
        assert.equal(await page.locator('[role=status]').textContent(), '')
      }
    })
  }
})

test('a search is an address: it can be linked, it is kept while one types, and home leads to it', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.goto('/')
    await page.fill('[data-half="0"] [name=q]', 'đền bia')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/vi/tim/?q=*')
    await page.waitForSelector('[data-found] a')
    assert.equal(await page.inputValue('[name=q]'), 'đền bia')
    assert.equal(slug({ path: await page.getAttribute('[data-found] a', 'href') }), 'den-bia')
    await ask(page, 'côn sơn & chùa')
    assert.equal(new URL(page.url()).searchParams.get('q'), 'côn sơn & chùa')
    await page.reload()
    await page.waitForSelector('[data-found] a')
    assert.equal(slug({ path: await page.getAttribute('[data-found] a', 'href') }), 'chua-con-son')
    // By keyboard from the box: the button, then the first result.
    await page.focus('[name=q]')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/vi/di-tich/chua-con-son/')
  })
})

test('marks that are typed count, and a title is worth more than another name, that more than a place', () => {
  const { even, near, rank, words } = createRequire(import.meta.url)('../../themes/default/static/search.js')
  assert.equal(even('Hòa'), even('hoà'))
  assert.notEqual(even('mía'), even('mia'))
  assert.deepEqual(words('Đền – đình Sượt').map((word) => word.f), ['den', 'dinh', 'suot'])
  const one = (at, title, { also = '', place = '', rank = 0 } = {}) => ({
    at, rank, names: [[title, 4], [also, 3.4], [place, 2]].map(([text, weight]) => ({ words: words(text), weight })),
  })
  const order = (query, ...all) => rank(all, words(query), false).found.map((found) => found.at)
  assert.deepEqual(order('mía', one('a', 'Chùa Mia'), one('b', 'Chùa Mía')), ['b', 'a'])
  assert.deepEqual(order('mia', one('a', 'Chùa Mía'), one('b', 'Chùa Mia')), ['b', 'a'])
  assert.deepEqual(order('mía', one('a', 'Đền Gióng', { place: 'Mía' }), one('b', 'Đền Sóc', { also: 'đền Mía' }), one('c', 'Đền Mía Đường Lâm')), ['c', 'b', 'a'])
  assert.deepEqual(order('văn miếu', one('a', 'Miếu Văn Giang'), one('b', 'Văn miếu Bắc Ninh', {}), one('c', 'Văn miếu Hà Nội', { rank: 4 })).slice(0, 2), ['c', 'b'])
  for (const [a, b, is] of [['bac', 'bax', true], ['bac', 'bca', true], ['bac', 'bacc', true], ['bac', 'ac', true], ['bac', 'cab', false], ['bac', 'baxx', false], ['bac', 'xbca', false]]) {
    assert.equal(near(a, b), is, `${a} ${b}`)
    assert.equal(near(b, a), is, `${b} ${a}`)
  }
})

test('what cannot be fetched is told, and the index stays', async () => {
  await reading(browser, origin, { missing: true }, async (page) => {
    await page.goto(SEARCH.vi)
    await page.route('**/data/search/*', (route) => route.fulfill({ status: 404, body: '' }))
    const { said, found, index } = await ask(page, 'den bia')
    assert.match(said, /^Không tải được/)
    assert.deepEqual([found, index], [[], true])
    // The next try may do better.
    await page.unroute('**/data/search/*')
    assert.equal(slug((await ask(page, 'den bia')).found[0]), 'den-bia')
  })
})

test('nothing typed and nothing found leave the index; what was found takes its place', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.goto(SEARCH.vi)
    assert.deepEqual((await ask(page, 'den bia')).index, false)
    const none = await ask(page, 'zzzzz qqqq')
    assert.deepEqual([none.found, none.index], [[], true])
    assert.match(none.said, /^Không tìm thấy/)
    // Markup that is typed or named stays text.
    const hostile = await ask(page, '<img src=x onerror=alert(1)>')
    assert.deepEqual(hostile.found, [])
  })
})

test('targets of the search page are at least 48 px high', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.goto(SEARCH.vi)
    await ask(page, 'chùa')
    const low = await page.evaluate(() => [...document.querySelectorAll('main a, main input, main button')]
      .map((element) => [element.textContent, element.getBoundingClientRect().height]).filter(([, height]) => height > 0 && height < 48))
    assert.deepEqual(low, [])
  })
})

test(`the script is at most ${SCRIPT_BYTES} bytes as written`, () => {
  assert.ok(site.read('search.js').length <= SCRIPT_BYTES, `${site.read('search.js').length}`)
})

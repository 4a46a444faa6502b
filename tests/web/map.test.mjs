// What is nearest: asked for at a tap only, told by distance, never without measured points; refused, the list stays.

import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { everything } from './made-up.mjs'
import { build, folder, launch, reading, serve } from './site.mjs'

const sources = folder()
everything(sources)
const top = folder()
const site = build({ root: sources, output: path.join(top, 'project') })
const { origin, seen } = await serve(top)
const browser = await launch()
const MAP = { vi: '/project/vi/ban-do/', en: '/project/en/map/' }
/** The points are on one meridian, 0.001 degrees apart: 111 m. */
const HERE = { latitude: 20.9308, longitude: 106.25 }

test('the nearest places are told by distance after a tap, and nothing is asked before', async () => {
  for (const [lang, far] of [['vi', ['20 m', '90 m']], ['en', ['20 m', '90 m']]]) {
    await reading(browser, origin, { languages: [lang] }, async (page) => {
      await page.context().grantPermissions(['geolocation'], { origin })
      await page.context().setGeolocation(HERE)
      // Who asks for the position is counted.
      await page.addInitScript(() => {
        const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
        window.asked = 0
        navigator.geolocation.getCurrentPosition = (...told) => { window.asked++; ask(...told) }
      })
      seen.length = 0
      await page.goto(MAP[lang], { waitUntil: 'networkidle' })
      assert.equal(await page.evaluate(() => window.asked), 0)
      assert.ok(!seen.some((one) => one.path.includes('/data/near/')))
      await page.click('.nearest button')
      await page.waitForSelector('.nearest li')
      assert.equal(await page.evaluate(() => window.asked), 1)
      const rows = await page.$$eval('.nearest li', (rows) => rows.map((row) => ({
        text: row.querySelector('small').textContent, href: new URL(row.querySelector('a').href).pathname, high: row.querySelector('a').getBoundingClientRect().height,
      })))
      assert.equal(rows.length, 10)
      assert.ok(rows.every((row) => row.high >= 48))
      assert.equal(rows[0].href, `/project/${site.entries.find((one) => one.slug === 'di-tich-31').pages[lang]}`)
      assert.deepEqual(rows.slice(0, 1).map((row) => row.text), far.slice(0, 1))
      const metres = rows.map((row) => parseFloat(row.text.replace(',', '.')) * (row.text.endsWith('km') ? 1000 : 1))
      assert.deepEqual(metres, metres.toSorted((a, b) => a - b))
      assert.deepEqual(await page.evaluate(() => [localStorage.length, document.cookie]), [0, ''], 'nothing is kept')
      const mark = await page.$eval('.nearest [role=status]', (status) => status.textContent)
      assert.match(mark, lang === 'vi' ? /khoảng cách/ : /distance/)
    })
  }
})

test('refused, the page says so and the list stays; offline after the file was fetched, it still answers', async () => {
  await reading(browser, origin, { languages: ['vi'] }, async (page) => {
    await page.goto(MAP.vi)
    await page.click('.nearest button')
    await page.waitForFunction(() => document.querySelector('.nearest [role=status]').textContent.startsWith('Không có vị trí'))
    assert.equal(await page.locator('.nearest li').count(), 0)
    assert.ok((await page.locator('.chips a').count()) > 0)
    assert.equal(await page.isEnabled('.nearest button'), true)
  })
  await reading(browser, origin, { languages: ['vi'] }, async (page) => {
    await page.context().grantPermissions(['geolocation'], { origin })
    await page.context().setGeolocation(HERE)
    await page.goto(MAP.vi)
    await page.click('.nearest button')
    await page.waitForSelector('.nearest li')
    seen.length = 0
    await page.click('.nearest button')
    await page.waitForFunction(() => document.querySelector('.nearest button').disabled === false)
    assert.ok(!seen.some((one) => one.path.includes('/data/near/')), 'the browser’s own store has it')
  })
})

test('without script there is no button that does nothing', async () => {
  await reading(browser, origin, { languages: ['vi'], script: false }, async (page) => {
    await page.goto(MAP.vi)
    assert.equal(await page.isVisible('.nearest button'), false)
    assert.equal(await page.isVisible('.map svg'), true)
  })
})

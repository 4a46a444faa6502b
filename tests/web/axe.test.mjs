// Accessibility: axe finds nothing against WCAG 2.2 AA or best practice, in light and dark, on phone, desk and with large text.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import axe from 'axe-core'
import { SEARCH, ask } from './queries.mjs'
import { DESK, LANGUAGES, LARGE_TEXT, NARROW, PHONE, build, launch, reading, serve } from './site.mjs'

const site = build()
const { origin } = await serve(site.output)
const browser = await launch()

const kinds = [...new Map(site.entries.map((entry) => [entry.kind, entry])).values()]
const list = (lang) => `/${kinds[0].pages[lang].split('/').slice(0, 2).join('/')}/`
/** A list of one rank, a commune, the communes, the festivals, the map. */
const own = { vi: ['/vi/di-tich/xep-hang/quoc-gia/', '/vi/xa-phuong/tue-tinh-10909/', '/vi/xa-phuong/', '/vi/le-hoi/', '/vi/ban-do/'], en: ['/en/festivals/', '/en/map/'] }
const pages = (lang) => ['/', list(lang), SEARCH[lang], ...own[lang], site.landing(kinds[0]), ...kinds.map((entry) => `/${entry.pages[lang]}`)]

async function audit(page, where) {
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations', 'passes'],
    elementRef: false,
  }))
  const ran = passes.map((rule) => rule.id)
  assert.ok(['color-contrast', 'target-size', 'region'].every((rule) => ran.includes(rule)), `${where}: axe ran (${ran.length} rules passed)`)
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
  assert.deepEqual(found, [], where)
}

async function auditEverywhere(page, where) {
  await page.evaluate(axe.source)
  for (const viewport of [PHONE, DESK]) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme })
      await audit(page, `${where} ${viewport.width}x${viewport.height} ${colorScheme}`)
    }
  }
}

for (const lang of LANGUAGES) {
  test(`axe: home, list, landing, an entry of each kind, in ${lang}, light and dark, phone and desk`, async () => {
    await reading(browser, origin, { languages: [lang], bypassCSP: true }, async (page) => {
      for (const where of pages(lang)) {
        await page.goto(where)
        await auditEverywhere(page, where)
      }
    })
  })

  test(`axe: the same in ${lang} at 320 px with 140 % text, light and dark`, async () => {
    await reading(browser, origin, { languages: [lang], bypassCSP: true, viewport: NARROW, text: LARGE_TEXT }, async (page) => {
      for (const where of pages(lang)) {
        await page.goto(where)
        await page.evaluate(axe.source)
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme })
          await audit(page, `${where} 320 px, 140 %, ${colorScheme}`)
        }
      }
    })
  })
}

for (const lang of LANGUAGES) {
  test(`axe: what a search in ${lang} found, and what it did not`, async () => {
    await reading(browser, origin, { languages: [lang], bypassCSP: true }, async (page) => {
      await page.goto(SEARCH[lang])
      for (const query of ['con son', 'kiep bax', 'zzzzz']) {
        await ask(page, query)
        await auditEverywhere(page, `${lang} ${query}`)
      }
    })
  })
}

test('axe: landings and home without script, both halves at once', async () => {
  await reading(browser, origin, { script: false, bypassCSP: true }, async (page, devtools) => {
    for (const where of ['/', ...kinds.map(site.landing)]) {
      await devtools.send('Emulation.setScriptExecutionDisabled', { value: true })
      await page.goto(where)
      assert.equal(await page.evaluate(() => document.documentElement.dataset.show), undefined, 'the page’s script did not run')
      // axe needs timers, which stand still while script is off; the page's own script stays unrun.
      await devtools.send('Emulation.setScriptExecutionDisabled', { value: false })
      await auditEverywhere(page, `${where} without script`)
    }
  })
})

// Lighthouse's own judgement on one page of each kind and the landing: accessibility, best practices and SEO must be 100.
// The performance score swings with the load of the machine: it is printed, never asserted.

import assert from 'node:assert/strict'
import path from 'node:path'
import { after, test } from 'node:test'
import { launch } from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { LANGUAGES, build, folder, serve } from '../web/site.mjs'

// Served where it says it is, so that canonical links are judged too.
const output = path.join(folder(), 'output')
const { origin } = await serve(output)
const site = build({ output, address: `${origin}/` })
const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
})
after(() => chrome.kill())

const kinds = ['relic', 'product', 'guide', 'trail'].map((kind) => site.entries.find((entry) => entry.kind === kind))
const [lang] = LANGUAGES
const pages = ['/', ...kinds.map((entry) => `/${entry.pages[lang]}`), `/${kinds[0].pages.en}`, site.landing(kinds[0]), '/vi/di-tich/', '/vi/tim/', '/vi/ban-do/', '/vi/le-hoi/']

for (const where of pages) {
  test(`Lighthouse: ${where}`, async (t) => {
    const { lhr } = await lighthouse(`${origin}${where}`, { port: chrome.port, output: 'json', logLevel: 'error' })
    const failed = (category) => lhr.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id}: ${JSON.stringify(lhr.audits[id].details?.items?.slice(0, 3) ?? lhr.audits[id].title)}`)
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]))
    t.diagnostic(JSON.stringify(scores))
    for (const category of ['accessibility', 'best-practices', 'seo']) assert.deepEqual(failed(category), [], category)
  })
}

// The search as people use it: what they type, what stands first, and what it fetches; and without script the A to Z index.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SEARCH, TYPED, ask, slug } from './queries.mjs'
import { LANGUAGES, build, launch, reading, serve } from './site.mjs'

const SCRIPT_BYTES = 6144 // as written
const FETCHED_BYTES = 40 * 1024 // packed, a query

const site = build()
const { origin, seen } = await serve(site.output)
const browser = await launch()


for (const lang of LANGUAGES) {
  test(`${TYPED[lang].length} queries as people type them, in ${lang}: what stands first, and what is fetched`, async (t) => {
    const wrong = [], bytes = []
    for (const [query, first] of TYPED[lang]) {
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

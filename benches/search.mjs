// Types the queries of tests/web/queries.mjs into a built site, each in a fresh profile, and prints what they fetch.
//     node benches/search.mjs OUTPUT

import path from 'node:path'
import { test } from 'node:test'
import { SEARCH, TYPED, ask, slug } from '../tests/web/queries.mjs'
import { launch, reading, serve } from '../tests/web/site.mjs'

test('queries', async () => {
  const { origin, seen } = await serve(path.resolve(process.argv[2]))
  const browser = await launch()
  const asked = []
  for (const [lang, typed] of Object.entries(TYPED)) {
    for (const [query, wanted] of typed) {
      await reading(browser, origin, { languages: [lang], missing: true }, async (page) => {
        await page.goto(SEARCH[lang])
        seen.length = 0
        const begun = performance.now()
        const { found } = await ask(page, query)
        const at = found.findIndex((one) => slug(one) === wanted)
        const bytes = seen.reduce((sum, one) => sum + one.bytes, 0)
        asked.push({ query, at, bytes, files: seen.length, ms: performance.now() - begun, first: slug(found[0]) })
      })
    }
  }
  for (const { query, at, bytes, files, first } of asked) console.error(`${String(bytes).padStart(6)} ${files} ${String(at + 1).padStart(3)} ${query}: ${first}`)
  const sizes = asked.map((one) => one.bytes).sort((a, b) => a - b)
  const part = (test) => asked.filter(test).length
  console.error(`${asked.length} queries: ${part((one) => one.at === 0)} first, ${part((one) => one.at >= 0 && one.at < 10)} in the first ten; ` +
    `bytes median ${sizes[sizes.length >> 1]}, most ${sizes.at(-1)}`)
})

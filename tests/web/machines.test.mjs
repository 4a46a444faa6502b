// What machines read, judged by other people's programs: JSON-LD by schema.org's types, feeds, sitemap, table, points, links, markup.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { LinkChecker } from 'linkinator'
import { ErrorLevel, XMLToSitemapIndexStream, XMLToSitemapItemStream } from 'sitemap'
import { validateXML } from 'xmllint-wasm'
import { HOSTILE, everything, id, wide } from './made-up.mjs'
import { DAUTICH, LANGUAGES, address, build, folder, serve } from './site.mjs'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const [SOURCE] = LANGUAGES
const run = promisify(execFile)
const installed = (file) => path.join(HERE, 'node_modules', file)

/** Runs a program whose verdict is in what it prints, not in its exit code. */
const told = async (...call) => {
  try {
    return (await run(...call)).stdout
  } catch (failure) {
    if (typeof failure.code !== 'number') throw failure
    return failure.stdout
  }
}

// Three builds on this machine's own address: the example at the root and below /project/, and one made up for machines.
const top = folder()
const example = await serve(path.join(top, 'site'))
const shared = await serve(top)
const sources = folder()
everything(sources)
const sites = [
  { name: 'example', at: `${example.origin}/`, ...build({ output: path.join(top, 'site'), address: `${example.origin}/` }) },
  { name: 'example below /project/', at: `${shared.origin}/project/`, ...build({ output: path.join(top, 'project'), address: `${shared.origin}/project/` }) },
  { name: 'made up', at: `${shared.origin}/made/`, ...build({ root: sources, output: path.join(top, 'made'), address: `${shared.origin}/made/` }) },
]
const [first, , made] = sites
const url = (site, file) => site.at + address(file).slice(1)

/** The JSON-LD of each page that has some. */
const structured = (site) => site.pages.flatMap((file) => {
  const found = [...site.read(file).toString().matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
  return found.map(([, text]) => ({ where: `${site.name}: ${file}`, page: url(site, file), graph: JSON.parse(text) }))
})

/**
 * What schema.org's vocabulary, as TypeScript types, says against each graph: unknown properties, values of a wrong type,
 * types that are not there. A thing of several types may have the properties of each of them.
 */
async function againstVocabulary(graphs) {
  const where = folder()
  const several = (types) => `${types.map((type) => `Omit<Of<${JSON.stringify(type)}>, '@type'>`).join(' & ')} & { '@type': readonly string[] }`
  const type = (thing) => (Array.isArray(thing['@type']) ? several(thing['@type']) : 'Thing')
  const lines = graphs.map((graph, at) =>
    `const g${at}: { '@context': 'https://schema.org', '@graph': [${graph['@graph'].map(type).join(', ')}] } = ${JSON.stringify(graph)}`)
  const head = `import type { Thing } from ${JSON.stringify(installed('schema-dts/dist/schema.js'))}; type Of<T extends string> = Extract<Thing, { '@type': T }>`
  writeFileSync(path.join(where, 'graphs.ts'), [head, ...lines, ''].join('\n'))
  const options = ['--noEmit', '--strict', '--pretty', 'false', '--skipLibCheck', '--target', 'esnext', '--module', 'nodenext', '--types', '', 'graphs.ts']
  const said = await told(process.execPath, [installed('typescript/bin/tsc'), ...options], { cwd: where })
  const faults = graphs.map(() => [])
  for (const line of said.split('\n').filter((line) => line && !line.startsWith(' '))) {
    const [, at] = line.match(/^graphs\.ts\((\d+),\d+\): error/) ?? assert.fail(`tsc: ${line}`)
    ;(faults[at - 2] ?? assert.fail(`the frame of the check: ${line}`)).push(line)
  }
  return faults
}

test('JSON-LD keeps to schema.org’s vocabulary, and the check turns red on what does not', async (t) => {
  // Two graphs that differ in their words only are judged once.
  const shape = (graph) => JSON.stringify(graph, (key, value) => (typeof value === 'string' && key !== '@type' ? '' : value))
  const all = sites.flatMap(structured)
  const found = [...new Map(all.map((one) => [shape(one.graph), one])).values()]
  const good = (type) => found.find(({ graph }) => [graph['@graph'][0]['@type']].flat().includes(type)).graph
  const wrong = (type, change) => {
    const graph = structuredClone(good(type))
    change(graph['@graph'][0], graph['@graph'])
    return graph
  }
  const red = [
    wrong('TouristAttraction', (relic) => { relic.adress = relic.address }),
    wrong('TouristAttraction', (relic) => { relic.address['@type'] = 'PostalAdress' }),
    wrong('TouristAttraction', (relic) => { relic['@type'][0] = 'HistoricalBuildings' }),
    wrong('TouristAttraction', (relic) => { relic.geo = '20.9, 106.2' }),
    wrong('Product', (product) => { product.headline = 'a property of another type' }),
    wrong('Product', (product) => { product.manufacturer = [{ '@type': 'Organization', name: 'x', url: null }] }),
    wrong('HowTo', (guide) => { guide.step[0].position = true }),
    wrong('Article', (article) => { article['@type'] = 'Artikel' }),
    wrong('Product', (_, graph) => { graph[1].itemListElement[0]['@type'] = 'Listitem' }),
  ]
  const faults = await againstVocabulary([...found.map(({ graph }) => graph), ...red])
  assert.deepEqual(found.flatMap(({ where }, at) => faults[at].map((fault) => `${where}: ${fault}`)), [])
  assert.deepEqual(red.map((graph, at) => faults[found.length + at].length > 0 || JSON.stringify(graph)), red.map(() => true))
  t.diagnostic(`${all.length} graphs of ${found.length} shapes, ${red.length} wrong ones refused`)
})

test('JSON-LD names its own page, its list and a picture that stands', () => {
  for (const site of sites) {
    const entries = structured(site)
    const pages = site.entries.filter((entry) => !entry.withdrawn).flatMap((entry) => LANGUAGES.filter((lang) => entry.title[lang]).map((lang) => site.at + entry.pages[lang]))
    assert.deepEqual(entries.map(({ page }) => page).filter((page) => !pages.includes(page)), [], 'only of pages that say what they are')
    assert.deepEqual(pages.filter((page) => !entries.some((entry) => entry.page === page)), [], `${site.name}: each page of an entry has one`)
    for (const { where, page, graph: { '@graph': [thing, crumbs] } } of entries) {
      assert.equal(thing.url, page, where)
      if (thing.image) assert.ok(site.files.includes(thing.image.slice(site.at.length)), `${where}: ${thing.image}`)
      assert.deepEqual(crumbs.itemListElement.map(({ position }) => position), [1, 2, 3], where)
      for (const { item } of crumbs.itemListElement) assert.ok(site.pages.some((file) => url(site, file) === item), `${where}: ${item}`)
      assert.equal(crumbs.itemListElement[2].item, page, where)
    }
  }
})

/** What Python's readers make of a site's feeds, points and table. */
async function pythons(site) {
  const packages = [path.join(HERE, '../../target/tools/python'), process.env.PYTHONPATH].filter(Boolean).join(path.delimiter)
  const { stdout } = await run('python3', [path.join(HERE, '../tools/machines.py'), site.output], {
    env: { ...process.env, PYTHONPATH: packages }, maxBuffer: 1 << 26,
  })
  return JSON.parse(stdout)
}

for (const site of sites) {
  test(`${site.name}: two readers of feeds, one of points and one of tables find what was written`, async (t) => {
    const { feeds, points, table, calendars } = await pythons(site)
    assert.deepEqual(Object.keys(feeds).sort(), LANGUAGES.map((lang) => `${lang}/atom.xml`).sort())
    for (const [file, feed] of Object.entries(feeds)) {
      const lang = file.split('/')[0]
      assert.deepEqual([feed.second.fault, feed.second.version, feed.second.language], [null, 'atom10', lang], file)
      assert.deepEqual([feed.id, ...feed.self], [site.at + file, site.at + file])
      assert.ok(feed.title && feed.authors[0], file)
      const dated = site.entries.filter((entry) => entry.updated && entry.title[lang] && !entry.withdrawn)
      assert.equal(feed.entries.length, Math.min(dated.length, 50), file)
      assert.equal(new Set(feed.entries.map((entry) => entry.id)).size, feed.entries.length, `${file}: each id once`)
      assert.deepEqual(feed.entries.map((entry) => entry.updated), feed.entries.map((entry) => entry.updated).sort().reverse())
      feed.entries.forEach((entry, at) => {
        const one = dated.find((one) => entry.links[0] === site.at + one.pages[lang])
        assert.deepEqual(entry.links, [site.at + one?.pages[lang]], file)
        assert.equal(entry.title, one.title[lang], file)
        assert.ok(entry.updated.startsWith(one.updated) && entry.summary, file)
        assert.deepEqual(feed.second.entries[at], { id: entry.id, title: entry.title, link: entry.links[0], dated: true }, file)
      })
    }

    assert.deepEqual(points.faults, [])
    for (const { id: of, at: [longitude, latitude], title, page } of points.features) {
      const entry = site.entries.find((entry) => entry.id === of)
      assert.deepEqual([latitude, longitude], entry.place.point, of)
      assert.equal(entry.place.precision, 'site', of)
      assert.deepEqual([title, page], [entry.title[SOURCE], entry.pages[SOURCE]], of)
    }
    assert.equal(points.features.length, site.entries.filter((entry) => entry.place?.precision === 'site' && entry.place.point).length)

    for (const [file, { faults, events }] of Object.entries(calendars)) {
      assert.deepEqual(faults, [], file)
      const page = site.read(`${file.split(/[/.]/)[2]}/${file.includes('/vi') ? 'le-hoi' : 'festivals'}/index.html`).toString()
      const coming = events.filter((event) => event.first < '2027-11-21')
      for (const event of coming) assert.ok(page.includes(`<time datetime="${event.first}">`), `${file}: ${event.first} is on the page`)
      for (const event of events) {
        assert.ok(event.end > event.first && event.status === 'TENTATIVE' && event.url.startsWith(site.at), file)
        assert.ok(event.stamp.startsWith('2026-11-21') && event.description.includes(event.url), file)
      }
      assert.equal(new Set(events.map((event) => event.uid)).size, events.length, `${file}: each event once`)
      if (!/\/(vi|en)\.ics$/.test(file)) assert.equal(events.length, 3, file)
    }
    assert.ok(calendars['data/festivals/vi.ics'].events.length >= 3)
    if (site === made) assert.match(calendars['data/festivals/vi.ics'].events[0].summary, /^Hội "làng"; rước, kéo\\co & ề{60}, Di tích 5$/)

    assert.ok(table.bom, 'Excel takes the list for UTF-8')
    const [head, ...rows] = table.rows
    assert.deepEqual(rows.map((row) => row.length), site.entries.map(() => head.length))
    rows.forEach((row, at) => {
      const cell = (name) => row[head.indexOf(name)]
      const entry = site.entries[at]
      assert.deepEqual([cell('id'), cell('kind'), cell('slug')], [entry.id, entry.kind, entry.slug])
      for (const lang of LANGUAGES) assert.equal(cell(`title_${lang}`).replace(/^'(?=[=+\-@])/, ''), entry.title[lang] ?? '')
      assert.deepEqual(row.filter((cell) => /^[=+\-@\t\r]/.test(cell) && Number.isNaN(Number(cell))), [], 'no cell that a spreadsheet would run')
    })
    t.diagnostic(`${Object.values(feeds).map((feed) => feed.entries.length)} entries in feeds, ${points.features.length} points, ${rows.length} rows`)
  })
}

test('the readers turn red on a feed without an id or a date, a point of one number, a calendar cut short, an open quote', async () => {
  const wrong = async (file, change) => {
    const output = folder()
    for (const name of ['vi/atom.xml', 'data/entries.geojson', 'data/entries.csv', 'data/festivals/vi.ics']) {
      mkdirSync(path.dirname(path.join(output, name)), { recursive: true })
      writeFileSync(path.join(output, name), name === file ? change(made.read(name).toString()) : made.read(name))
    }
    return pythons({ output })
  }
  await assert.rejects(wrong('vi/atom.xml', (text) => text.replace(/<id>.*<\/id>/, '')), /FeedParseError/)
  await assert.rejects(wrong('vi/atom.xml', (text) => text.replace(/<updated>.*<\/updated>/, '')), /NoneType/)
  const bare = await wrong('vi/atom.xml', (text) => text.replace('<title>', '<title>&nbsp;'))
    .then(({ feeds }) => feeds['vi/atom.xml'].second.fault, (failure) => failure.stderr)
  assert.ok(bare, 'an entity that XML does not know')
  const { points } = await wrong('data/entries.geojson', (text) => text.replace(/\[106\.25,[\d.]+\]/, '[106.25]'))
  assert.notDeepEqual(points.faults, [])
  await assert.rejects(wrong('data/festivals/vi.ics', (text) => text.replace('END:VCALENDAR', '')))
  const { calendars } = await wrong('data/festivals/vi.ics', (text) => text.replace(/DTSTART;VALUE=DATE:\d+/, 'DTSTART;VALUE=DATE:2027-05-01')).catch(() => ({}))
  assert.ok(!calendars || calendars['data/festivals/vi.ics'].faults.length > 0, 'a day that is none')
  await assert.rejects(wrong('data/entries.csv', (text) => text.replace(/"\r\n$/, '')), /_csv\.Error/)
})

test('the made-up site has what the readers could stumble over', () => {
  const titles = made.entries.map((entry) => entry.title[SOURCE])
  assert.deepEqual(HOSTILE.filter((title) => !titles.includes(title)), [])
  assert.deepEqual([...new Set(made.entries.map((entry) => entry.kind))].sort(), ['guide', 'product', 'relic', 'trail'])
  assert.ok(made.entries.some((entry) => entry.withdrawn) && made.files.includes('vi/di-tich/trang/2/index.html'))
})

/** The addresses that a strict reader of sitemaps, or of their index, finds in a text. */
async function addresses(Reader, text) {
  const found = []
  for await (const { url } of Readable.from([Buffer.from(text)]).pipe(new Reader({ level: ErrorLevel.THROW, logger: false }))) found.push(url)
  return found
}

/** The addresses of a sitemap that its XML Schema (in the npm package `sitemap`) and a strict reader both take. */
async function sitemap(text) {
  const schema = readFileSync(path.join(path.dirname(createRequire(import.meta.url).resolve('sitemap/package.json')), 'schema/sitemap.xsd'), 'utf8')
  const verdict = await validateXML({ xml: [{ fileName: 'sitemap.xml', contents: text }], schema: [{ fileName: 'sitemap.xsd', contents: schema }], initialMemoryPages: 512, maxMemoryPages: 8192 })
  assert.ok(verdict.valid, verdict.rawOutput.slice(0, 2000))
  return addresses(XMLToSitemapItemStream, text)
}

test('sitemaps are valid and name each public page once', async (t) => {
  for (const site of sites) {
    const named = await sitemap(site.read('sitemap.xml').toString())
    const own = site.pages.filter((file) => site.read(file).includes(`<link rel="canonical" href="${url(site, file)}">`))
    const withdrawn = site.entries.filter((entry) => entry.withdrawn).flatMap((entry) => Object.values(entry.pages).map((page) => site.at + page))
    const shown = own.map((file) => url(site, file)).filter((page) => !withdrawn.includes(page))
    assert.deepEqual([...named].sort(), shown.sort(), site.name)
    assert.ok(site.read('robots.txt').includes(`Sitemap: ${site.at}sitemap.xml\n`))
    t.diagnostic(`${site.name}: ${named.length} addresses`)
  }
  const text = first.read('sitemap.xml').toString()
  await assert.rejects(sitemap(text.replace('<lastmod>2026-', '<lastmod>26-')), 'a day that is none turns the check red')
})

test('no link or anchor of any page leads nowhere, at the root and below a path', async (t) => {
  /** Follows each link of these pages and, if told to, of the pages of the site behind them; each address once. */
  const follow = async (own, pages, recurse) => {
    const { links } = await new LinkChecker().check({
      path: pages, recurse, checkFragments: true, checkCss: true, redirects: 'error', concurrency: 16, timeout: 60_000,
      linksToSkip: async (link) => !link.startsWith(own),
    })
    const of = (state) => links.filter((link) => link.state === state)
    return { broken: of('BROKEN').map((link) => `${link.parent} -> ${link.url} (${link.status})`), whole: of('OK').map((link) => link.url), elsewhere: of('SKIPPED') }
  }
  for (const site of sites) {
    const begun = performance.now()
    const { broken, whole, elsewhere } = await follow(site.at, [site.at], true)
    assert.deepEqual(broken, [], site.name)
    // A landing is where a plaque leads, 404 what a host shows, Q/ where people type a code, and a withdrawn entry is no longer named.
    const apart = ['404.html', 'Q/', ...site.entries.flatMap((entry) => [`Q/${entry.id}/`, ...(entry.withdrawn ? Object.values(entry.pages) : [])])].map((page) => site.at + page)
    const named = new Set([...whole, ...apart])
    const pages = site.pages.map((file) => url(site, file))
    assert.deepEqual(pages.filter((page) => !named.has(page)), [], `${site.name}: every page can be walked to from the home`)
    assert.deepEqual((await follow(site.at, apart, false)).broken, [], site.name)
    t.diagnostic(`${site.name}: ${pages.length} pages, ${named.size} addresses, ${elsewhere.length} elsewhere, ${Math.round(performance.now() - begun)} ms`)
  }
  mkdirSync(path.join(top, 'wrong'))
  writeFileSync(path.join(top, 'wrong/index.html'), '<!DOCTYPE html><title>x</title><a href="nowhere/">a</a> <a href="#nowhere">b</a> <img src="no.jpg" alt="">')
  const { broken } = await follow(`${shared.origin}/wrong/`, [`${shared.origin}/wrong/`])
  assert.equal(broken.length, 3, `a dead link, anchor and picture turn the check red: ${broken}`)
})

/** What the Nu validator (W3C's own) says of files. */
async function nu(...files) {
  const said = await told('java', ['-Xss2m', '-jar', installed('vnu-jar/build/dist/vnu.jar'), '--format', 'json', '--stdout', ...files], { maxBuffer: 1 << 27 })
  return JSON.parse(said).messages
}

test('the Nu validator finds nothing in any page, its style or any drawing', async (t) => {
  const say = (one) => `${one.url}:${one.lastLine}: ${one.type} ${one.message}`
  // Its CSS is older than paint-order (CSS Fill and Stroke 3), which keeps names legible on the map.
  // A file has no host, so that 'self' matches none of its pictures, styles and scripts; and JSON-LD is data, which no policy stops.
  // The browser holds the policy itself to every page (site.mjs).
  const real = ({ message, extract }) => !(/^Resource violates Content Security Policy .* (image|external stylesheet|external script) /.test(message)
    || message === 'CSS: “paint-order”: Property “paint-order” doesn\'t exist.'
    || (message.startsWith('Inline script violates Content Security Policy') && extract.includes('application/ld+json')))
  const files = [first, made].flatMap((site) => site.files.filter((file) => /\.(html|svg)$/.test(file)).map((file) => path.join(site.output, file)))
  const wrong = folder()
  const page = (body, style = '') => `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>x</title>${style}</head><body>${body}</body></html>`
  writeFileSync(path.join(wrong, 'a.html'), page('<ul><p>x</p></ul>'))
  writeFileSync(path.join(wrong, 'b.html'), page('<p>x</p>', '<style>p{colour:red}</style>'))
  writeFileSync(path.join(wrong, 'c.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><path fill="red" dd="M0 0"/></svg>')
  const red = ['a.html', 'b.html', 'c.svg'].map((file) => path.join(wrong, file))
  const found = await nu('--also-check-svg', ...files, ...red)
  assert.deepEqual(found.filter((one) => real(one) && !one.url.includes(wrong)).map(say), [])
  assert.deepEqual(red.filter((file) => !found.some((one) => one.type === 'error' && one.url.endsWith(file))), [], 'wrong ones turn the check red')
  t.diagnostic(`${files.length} pages and drawings`)
})

const long = process.env.DAUTICH_LONG ? false : 'only in the long tier (tests/run all)'
test('a site of more than 50,000 addresses has an index of valid sitemaps', { skip: long }, async (t) => {
  const root = folder()
  const count = 24_800
  wide(root, count)
  const child = spawn(DAUTICH, ['-r', root, '--date', '2026-11-21', 'serve', '-p', '0'], { stdio: ['ignore', 'pipe', 'ignore'] })
  after(() => child.kill('SIGKILL'))
  const begun = performance.now()
  const line = await new Promise((resolve) => createInterface(child.stdout).once('line', resolve))
  const origin = line.replace(/\/$/, '')
  const get = async (file) => (await fetch(`${origin}/${file}`)).text()
  const parts = await addresses(XMLToSitemapIndexStream, await get('sitemap.xml'))
  const named = []
  for (const part of parts) {
    const pages = await sitemap(await get(path.basename(part)))
    assert.ok(pages.length <= 50_000, `${part}: ${pages.length}`)
    named.push(...pages)
  }
  child.kill('SIGKILL')
  assert.equal(parts.length, 2)
  const lists = Math.ceil(count / 48)
  assert.ok(named.length >= 1 + 2 * (count + lists), 'every page and list; the search, the map and groups besides')
  assert.equal(new Set(named).size, named.length)
  assert.ok(named.some((page) => page.endsWith(`/vi/di-tich/di-tich-${count - 1}/`)) && id(count - 1))
  t.diagnostic(`${named.length} addresses in ${parts.length} sitemaps, ${Math.round((performance.now() - begun) / 1000)} s`)
})

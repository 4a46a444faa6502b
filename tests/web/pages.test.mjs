// Every page as it was written (script off): its languages, its addresses, its inline code, and its weight.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate'
import { SEARCH } from './queries.mjs'
import { LANGUAGES, address, build, launch, reading, serve } from './site.mjs'

const HTML_BYTES = 14336 // gzip -9: the first flight of a new connection
const SCRIPT_BYTES = 4096

const site = build()
const { origin } = await serve(site.output)
const browser = await launch()
const [SOURCE] = LANGUAGES

/** Path of the page to what its markup says. */
const pages = new Map()
before(() => reading(browser, origin, { script: false }, async (page) => {
  for (const file of site.pages) {
    const where = address(file)
    await page.goto(where)
    pages.set(where, await page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(selector)]
      const path = (href) => new URL(href).pathname
      return {
        lang: document.documentElement.lang,
        title: document.title,
        headings: all('h1').map((heading) => heading.textContent),
        canonical: all('link[rel=canonical]').map((link) => path(link.href)),
        alternates: all('link[rel=alternate][hreflang]').map((link) => [link.hreflang, path(link.href)]),
        styles: all('style').map((style) => style.textContent),
        scripts: all('script:not([type="application/ld+json"]):not([src])').map((script) => script.textContent),
        files: all('script[src]').map((script) => [path(script.src), script.defer]),
        policy: all('meta[http-equiv=Content-Security-Policy]').map((meta) => meta.content),
        handlers: all('*').flatMap((element) => element.getAttributeNames().filter((name) => name === 'style' || name.startsWith('on'))),
        // What a browser fetches by itself, links of the head that only name something aside.
        fetched: [
          ...all('[src]').map((element) => element.src),
          ...all('[srcset]').flatMap((element) => element.srcset.split(',').map((part) => new URL(part.trim().split(/\s/)[0], document.baseURI).href)),
          ...all('link[href]:not([rel=canonical]):not([rel=alternate])').map((link) => link.href),
          ...all('object[data]').map((element) => element.data),
          ...all('image, use').map((element) => element.href.baseVal).filter((href) => href && !href.startsWith('#')),
        ],
        scriptLinks: all('a[href]').map((link) => new URL(link.getAttribute('href'), document.baseURI).protocol) // a drawing's links have none of their own
          .filter((protocol) => !/^(https?|mailto|tel|geo):$/.test(protocol)),
      }
    }))
  }
}))

test('the pages named in data/entries.json exist and bear the entry’s name', () => {
  for (const entry of site.entries) {
    for (const lang of LANGUAGES) {
      const page = pages.get(`/${entry.pages[lang]}`)
      assert.ok(page, `${entry.pages[lang]} was built`)
      const name = entry.title[lang] ?? entry.title[SOURCE]
      assert.deepEqual(page.headings, [name], entry.pages[lang])
      assert.ok(page.title.startsWith(name), `${entry.pages[lang]}: <title> ${page.title}`)
      assert.equal(page.lang, lang, entry.pages[lang])
    }
    const landing = pages.get(site.landing(entry))
    assert.ok(landing, `${site.landing(entry)} was built`)
    assert.deepEqual(landing.headings, LANGUAGES.map((lang) => entry.title[lang] ?? entry.title[SOURCE]))
  }
})

test('pages of the two languages name each other, and x-default is the source language', () => {
  for (const [where, page] of pages) {
    const lang = where.split('/')[1]
    if (!LANGUAGES.includes(lang)) continue
    const entry = site.entries.find((one) => one.pages[lang] === where.slice(1))
    if (entry && !(LANGUAGES.every((each) => entry.title[each]) && !entry.withdrawn)) continue
    const alternates = new Map(page.alternates)
    assert.deepEqual([...alternates.keys()].sort(), [...LANGUAGES, 'x-default'].sort(), where)
    assert.equal(page.alternates.length, alternates.size, `${where}: each language once`)
    assert.equal(alternates.get(lang), where, `${where} names itself`)
    assert.equal(alternates.get('x-default'), alternates.get(SOURCE), `${where}: x-default`)
    assert.deepEqual(page.canonical, [where], `${where} is its own canonical page`)
    for (const [, other] of alternates) {
      assert.deepEqual(pages.get(other)?.alternates, page.alternates, `${where} and ${other} name each other`)
    }
    if (entry) assert.deepEqual(LANGUAGES.map((each) => alternates.get(each)), LANGUAGES.map((each) => `/${entry.pages[each]}`))
  }
})

test('a landing is canonical to the source page and no page’s translation', () => {
  for (const entry of site.entries) {
    const landing = pages.get(site.landing(entry))
    assert.deepEqual(landing.canonical, [`/${entry.pages[SOURCE]}`], entry.id)
    assert.deepEqual(landing.alternates, [], entry.id)
  }
  const named = [...pages.values()].flatMap((page) => page.alternates.map(([, path]) => path))
  assert.ok(named.length > 0)
  assert.deepEqual(named.filter((path) => path.startsWith('/Q/')), [])
})

test('one style and one script for all pages, one more style for lists, and the policy holds their hashes', () => {
  const { styles: [style, lists], scripts: [script] } = pages.get('/')
  const hash = (code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
  for (const [where, page] of pages) {
    assert.deepEqual(page.styles, page.styles.length > 1 ? [style, lists] : [style], where)
    const ofEntry = site.entries.some((one) => [site.landing(one), ...Object.values(one.pages).map((path) => `/${path}`)].includes(where))
    assert.equal(page.styles.length, ofEntry ? 1 : 2, `${where}: no more than it needs`)
    assert.deepEqual(page.scripts, [script], where)
    assert.equal(page.policy.length, 1, `${where}: one policy`)
    const policy = new Map(page.policy[0].split(';').map((rule) => rule.trim().split(/\s+/)).map(([name, ...values]) => [name, values]))
    assert.deepEqual(policy.get('default-src'), ["'none'"], where)
    assert.deepEqual(policy.get('style-src'), ["'self'", hash(style), hash(lists)], where)
    // The search and the map have scripts of their own, on their pages alone.
    assert.deepEqual(policy.get('script-src'), ["'self'", hash(script)], where)
    assert.deepEqual(page.files, Object.values(SEARCH).includes(where) ? [['/search.js', true]] : /^\/(vi\/ban-do|en\/map)\//.test(where) ? [['/near.js', true]] : [], where)
    assert.deepEqual(policy.get('form-action'), ["'self'"], where)
    for (const [name, values] of policy) {
      assert.ok(values.every((value) => (name === 'img-src' && value === 'data:') || /^'(none|self|sha256-[\w+/]+=*)'$/.test(value)), `${where}: ${name} ${values.join(' ')}`)
    }
  }
})

test('no style attribute, no handler, no script link, nothing fetched from elsewhere', () => {
  for (const [where, page] of pages) {
    assert.deepEqual(page.handlers, [], where)
    assert.deepEqual(page.scriptLinks, [], where)
    assert.deepEqual(page.fetched.filter((href) => !href.startsWith(`${origin}/`)), [], where)
  }
  assert.ok([...pages.values()].some((page) => page.fetched.length > 0))
})

test(`a page is at most ${HTML_BYTES} bytes of gzip, its script at most ${SCRIPT_BYTES}`, (t) => {
  const sizes = site.pages.map((file) => [gzipSync(site.read(file), { level: 9 }).length, file]).sort((a, b) => b[0] - a[0])
  const script = Math.max(...[...pages.values()].flatMap((page) => page.scripts.map((code) => Buffer.byteLength(code))))
  t.diagnostic(`heaviest pages: ${sizes.slice(0, 3).map(([bytes, file]) => `${file} ${bytes}`).join(', ')}; script ${script}`)
  assert.deepEqual(sizes.filter(([bytes]) => bytes > HTML_BYTES), [])
  assert.ok(script > 0 && script <= SCRIPT_BYTES, `script: ${script} bytes`)
})

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate(new FileSystemConfigLoader({
    root: true,
    extends: ['html-validate:recommended'],
  }))
  const found = []
  for (const file of site.pages) {
    const report = await validator.validateString(site.read(file).toString(), file)
    for (const { messages } of report.results) {
      found.push(...messages.map((m) => `${file}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`))
    }
  }
  assert.deepEqual(found, [])
})

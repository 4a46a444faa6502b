// What the tests share: the example site built once for a file, a static host that counts, a browser that tells on the page.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
export const DAUTICH = path.resolve(process.env.DAUTICH ?? path.join(REPOSITORY, 'target/debug/dautich'))
export const SITE = path.resolve(process.env.DAUTICH_SITE ?? REPOSITORY)

export const LANGUAGES = ['vi', 'en']
export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 800 }
export const NARROW = { width: 320, height: 640 }
/** The browser's own text size in px for "140 % text" (16 is 100 %; whole numbers only, so 144 %). */
export const LARGE_TEXT = 23

/** A folder of its own, which goes when the tests of this file are over. */
export function folder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'dautich-web-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Builds a site, the example unless told; `address` is where it will be served, else what the site itself says. */
export function build({ root = SITE, output = path.join(folder(), 'output'), address } = {}) {
  const told = address ? ['-u', address] : []
  execFileSync(DAUTICH, ['-r', root, '--date', '2026-11-21', 'build', '-o', output, ...told], { stdio: ['ignore', 'ignore', 'pipe'] })
  const files = readdirSync(output, { recursive: true }).filter((file) => statSync(path.join(output, file)).isFile())
  // A trail to take along is a file, no page of the site.
  const packs = files.filter((file) => /(mang-theo|take-along)-[^/]+\.html$/.test(file)).sort()
  const pages = files.filter((file) => file.endsWith('.html') && !packs.includes(file)).sort()
  assert.ok(pages.length > 0, 'the build wrote no page')
  const read = (file) => readFileSync(path.join(output, file))
  const { entries } = JSON.parse(read('data/entries.json'))
  assert.ok(entries.length > 0, 'data/entries.json names no entry')
  return { output, pages, packs, files, entries, read, landing: (entry) => `/Q/${entry.id}/` }
}

/** `vi/di-tich/index.html` as a browser asks for it: `/vi/di-tich/`. */
export const address = (file) => '/' + file.replace(/(^|\/)index\.html$/, '$1')

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json', '.txt': 'text/plain; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.xml': 'application/xml', '.tsv': 'text/tab-separated-values; charset=utf-8',
  '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2', '.webp': 'image/webp', '.avif': 'image/avif',
  '.ics': 'text/calendar; charset=utf-8', '.jpg': 'image/jpeg', '.png': 'image/png', '.mp3': 'audio/mpeg',
}
const missing = (folder) => {
  const page = path.join(folder, '404.html')
  return statSync(page, { throwIfNoEntry: false }) ? readFileSync(page) : Buffer.from('404')
}
const PACKED = new Set(['.html', '.svg', '.json', '.txt', '.js', '.css', '.xml', '.tsv', '.webmanifest'])

/**
 * Serves a folder as static hosts do: folder index, 301 to the closing slash, 404, text packed by gzip.
 * `seen` lists what was asked for, with the bytes of each body as sent. `late(file)` may hold a file back, in ms.
 * `under` is the path it is served under; `close` ends it for good.
 */
export async function serve(folder, late = () => 0, under = '/') {
  const seen = []
  const packed = new Map()
  const server = http.createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, 'http://host').pathname)
    const answer = (status, head, body) => {
      seen.push({ path: asked, status, document: request.headers['sec-fetch-dest'] === 'document', bytes: body.length })
      response.writeHead(status, { ...head, 'content-length': body.length }).end(body)
    }
    const file = path.join(folder, asked.startsWith(under) ? asked.slice(under.length - 1) : '/nothing', asked.endsWith('/') ? 'index.html' : '')
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory()) return answer(301, { location: `${asked}/` }, Buffer.alloc(0))
    if (!found || !file.startsWith(folder)) return answer(404, { 'content-type': TYPES['.html'] }, missing(folder))
    const kind = path.extname(file)
    const head = { 'content-type': TYPES[kind] ?? 'application/octet-stream', 'cache-control': 'max-age=600' }
    let body = readFileSync(file)
    if (PACKED.has(kind)) {
      const version = `${file} ${found.mtimeMs}`
      if (!packed.has(version)) packed.set(version, gzipSync(body, { level: 9 }))
      body = packed.get(version)
      head['content-encoding'] = 'gzip'
    }
    const wait = late(asked)
    if (wait) await new Promise((resolve) => setTimeout(resolve, wait))
    answer(200, head, body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const { port } = server.address()
  const close = () => new Promise((done) => { server.close(done); server.closeAllConnections() })
  after(close)
  return { origin: `http://127.0.0.1:${port}`, seen, close }
}

/** Headless Chromium that can reach this machine and no other. */
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  after(() => browser.close())
  return browser
}

/** The preferences of a reader: languages in order, text size in px, script on or off, light or dark. */
const READER = { languages: ['vi-VN'], text: 16, script: true, scheme: 'light', viewport: PHONE, bypassCSP: false, before: null, missing: false, keeps: false }

/**
 * Gives `visit` a fresh profile's page and fails if that page asked another host for anything, logged an error, threw,
 * or tripped over its own Content-Security-Policy. Only the browser of a reader who `keeps` lets a service worker in: it
 * would fetch what belongs to no page that a test counts.
 */
export async function reading(browser, origin, reader, visit) {
  const { languages, text, script, scheme, viewport, bypassCSP, before, missing, keeps } = { ...READER, ...reader }
  const context = await browser.newContext({
    viewport, colorScheme: scheme, javaScriptEnabled: script, bypassCSP, baseURL: origin, reducedMotion: 'reduce',
    serviceWorkers: keeps ? 'allow' : 'block',
  })
  const faults = []
  try {
    context.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`)) faults.push(`asked another host: ${request.url()}`)
    })
    context.on('console', (message) => {
      // Chromium says "error" of a refused Content-Security-Policy too.
      // Of a page that is not there as well, where one was asked for on purpose, and of a host that was shut down.
      if (missing && /status of (404|416|503)|ERR_CONNECTION_REFUSED|ERR_FAILED/.test(message.text())) return
      if (message.type() === 'error') faults.push(`console: ${message.text()}`)
    })
    context.on('weberror', (error) => faults.push(`script: ${error.error().message}`))
    if (before) await context.addInitScript(before)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setUserAgentOverride', {
      userAgent: `Mozilla/5.0 (Linux; Android 14) Chrome/${browser.version()} Mobile`,
      acceptLanguage: languages.join(','),
    })
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: text, fixed: Math.round((text * 13) / 16) } })
    await visit(page, devtools)
  } finally {
    await context.close()
  }
  assert.deepEqual(faults, [], 'the page must be quiet and keep to its own host')
}

/**
 * Every third of many alike, the first among them; all where there is time (`tests/run all`). What pages share is broken on a third as
 * well as on all, and reading them all takes minutes.
 */
export const third = (all) => (process.env.DAUTICH_LONG ? all : all.filter((_, at) => at % 3 === 0))

/** How many pages are read at once: while one waits for its font another is laid out. */
const HANDS = 3

/** `visit(page, where)` for each address, some at once, each by a fresh reader to whom everything is new. */
export async function readingEach(browser, origin, reader, addresses, visit) {
  const left = [...addresses]
  const read = async () => {
    for (let where = left.shift(); where !== undefined; where = left.shift()) {
      await reading(browser, origin, reader, (page) => visit(page, where))
    }
  }
  await Promise.all(Array.from({ length: HANDS }, read))
}

/** The same by a few readers who go from page to page. */
export async function readingAll(browser, origin, reader, addresses, visit) {
  const left = [...addresses]
  const read = () => reading(browser, origin, reader, async (page) => {
    for (let where = left.shift(); where !== undefined; where = left.shift()) await visit(page, where)
  })
  await Promise.all(Array.from({ length: HANDS }, read))
}

// Keeps the pages a reader has opened and those near them, for where there is no signal. Whatever is kept gives way to
// what the network says; the network is given two seconds.
const VERSION = "{{ version }}" // a digest of the theme's files
const SCOPE = self.registration.scope
// Other sites may live at the same host, one folder each.
const OURS = `dautich ${SCOPE} `
const NAME = OURS + VERSION
const WAIT = 2000 // milliseconds
const NEIGHBOURS = 8
const ROOM = 1e6 // bytes of what one visit saves
const MOST = 240 // files kept over all visits; the oldest go first
const INDEX = SCOPE + "data/search/index.tsv"

// A phone may refuse to keep things, or be full, at any moment: then there is only the network.
const kept = async address => {
  try { return await (await caches.open(NAME)).match(address, { ignoreVary: true }) } catch {}
}
const keep = async (address, response) => {
  try { await (await caches.open(NAME)).put(address, response); return true } catch { return false }
}
const drop = async address => {
  try { await (await caches.open(NAME)).delete(address, { ignoreVary: true }) } catch {}
}
const all = async () => {
  try { return (await (await caches.open(NAME)).keys()).map(request => request.url) } catch { return [] }
}
const plain = address => address.replace(/[?#].*/, "").replace(/\/index\.html$/, "/")
// Neither a part of a file, nor another host's page, nor one that stands elsewhere.
const whole = got => got.status === 200 && got.type === "basic" && !got.redirected
const bytes = async response => (await response.clone().blob()).size

// What is read in a page's own text.
const hrefs = (text, base) => Array.from(text.matchAll(/href="([^"#]+)/g), ([, href]) => plain(new URL(href.replace(/&amp;/g, "&"), base).href))
  .filter(address => address.startsWith(SCOPE))
const halfOf = (text, lang) => {
  const halves = text.match(/<div class="half"[\s\S]*?(?=<div class="half"|<\/main>)/g) || [text]
  return halves.find(half => half.slice(0, half.indexOf(">")).includes(`lang="${lang}"`)) || halves[0]
}
const neighbours = (text, base) => (text.match(/<(ol class="stops"|ul class="cards"|ul class="near")[\s\S]*?<\/[ou]l>/g) || []).flatMap(list => hrefs(list, base))
// The same entry at its code and in its languages.
const twins = (text, base) => [
  ...Array.from(text.matchAll(/<b class="code">(\w{6})<\/b>/g), ([, id]) => `${SCOPE}Q/${id}/`),
  ...(text.match(/<a [^>]*rel="bookmark"|<link rel="alternate" hreflang[^>]*>/g) || []).flatMap(link => hrefs(link, base)),
]
const lead = (text, base) => {
  const [figure] = /<figure class="lead[\s\S]*?<\/figure>/.exec(text) || [""]
  const [, smallest] = /<picture>.*?(?:srcset|src)="([^ "]+)/s.exec(figure) || []
  return smallest && new URL(smallest, base).href
}
const pictures = text => text.replace(/<ul class="cards"[\s\S]*?<\/ul>/g, "").match(/\b(photos|motifs|qr)\/[\w.-]+/g) || []

// What the network says of a page is kept, or the page forgotten. Whatever an older text named and this one does not is
// looked at again: so an entry that was withdrawn leaves the phone, at its code and in each language, with its photos.
async function learn(address, got, asked, room = Infinity) {
  const gone = got.status === 404 || got.status === 410
  if (!gone && !(whole(got) && /html/.test(got.headers.get("content-type")))) return ""
  const text = gone ? "" : await got.clone().text()
  // A hotel's network answers with a page of its own.
  if (!gone && !text.includes("data-layout=")) return ""
  const old = await kept(address), before = old ? await old.text() : ""
  if (gone) await drop(address)
  else if (before || await bytes(got) <= room) await keep(address, got)
  if (before && before !== text) {
    for (const picture of pictures(before)) if (!text.includes(picture)) await drop(SCOPE + picture)
    const still = new Set([...neighbours(text, address), ...twins(text, address)])
    for (const link of [...neighbours(before, address), ...twins(before, address)]) {
      if (!still.has(link) && await kept(link)) await refresh(link, asked)
    }
  }
  return text
}
async function refresh(address, asked, room, cache = "no-cache") {
  if (asked.has(address)) return ""
  asked.add(address)
  try { return await learn(address, await fetch(address, { cache }), asked, room) } catch { return "" }
}

// What a visit of an entry saves: the page, its twin, the search, those near it, a small photo of each.
async function pack(address, lang) {
  if (navigator.connection && navigator.connection.saveData) return
  const asked = new Set()
  let room = ROOM
  const page = async (address, cache) => {
    const text = await refresh(address, asked, room, cache)
    const one = text && await kept(address)
    if (one) room -= await bytes(one)
    return text
  }
  const file = async (address, cache) => {
    if (!address || asked.has(address)) return
    asked.add(address)
    try {
      let one = !cache && await kept(address)
      if (!one) {
        const got = await fetch(address, { cache: cache || "default" })
        if (!whole(got) || await bytes(got) > room || !await keep(address, got.clone())) return
        one = got
      }
      room -= await bytes(one)
    } catch {}
  }
  const text = await page(address, "default")
  for (const old of await all()) if (old.startsWith(SCOPE + "data/near/")) await file(old, "no-cache")
  const half = halfOf(text, lang)
  if (!/data-layout="(entry|landing)"/.test(text)) return
  for (const name of ["icon.svg", "print.css", ...text.match(/\bfonts\/[\w.-]+/) || []]) await file(SCOPE + name)
  await file(lead(half, address))
  for (const twin of twins(half, address)) await page(twin)
  // As `search_path` in src/build/plan.rs has it.
  await page(SCOPE + (lang === "vi" ? "vi/tim/" : lang + "/search/"))
  await file(SCOPE + "search.js", "no-cache")
  await index(file)
  for (const other of [...new Set(neighbours(half, address))].slice(0, NEIGHBOURS)) {
    const text = await page(other)
    if (text) await file(lead(halfOf(text, lang), other))
  }
  const addresses = await all()
  const old = addresses.filter(address => !asked.has(address))
  for (const address of old.slice(0, Math.max(0, addresses.length - MOST))) await drop(address)
}
// The search of a small site is one file. A large site's names its shards in the first line and is of no use without them.
async function index(file) {
  const got = await fetch(INDEX, { cache: "no-cache" }).catch(() => null)
  if (!got || !whole(got)) return
  const reader = got.body.getReader(), { value } = await reader.read()
  reader.cancel()
  const large = new TextDecoder().decode(value).split("\n", 1)[0].includes("\t")
  await (large ? drop(INDEX) : file(INDEX, "no-cache"))
}

// A page, a script, a list of points: the network's, or what is kept after two seconds or where a host is in trouble.
async function newest(event, address, after) {
  const one = await kept(address)
  const net = fetch(new Request(event.request, { cache: "no-cache" }))
  event.waitUntil(net.then(got => after(got.clone(), one)).catch(() => {}))
  if (!one) return net
  const late = new Promise(done => setTimeout(done, WAIT))
  const got = await Promise.race([net.catch(() => {}), late])
  return got && got.status < 500 ? got : part(event.request, one)
}
const page = (event, address) =>
  newest(event, address, got => learn(address, got, new Set([address]))).catch(async () => await kept(address + "/") || nothing())
const file = (event, address) =>
  newest(event, address, async (got, one) => whole(got) && (one || address !== INDEX) && await keep(address, got))

// A photo or a font never changes under its name.
async function unchanging(event, address) {
  const one = await kept(address)
  if (one) return part(event.request, one)
  try {
    const got = await fetch(event.request)
    if (whole(got)) event.waitUntil(keep(address, got.clone()))
    return got
  } catch (error) {
    // Another width of the same photo is better than none.
    const stem = address => address.replace(/(-\d+)?\.\w+$/, "")
    const other = (await all()).find(other => stem(other) === stem(address))
    const one = other && await kept(other)
    if (one) return part(event.request, one)
    throw error
  }
}

// The bytes that a request asks for, of a file that is kept whole.
async function part(request, one) {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("range") || "") || []
  if (!first && !last) return one
  const blob = await one.blob()
  const from = first ? +first : Math.max(0, blob.size - last)
  const to = first && last ? Math.min(+last, blob.size - 1) : blob.size - 1
  if (from > to) return new Response(null, { status: 416, headers: { "content-range": `bytes */${blob.size}` } })
  const headers = { "content-type": one.headers.get("content-type"), "content-range": `bytes ${from}-${to}/${blob.size}` }
  return new Response(blob.slice(from, to + 1), { status: 206, headers })
}

// No signal, and not kept: what is.
async function nothing() {
  let list = ""
  for (const address of await all()) {
    const at = address.slice(SCOPE.length)
    if (!at.endsWith("/") || at.startsWith("Q/")) continue
    const text = await (await kept(address) || new Response()).text()
    const [, title] = /<title[^>]*>([^<]+)/.exec(text) || []
    if (title) list += `<li lang="${at.slice(0, 2)}"><a href="${address}">${title}</a></li>`
  }
  const body = `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Không có sóng · No signal</title>
<style>:root{color-scheme:light dark}body{max-width:38em;margin:0 auto;padding:1rem;font:1.0625rem/1.6 system-ui,sans-serif;background:#fbf7ef;color:#231815}a{display:inline-block;padding:.625rem 0;color:#1d4e7a}@media(prefers-color-scheme:dark){body{background:#191311;color:#f4eadb}a{color:#a3cbf2}}</style>
<main><h1>Không có sóng</h1><p>Trang này chưa lưu trong máy. Mở lại khi có mạng.</p><div lang="en"><h2>No signal</h2><p>This page is not saved on your phone. Open it again when you are online.</p></div>
${list && `<h2>Đã lưu trong máy · <span lang="en">Saved on your phone</span></h2><ul>${list}</ul>`}</main></html>`
  return new Response(body, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } })
}

let last = Promise.resolve()
self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", event => event.waitUntil((async () => {
  try {
    for (const name of await caches.keys()) {
      if (!name.startsWith(OURS) || name === NAME) continue
      // Pages and photos move on with the reader; what belongs to the theme is fetched anew.
      const old = await caches.open(name)
      for (const { url } of await old.keys()) if (/\/$|\/photos\//.test(url)) await keep(url, await old.match(url))
      await caches.delete(name)
    }
  } catch {}
  await self.clients.claim()
})()))
// A page tells the language it is read in when it has loaded.
self.addEventListener("message", event => {
  if (event.source && event.source.url) event.waitUntil(last = last.then(() => pack(plain(event.source.url), event.data)).catch(() => {}))
})
self.addEventListener("fetch", event => {
  const { request } = event, address = plain(request.url), path = address.slice(SCOPE.length)
  if (request.method !== "GET" || !address.startsWith(SCOPE) || request.destination === "audio" || path.startsWith("audio/")) return
  if (request.mode === "navigate") event.respondWith(page(event, address))
  else if (/^(photos|fonts)\//.test(path)) event.respondWith(unchanging(event, address))
  else if (!path.startsWith("data/search/") || address === INDEX) event.respondWith(file(event, address))
})

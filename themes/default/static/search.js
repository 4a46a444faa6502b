// Fetches what src/build/search.rs writes, and ranks it.
(g => {
const small = s => Array.from(s.normalize("NFD"), c => c.toLowerCase()).join("")
// As the builder folds.
const fold = s => small(s).replace(/\p{M}/gu, "").replace(/đ/g, "d")
// "hòa" is "hoà".
const even = s => {
  let tone = ""
  return small(s).replace(/[\u0300\u0301\u0303\u0309\u0323]/g, c => (tone = c, "")) + tone
}
const words = s => s.split(/[^\p{Alphabetic}\p{N}\p{M}]+/u).map(w => ({ f: fold(w), e: even(w) })).filter(w => w.f)
// "chuaf" for chùa.
const telex = s => s.replace(/([aeod])\1/gi, "$1").replace(/w/gi, "").replace(/[fsrxj](?!\p{L})/giu, "")
// One letter wrong, or two exchanged.
const near = (a, b) => {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  a = a.slice(i); b = b.slice(i)
  const c = a.slice(1), e = b.slice(1)
  return c === b || a === e || c === e || a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)
}
// Not names of their own
const weak = w => /^(den|chua|dinh|mieu|tho|di|tich|khu|xa|phuong|thi|tran|huyen|quan|tinh|thanh|pho|temple|pagoda|commune|the|of|in|at|and)$/.test(w.f)
const alike = (x, w, last, loose) => x.f === w.f ? x.e === w.e ? 1.1 : 1 : last && x.f.startsWith(w.f) ? .8
  : loose && w.f.length > 2 && x.f.length > 2 && near(x.f, w.f) ? .6 : 0
const score = (one, q, loose) => {
  let sum = 0, whole = true
  q.forEach((w, i) => {
    let best = 0
    for (const name of one.names) name.words.forEach((x, at) => {
      let s = alike(x, w, i === q.length - 1, loose)
      if (!s) return
      s *= name.weight + (i && at && alike(name.words[at - 1], q[i - 1], 0, loose) ? 4 : 0)
      best = Math.max(best, at === i ? s * 1.1 : s)
    })
    if (!best && !(weak(w) && q.some(w => !weak(w)))) whole = false
    sum += weak(w) ? best * .3 : best
  })
  return { one, whole, sum: sum && sum - one.names[0].words.length * .05 + one.rank * .02 }
}
const rank = (ones, q, loose) => {
  let found = ones.map(r => score(r, q, loose)).filter(s => s.sum > 0)
  const whole = found.some(s => s.whole)
  found = found.filter(s => s.whole || !whole).sort((a, b) => b.sum - a.sum || (a.one.at < b.one.at ? -1 : 1))
  return { whole, found: found.filter(s => s.sum > found[0].sum * .4).map(s => s.one) }
}
// Under two words; if one is wrong, either and how the other begins.
const keys = (q, loose) => {
  const pairs = q.slice(1).map((w, i) => [q[i], w]).sort((a, b) => weak(a[0]) + weak(a[1]) - weak(b[0]) - weak(b[1]))
  const [[a, b], two] = [...pairs, q], key = (a, b) => a.f + " " + b.f
  return !pairs[0] ? q.map(w => loose ? w.f.slice(0, -1) : w.f)
    : loose ? [a.f + " " + b.f[0], b.f + " " + a.f[0], key(...two)] : [key(a, b)]
}
const d = g.document, box = d && d.querySelector("[data-found]")
if (!d) module.exports = { even, words, near, rank }
if (!box) return
const index = d.querySelector("[data-index]"), input = d.querySelector("[name=q]"), html = d.documentElement
const list = box.querySelector("ul"), said = box.querySelector("p"), loaded = {}, pool = {}
let heads, column, asked = 0, wait, left
const read = text => text.split("\n").forEach(line => {
  if (!line || pool[line]) return
  const [kind, slug, also, place, before, ...titles] = line.split("\t"), rank = +kind.slice(-1)
  const title = titles[column] || titles.find(t => t)
  const [href, section] = (box.getAttribute("data-" + kind.slice(0, -1)) || "|").split("|")
  const label = rank ? box.getAttribute("data-ranks").split("|")[rank - 1] : section
  pool[line] = {
    at: slug, rank, title, href: href + slug + "/", about: place ? label + " · " + place : label,
    names: [[title, 4], ...titles.map(t => [t, 3.6]), ...also.split("|").map(t => [t, 3.4]), [place, 2], [before, 1.4], [section + " " + label, 1]]
      .map(([text, weight]) => ({ words: words(text), weight })),
  }
})
// Asked for anew each time: what was withdrawn must not be found.
const load = name => loaded[name] = loaded[name] || fetch(html.getAttribute("data-root") + "data/search/" + name + ".tsv", { cache: "no-cache" })
  .then(r => r.ok ? r.text() : Promise.reject()).catch(e => { delete loaded[name]; throw e })
const first = () => load("index").then(text => {
  if (heads) return
  const [head] = text.split("\n", 1)
  heads = head.split("\t")
  column = heads.shift().split(" ").indexOf(html.lang)
  read(text.slice(head.length))
})
const seek = (text, loose) => {
  const q = words(text), want = new Set()
  for (const key of heads[0] ? keys(q, loose) : []) {
    const at = heads.filter(h => h <= key).length
    want.add(Math.max(0, at - 1))
    // A word half typed goes on there.
    if ((heads[at] || "").startsWith(key)) want.add(at)
  }
  return Promise.all([...want].filter(n => loaded[n] || left-- > 0).map(n => load(n).then(read))).then(() => rank(Object.values(pool), q, loose))
}
const make = (tag, its) => Object.assign(d.createElement(tag), its)
const show = (all, key) => {
  const few = all.slice(0, 50)
  list.textContent = ""
  for (const r of few) {
    const li = make("li")
    li.append(make("a", { href: r.href, textContent: r.title }), " ", make("small", { textContent: r.about }))
    list.append(li)
  }
  key = key || (all.length > few.length ? "most" : few[1] ? "many" : few[0] ? "one" : "none")
  said.textContent = said.getAttribute("data-" + key).replace("{n}", few.length)
  index.hidden = few.length > 0
}
const search = () => {
  left = 3
  const text = input.value.trim(), turn = ++asked, tell = (all, key) => turn === asked && show(all, key)
  if (!text) return list.textContent = said.textContent = "", index.hidden = false
  first().then(() => seek(text))
    .then(got => got.whole ? got : seek(telex(text)))
    .then(got => got.whole ? tell(got.found) : seek(text, true).then(got => tell(got.found, got.found[0] && "near")))
    .catch(() => tell([], "lost"))
}
const go = () => {
  clearTimeout(wait)
  history.replaceState(0, "", "?q=" + encodeURIComponent(input.value))
  search()
}
input.oninput = () => { clearTimeout(wait); wait = setTimeout(go, 150) }
input.form.onsubmit = e => { e.preventDefault(); go() }
input.value = new URLSearchParams(location.search).get("q") || ""
search()
})(this)

// Made-up sites for machines: one with everything that a page, a feed or a table can hold, and one too large for one sitemap.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { SITE } from './site.mjs'

const SYMBOLS = '23456789BCDFGHJKLMNPQRSTVWXYZ'

/** The id of a number: four characters that count, one that keeps it from reading as a word, the check character. */
export function id(number) {
  const drawn = [number % 29, Math.floor(number / 29) % 29, Math.floor(number / 841) % 29, Math.floor(number / 24389) % 29, 14]
  const sum = drawn.reduce((sum, value, at) => sum + value * (6 - at), 0)
  return [...drawn, (29 - (sum % 29)) % 29].map((value) => SYMBOLS[value]).join('')
}

/** Titles that a reader of markup or a spreadsheet could take for something else. */
export const HOSTILE = [
  `=HYPERLINK("https://thu.vn/";"bấm") </script><script>alert(1)</script> & ]]> 'x'`,
  '+84 <b>"hai" dòng</b>, phẩy; chấm phẩy',
  '-2+3 &amp; &lt;',
  '@SUM(A1:A9)',
]

/** A festival whose name a reader of calendars could take for something else. */
const FEAST = `festivals: [{name: {vi: 'Hội "làng"; rước, kéo\\co & ${'ề'.repeat(60)}', en: Village festival}, lunar: last/3, days: 2}]\n`

/** Writes `files` (path to text) below a folder. */
function write(folder, files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
}

const CONFIG = 'title: {vi: "Thử & <thử>", en: "Test & <test>"}\nprinted_address: https://thu.vn/\nbase_url: https://thu.vn/\npublisher: {vi: Nhóm "Thử", en: The Test Team}\n'

const relic = (number, title, more = '') => ({
  [`content/relics/di-tich-${number}/index.md`]:
    `---\nid: ${id(number)}\ntitle: ${JSON.stringify(title)}\nsummary: Tóm tắt & <thử> "${number}".\ntypes: [history]\nupdated: 2026-11-${String((number % 20) + 1).padStart(2, '0')}\n${more}---\nBài có chú thích.[^a]\n\n## Phần một\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^a]: Chú thích.\n`,
  [`content/relics/di-tich-${number}/index.en.md`]: `---\ntitle: ${JSON.stringify(`Relic ${number}`)}\nsummary: Summary.\n---\nText.\n`,
})

/** A site with hostile titles, points, a list of two pages, a product with everything, a trail, a guide without steps, a withdrawn relic. */
export function everything(folder) {
  const place = (number) => `place:\n  commune: "10930"\n  point: [${(20.9 + number / 1000).toFixed(4)}, 106.25]\n  precision: site\n`
  write(folder, { 'dautich.yaml': CONFIG })
  HOSTILE.forEach((title, number) => write(folder, relic(number, title, place(number))))
  for (let number = HOSTILE.length; number < 50; number++) write(folder, relic(number, `Di tích ${number}`, `${number % 2 ? place(number) : ''}${number === 5 ? FEAST : ''}`))
  write(folder, relic(50, 'Di tích đã rút', 'withdrawn: {on: 2026-11-20, reason: {vi: trùng bài, en: a duplicate}}\n'))
  write(folder, {
    'content/products/banh/index.md':
      `---\nid: ${id(100)}\ntitle: Bánh thử\nalso: ["Bánh \\"thử\\"", Bánh hai]\nsummary: Tóm tắt.\nplace: {commune: "10930"}\nmakers: [{name: Hợp tác xã Thử, website: "https://htx.example/"}, {name: Tổ hợp tác Thử}]\nocop: {stars: 4, decision: 1/QĐ-UBND, issued_on: 2026-01-05}\nprotection: [{kind: certification-mark, number: "00001", year: 2020, holder: Hội Thử}]\ngtin: "8931234567897"\nlabel: {ingredients: {vi: đậu xanh, en: mung beans}, net: 300 g}\nfrom_relics: [${id(0)}]\nupdated: 2026-11-01\n---\nBài.\n`,
    'content/products/banh/index.en.md': '---\ntitle: Test cake\nsummary: Summary.\n---\nText.\n',
    'content/guides/khong-buoc/index.md': `---\nid: ${id(101)}\ntitle: Không bước\nsummary: Tóm tắt.\nupdated: 2026-11-02\n---\nBài dẫn tới [Di tích](id:${id(0)}).\n`,
    'content/trails/mot-vong/index.md': `---\nid: ${id(102)}\ntitle: Một vòng\nsummary: Tóm tắt.\nstops: [${id(1)}, ${id(3)}]\nby: walk\nupdated: 2026-11-03\n---\nBài.\n`,
    'content/trails/mot-vong/index.en.md': '---\ntitle: A loop\nsummary: Summary.\n---\nText.\n',
  })
  // A guide with steps and a picture, as the example site has it.
  cpSync(path.join(SITE, 'content/guides/quet-ma-an-toan'), path.join(folder, 'content/guides/quet-ma'), { recursive: true })
  write(folder, { 'content/relics/di-tich-khac/index.md': `---\nid: 7K3MQ5\ntitle: Di tích khác\nsummary: Tóm tắt.\ntypes: [landscape]\n---\nKhông có ngày, không có bản tiếng Anh.\n` })
}

/** A site of `count` short relics in both languages. */
export function wide(folder, count) {
  write(folder, { 'dautich.yaml': CONFIG })
  for (let number = 0; number < count; number++) write(folder, relic(number, `Di tích ${number}`))
}

// What a visitor does at the plaque: listens, finds the way, shares, reads larger letters, prints; also inside Zalo and Facebook.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { DESK, LANGUAGES, LARGE_TEXT, NARROW, PHONE, build, folder, launch, reading, serve } from './site.mjs'
import axe from 'axe-core'
import { id } from './made-up.mjs'

/** Seconds of silence: MPEG-1 Layer III, 32 kbit/s, 32,000 samples a second, mono; a frame of 36 ms is 144 bytes. */
function silence(seconds) {
  const frame = Buffer.alloc(144)
  frame.set([0xff, 0xfb, 0x18, 0xc0])
  return Buffer.concat(Array(Math.round(seconds / 0.036)).fill(frame))
}

const HOSTILE = 'Xin mời vào.\n\n<script>document.title = "hỏng"</script>\n\n<img src=x onerror="document.title=1">\n\n## Trong đền\n\n[bấm](javascript:alert(1))\n'
const relic = (number, title, more = '') => `---\nid: ${id(number)}\ntitle: ${title}\nsummary: Tóm tắt.\ntypes: [history]\n${more}---\nBài viết.\n\n## Trong đền\n\nChữ.\n`
const english = (title, more = '') => `---\ntitle: ${title}\nsummary: Summary.\n${more}---\nText.\n`
const point = (latitude) => `place: {commune: "10930", point: [${latitude}, 106.25], precision: site}\n`
const FILES = {
  'dautich.yaml': 'title: {vi: Thử, en: Test}\nprinted_address: https://thu.vn/\nbase_url: https://thu.vn/\ncontact: {email: bao@thu.vn, zalo: "0900000001", phone: "0900 000 001"}\n',
  'content/relics/den-mot/index.md': relic(1, 'Đền Một', `${point(20.9)}visiting: {dress: {vi: Mặc kín đáo, en: Cover shoulders}}\naudio: {file: vi.mp3, reader: Lan, transcript: vi.txt}\n`),
  'content/relics/den-mot/index.en.md': english('Temple One'),
  'content/relics/den-mot/vi.mp3': Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x0aGPS-SECRET'), silence(200)]),
  'content/relics/den-mot/vi.txt': HOSTILE,
  'content/relics/den-hai/index.md': relic(2, 'Đền Hai', 'place: {commune: "10930", point: [20.95, 106.25], precision: commune}\naudio: {file: vi.mp3}\n'),
  'content/relics/den-hai/index.en.md': english('Temple Two', 'audio: {file: en.mp3}\n'),
  'content/relics/den-hai/vi.mp3': silence(30),
  'content/relics/den-hai/en.mp3': silence(29),
  'content/relics/den-ba/index.md': relic(3, 'Đền Ba', point(21)),
  'content/relics/den-ba/index.en.md': english('Temple Three'),
  'content/trails/vong/index.md': `---\nid: ${id(4)}\ntitle: Một vòng\nsummary: Tóm tắt.\nstops: [${id(1)}, ${id(3)}, ${id(2)}]\nby: bicycle\n---\nBài.\n`,
  'content/trails/vong/index.en.md': english('A loop'),
}

const root = folder()
for (const [file, text] of Object.entries(FILES)) {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}
const site = build({ root })
const { origin, seen } = await serve(site.output)
const example = build()
const shown = await serve(example.output)
const browser = await launch()
const half = (lang) => `[data-half="${LANGUAGES.indexOf(lang)}"]`
const at = (number) => `/Q/${id(number)}/`

test('Listen tells minutes and size, fetches nothing before it is pressed, and opens where it stands', async () => {
  await reading(browser, origin, {}, async (page) => {
    seen.length = 0
    await page.goto(at(1), { waitUntil: 'networkidle' })
    assert.ok(!seen.some((one) => one.path.endsWith('.mp3')), 'no audio in the first view')
    const button = page.locator(`${half('vi')} .listen > summary`)
    assert.match(await button.innerText(), /Nghe thuyết minh\s+3 phút · 782 KB/)
    const top = async () => (await button.boundingBox()).y
    const before = await top()
    await button.focus()
    await page.keyboard.press('Enter')
    assert.ok(await page.locator(`${half('vi')} audio`).isVisible(), 'the player')
    assert.equal(await top(), before, 'the button stays under the thumb')
    const source = await page.getAttribute(`${half('vi')} audio`, 'src')
    const file = site.read(path.join('Q', id(1), source))
    assert.ok(!file.includes('GPS-SECRET') && file[0] === 0xff, 'the tags stay at home')
    await page.waitForFunction(() => document.querySelector('audio').duration > 0)
    const long = await page.evaluate(() => document.querySelector('audio').duration)
    assert.ok(Math.abs(long - 200) < 1, `as long as was told, not ${long} s`)
    // The words spoken, which mean harm, are words.
    await page.click(`${half('vi')} .panel .fold summary`)
    assert.match(await page.innerText(`${half('vi')} .transcript`), /Xin mời vào[^]*<script>/)
    assert.match(await page.title(), /Đền Một/)
  })
})

test('where a language has no narration the other one is offered and named', async () => {
  await reading(browser, origin, { languages: ['en'] }, async (page) => {
    await page.goto(at(1))
    assert.match(await page.innerText(`${half('en')} .listen > summary`), /Listen \(Tiếng Việt\)/)
    assert.equal(await page.getAttribute(`${half('en')} .transcript`, 'lang'), 'vi')
    await page.goto(at(2))
    assert.match(await page.innerText(`${half('en')} .listen > summary`), /^Listen\s+29 s · 114 KB$/)
    await page.click(`${half('en')} .listen > summary`)
    await page.click(`${half('en')} .listen .panel a`)
    assert.equal(new URL(page.url()).hash, '#en-p_story', 'the article is the transcript')
  })
})

test('Listen and Directions open without script', async () => {
  await reading(browser, origin, { script: false }, async (page) => {
    await page.goto(at(1))
    for (const part of ['.listen', '.way']) {
      await page.locator(`${half('vi')} ${part} > summary`).press('Enter')
      assert.ok(await page.locator(`${half('vi')} ${part} > .panel`).isVisible(), part)
    }
    assert.equal(await page.locator('.share').first().isVisible(), false, 'no button that does nothing')
  })
})

test('directions lead to a measured point, else to a name and an address, never to a pin nobody set', async () => {
  const links = async (page, number) => {
    await page.goto(at(number))
    await page.click(`${half('vi')} .way > summary`)
    return page.$$eval(`${half('vi')} .way a`, (all) => all.map((link) => decodeURIComponent(link.href)))
  }
  await reading(browser, origin, {}, async (page) => {
    const measured = await links(page, 1)
    assert.equal(measured.length, 4)
    assert.ok(measured.every((href) => href.includes('20.9') && href.includes('106.25')), measured.join(' '))
    assert.ok(measured.some((href) => href.startsWith('geo:20.9,106.25')))
    const named = await links(page, 2)
    assert.equal(named.length, 3)
    assert.ok(named.every((href) => /Đền Hai, .*Mao Điền/.test(href) && !/20\.95|geo:/.test(href)), named.join(' '))
    assert.match(await page.innerText(`${half('vi')} .way .panel`), /tìm theo tên và địa chỉ/)
    assert.ok(!(await page.innerText('main')).includes(' km'), 'no distance')
  })
})

/** In-app browsers: storage that throws, neither share nor clipboard. */
function bare() {
  Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError') } })
  Object.defineProperty(Navigator.prototype, 'share', { value: undefined })
  Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })
  Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })
}
const AGENTS = [
  'Mozilla/5.0 (Linux; Android 13; CPH2477; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119 Mobile Safari/537.36 Zalo android/12100789 ZaloTheme/light ZaloLanguage/vi',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0.32.118;FBDV/iPhone12,1]',
]

test('inside Zalo and Facebook the page works, and the address can be taken by hand', async () => {
  for (const userAgent of AGENTS) {
    await reading(browser, origin, { before: bare }, async (page, devtools) => {
      await devtools.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: 'vi-VN' })
      await page.goto(at(1))
      await page.click(`${half('vi')} .share`)
      assert.match(await page.innerText(`${half('vi')} [role=status]`), new RegExp(`https://thu\\.vn/Q/${id(1)}/`))
      assert.equal(await page.evaluate(() => getSelection().toString()), `https://thu.vn/Q/${id(1)}/`, 'selected')
      await page.click('.size')
      assert.equal(await page.getAttribute('.size', 'aria-pressed'), 'true', 'larger text with storage refused')
      await page.click('[data-choose=en]')
      assert.ok(await page.locator(`${half('en')} h1`).isVisible())
    })
  }
})

test('Share hands over the address and the title, copies where nothing can be handed to, and is quiet when called off', async () => {
  const shares = (how) => `window.told=[];Object.defineProperty(navigator,'share',{value:${how}});Object.defineProperty(navigator,'clipboard',{value:{writeText:async(t)=>{told.push(t)}}})`
  const press = async (how, where, check) => reading(browser, origin, { before: shares(how) }, async (page) => {
    await page.goto(where)
    await page.click('.share >> visible=true')
    const status = () => page.$$eval('[role=status]', (all) => all.map((one) => one.textContent).join(''))
    await check(await page.waitForFunction(() => window.told.length && window.told).then((told) => told.jsonValue()), status)
  })
  await press('async(x)=>{told.push(x)}', at(1), async ([what]) => {
    assert.equal(what.url, `https://thu.vn/Q/${id(1)}/`)
    assert.match(what.title, /Đền Một/)
  })
  await press('async(x)=>{told.push(x)}', `/${site.entries.find((one) => one.id === id(1)).pages.en}`, async ([what]) => {
    assert.equal(what.url, `https://thu.vn/${site.entries.find((one) => one.id === id(1)).pages.en}`)
  })
  await press('undefined', at(1), async ([what], status) => {
    assert.equal(what, `https://thu.vn/Q/${id(1)}/`)
    assert.match(await status(), /Đã chép địa chỉ/)
  })
  await press('async(x)=>{told.push(1);throw new DOMException("","AbortError")}', at(1), async (told, status) => {
    assert.deepEqual([told, await status()], [[1], ''])
  })
})

test('larger text is remembered, and the next page does not move for it', async () => {
  await reading(browser, origin, {}, async (page) => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize))
    await page.goto(at(1))
    const usual = await size()
    await page.click('.size')
    assert.ok(await size() >= usual * 1.25)
    await page.goto(at(2))
    assert.ok(await size() >= usual * 1.25, 'on the next page')
    assert.equal(await page.getAttribute('.size', 'aria-pressed'), 'true')
    const { scroll, shift } = await page.evaluate(() => new Promise((done) => {
      let shift = 0
      new PerformanceObserver((all) => { for (const one of all.getEntries()) shift += one.value }).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => done({ shift, scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth }), 50)
    }))
    assert.deepEqual([scroll, shift], [0, 0])
    await page.click('.size')
    assert.equal(await size(), usual)
  })
})

test('a landing says where one is, under which code, and that nobody asks for money, before anything else', async () => {
  const says = { relic: ['Bạn đang ở: ', 'You are at: '], other: ['Bạn vừa quét mã của: ', 'You have scanned: '] }
  for (const kind of ['relic', 'product', 'guide', 'trail']) {
    const entry = example.entries.find((one) => one.kind === kind)
    for (const [number, lang] of LANGUAGES.entries()) {
      await reading(browser, shown.origin, { languages: [lang] }, async (page) => {
        await page.goto(example.landing(entry))
        const [here, top] = await page.$eval(`${half(lang)} .here`, (line) => [line.innerText, line.getBoundingClientRect().top])
        const [code, money] = [['mã số', 'code'][number], ['Trang này không bao giờ xin tiền.', 'This site never asks for money.'][number]]
        assert.equal(here.replace(/\s+/g, ' '), `${(says[kind] ?? says.other)[number]}${entry.title[lang]}, ${code} ${entry.id}. ${money}`)
        assert.ok(top < 150, `at ${top} px`)
      })
    }
  }
})

test('the first screen of a phone holds name, place, actions and the beginning of the answer, in that order', async () => {
  await reading(browser, shown.origin, {}, async (page) => {
    await page.goto(example.landing(example.entries.find((one) => one.id === '7K3MQ5')))
    const tops = await page.evaluate(() => ['.lead', '.head .rank', 'h1', '.head .where', '.actions', '.lede', '.side .card', '.story', '.late', '.colophon']
      .map((selector) => document.querySelector(`[data-half="0"] ${selector}`).getBoundingClientRect().top))
    assert.deepEqual(tops, [...tops].sort((a, b) => a - b))
    assert.ok(tops[5] + 80 < PHONE.height, `the answer begins at ${tops[5]} px`)
  })
  await reading(browser, origin, {}, async (page) => {
    await page.goto(at(1))
    const [visit, story] = await page.evaluate(() => ['.visit', '.story'].map((part) => document.querySelector(part).getBoundingClientRect().top))
    assert.ok(visit < story, 'how to dress stands before the story')
  })
})

test('a trail tells its stops in order, and distances between measured points only', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.goto(at(4))
    const stops = await page.$$eval(`${half('vi')} .stops li`, (all) => all.map((one) => one.innerText.replace(/\s+/g, ' ')))
    assert.match(stops[0], /^Đền Một.*11 km theo đường chim bay$/)
    assert.match(stops[1], /^Đền Ba/)
    assert.ok(!/ km/.test(stops[1] + stops[2]), stops.join('; '))
    assert.match(await page.innerText(`${half('vi')} .route`), /xe đạp/)
  })
})

test('a mistake is told with the code and the address, by letter, Zalo or telephone', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.goto(at(1))
    const links = await page.$$eval(`${half('vi')} .report a`, (all) => all.map((link) => decodeURIComponent(link.href)))
    assert.match(links[0], new RegExp(`^mailto:bao@thu\\.vn\\?subject=Báo chỗ sai, mã ${id(1)}&body=https://thu\\.vn/Q/${id(1)}/`))
    assert.deepEqual(links.slice(1), ['https://zalo.me/0900000001', 'tel:0900000001'])
  })
})

test('an entry of each kind prints on one sheet of A4, with a code of 3 cm and its address', async () => {
  for (const kind of ['relic', 'product', 'guide', 'trail']) {
    const entry = example.entries.find((one) => one.kind === kind)
    await reading(browser, shown.origin, { scheme: 'dark' }, async (page) => {
      await page.goto(example.landing(entry), { waitUntil: 'networkidle' })
      const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)
      assert.equal(sheets.length, 1, `${kind}: ${sheets.length} sheets`)
      await page.emulateMedia({ media: 'print' })
      const paper = await page.evaluate(() => ({
        symbol: document.querySelector('.plate img').getBoundingClientRect().width / 96 * 2.54,
        words: document.querySelector('.plate').innerText,
        ground: getComputedStyle(document.documentElement).backgroundColor,
        least: Math.min(...[...document.querySelectorAll('[data-half="0"] p, [data-half="0"] li, [data-half="0"] dd, [data-half="0"] small')]
          .filter((one) => one.checkVisibility()).map((one) => parseFloat(getComputedStyle(one).fontSize) * 0.75)),
      }))
      assert.ok(paper.symbol >= 3, `${paper.symbol} cm`)
      assert.ok(paper.words.replace(/\s/g, '').includes(`haiduong.dautich.example/Q/${entry.id}`), paper.words)
      assert.equal(paper.ground, 'rgb(255, 255, 255)')
      assert.ok(paper.least >= 8.49, `letters of ${paper.least} pt`)
    })
  }
})

test('axe: everything opened, large text, more contrast, forced colours', async () => {
  const modes = [
    [{ viewport: NARROW, text: LARGE_TEXT }, {}, true],
    [{}, { contrast: 'more' }, false], [{ scheme: 'dark' }, { contrast: 'more' }, false],
    [{ viewport: DESK }, { forcedColors: 'active' }, false], [{ languages: ['en'] }, {}, true],
  ]
  for (const [reader, media, large] of modes) {
    await reading(browser, origin, { ...reader, bypassCSP: true }, async (page) => {
      await page.emulateMedia(media)
      for (const number of [1, 4]) {
        await page.goto(at(number))
        if (large && await page.getAttribute('.size', 'aria-pressed') === 'false') await page.click('.size')
        await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true }))
        await page.evaluate(axe.source)
        const { violations } = await page.evaluate(() => window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } },
        }))
        assert.deepEqual(violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}`)), [], JSON.stringify([reader, media]))
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.equal(wide, 0, `no sideways scroll with everything open ${JSON.stringify([reader, media])}`)
      }
    })
  }
})

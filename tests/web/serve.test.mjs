// The preview in a browser: a saved file shows by itself, what is wrong lies over the page as text, and goes when all is well.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { DAUTICH, NARROW, SITE, launch, reading } from './site.mjs'

const FILE = 'content/relics/den-bia/index.md'
const browser = await launch()
const folder = mkdtempSync(path.join(tmpdir(), 'dautich-serve-'))
after(() => rmSync(folder, { recursive: true, force: true }))
for (const name of ['dautich.yaml', 'content']) cpSync(path.join(SITE, name), path.join(folder, name), { recursive: true })
const whole = readFileSync(path.join(folder, FILE), 'utf8')
const save = (text) => writeFileSync(path.join(folder, FILE), text)

/** Starts the preview on a port; resolves with its address once it is there. */
async function preview(port) {
  const child = spawn(DAUTICH, ['-r', folder, '--date', '2026-11-21', 'serve', '-p', String(port)], { stdio: ['ignore', 'pipe', 'ignore'] })
  after(() => child.kill())
  const [line] = await new Promise((resolve) => createInterface(child.stdout).once('line', (...lines) => resolve(lines)))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  return { origin: line.replace(/\/$/, ''), stop: () => (child.kill('SIGINT'), gone) }
}

test('an edit shows by itself; findings lie over the page until they are mended', async (t) => {
  const { origin, stop } = await preview(0)
  await reading(browser, origin, { viewport: NARROW }, async (page) => {
    await page.goto('/vi/di-tich/den-bia/')
    const heading = page.locator('h1')
    await heading.filter({ hasText: 'Đền Bia' }).waitFor()
    assert.equal(await page.locator('dautich-preview').count(), 0, 'all is well: nothing lies over the page')
    const begun = performance.now()
    save(whole.replace('title: Đền Bia', 'title: Đền Bia Mới'))
    await heading.filter({ hasText: 'Đền Bia Mới' }).waitFor()
    t.diagnostic(`edit to page: ${Math.round(performance.now() - begun)} ms`)

    await page.goto('/vi/di-tich/chua-con-son/')
    save(whole.replace('title: Đền Bia', 'title: Đền Bia\n"<img src=x>": 1'))
    const box = page.locator('dautich-preview details')
    await box.filter({ hasText: '<img src=x>' }).waitFor()
    assert.match(await box.innerText(), /lỗi\[DT\d{3}\][\s\S]*<img src=x>[\s\S]*den-bia\/index\.md:\d+:\d+[\s\S]*cách sửa: /)
    assert.equal(await box.locator('img').count(), 0, 'what an editor wrote is shown as text')
    const style = await box.evaluate((details) => getComputedStyle(details).position)
    assert.equal(style, 'fixed', 'the page lets the style of the preview in')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= NARROW.width, `${wide} px wide with findings on ${NARROW.width}`)
    assert.ok(await heading.isVisible(), 'the healthy page is beneath')

    await box.locator('summary').click()
    assert.equal(await box.getAttribute('open'), null)
    await page.reload()
    await box.waitFor()
    assert.equal(await box.getAttribute('open'), null, 'folded stays folded')

    save(whole)
    await page.locator('dautich-preview').waitFor({ state: 'detached' })
  })
  assert.equal(await stop(), 0)
})

test('a page finds the preview again after it was started anew', async () => {
  const first = await preview(0)
  // While nobody is there the browser itself says that the connection was refused: that is not the page's fault.
  const context = await browser.newContext({ baseURL: first.origin })
  const page = await context.newPage()
  await page.goto('/vi/di-tich/den-bia/')
  assert.equal(await first.stop(), 0)
  save(whole.replace('title: Đền Bia', 'title: Đền Bia Khác'))
  const second = await preview(new URL(first.origin).port)
  await page.locator('h1').filter({ hasText: 'Đền Bia Khác' }).waitFor()
  await context.close()
  save(whole)
  await second.stop()
})

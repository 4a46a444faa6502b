// What goes out of date by itself: a day that has passed disappears from a page built before, with script; without, it stands.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, launch, reading, serve } from './site.mjs'

const site = build()
const { origin } = await serve(site.output)
const browser = await launch()
const relic = site.entries.find((entry) => entry.slug === 'den-bia')

const shown = (page) => page.locator('time').evaluateAll((times) =>
  times.filter((time) => time.checkVisibility()).map((time) => time.dateTime))

test('festival days that have passed are hidden on a page built before', async () => {
  await reading(browser, origin, {}, async (page) => {
    await page.clock.setFixedTime(new Date('2026-11-21T05:00:00Z'))
    await page.goto(`/${relic.pages.vi}`)
    const days = await shown(page)
    assert.equal(days.length, 3)
    // 17:30 in London is already the next day in Hà Nội.
    await page.clock.setFixedTime(new Date('2027-05-06T17:30:00Z'))
    await page.reload()
    assert.deepEqual(await shown(page), days.slice(1))
    await page.clock.setFixedTime(new Date('2040-01-01T05:00:00Z'))
    await page.reload()
    assert.deepEqual(await shown(page), [])
    assert.equal(await page.locator('.next').first().isVisible(), false)
  })
})

test('without script every day stands', async () => {
  await reading(browser, origin, { script: false }, async (page) => {
    await page.goto(`/${relic.pages.vi}`)
    assert.equal(await page.locator('time').count(), 3)
  })
})

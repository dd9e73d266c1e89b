import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personAsked, post, signed, syncMessage, testContour } from '../../src/contour/contour.testing.ts'
import type { Contour } from '../../src/contour/contour.ts'
import { launchChromium } from './chromium.ts'
import { violations } from './stage.ts'

let contour: Contour
let browser: Browser
let page: Page
beforeAll(async () => {
  ;[contour, browser] = await Promise.all([testContour(), launchChromium()])
  page = await browser.newPage({ locale: 'kk', viewport: { width: 1280, height: 720 } })
})
afterAll(async () => {
  await browser.close()
  await contour.close()
})

const refused = async () =>
  post(contour.sync, await signed(contour, syncMessage(personAsked('840404499918')), 'corporation-system.expired'))

describe('the pages of the test contour', () => {
  it('show messages as they come, and why one was refused', async () => {
    await page.goto(contour.url)
    await page.getByText(contour.sync).waitFor()
    await refused()
    await page.getByRole('link', { name: '1', exact: true }).click()
    await page.getByText('SCE005').first().waitFor()
    expect(await page.content()).not.toContain('demo-secret')
    expect(await violations(page)).toEqual([])
  })

  it('stand on a phone too, for everybody', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    for (const path of ['/', '/faults', '/participants']) {
      await page.goto(contour.url + path)
      expect(await violations(page), path).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), path).toBe(true)
    }
  })

  it('set a fault without a mouse', async () => {
    await page.goto(`${contour.url}/faults`)
    await page.locator('#r-kind').selectOption('http500')
    await page.locator('#r-count').fill('1')
    await page.locator('#r-count').press('Enter')
    await page.getByRole('button', { name: /№ 1/ }).waitFor()
    expect((await refused()).status).toBe(500)
    expect(contour.faults.list()).toMatchObject([{ kind: 'http500', struck: 1, spent: true }])
  })
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { codeAt } from '../../src/people/totp.ts'
import { keysNamedTwice, openStage, type Stage, violations } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } as const // one of a kind

/** Nothing is wrong with the page, and nothing is wider than the screen. */
async function looksRight(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  expect(await keysNamedTwice(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
}

/** Tab until the focus is there, as a hand does it. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`no tab leads to ${selector}`)
}

/** The key is asked for by the keyboard, and chosen in the window of the emulator. */
async function comeByKey(page: Page, key: string, how: 'sign' | 'anyway' | 'cancel' = 'sign'): Promise<void> {
  // A window that closes leaves the focus of the machine nowhere; and a page's window is opened anew only when it is gone.
  await page.bringToFront()
  for (let turn = 0; page.context().pages().length > 1 && turn < 100; turn++) await page.waitForTimeout(50)
  await tabTo(page, '[data-sign-key]')
  const opening = page.waitForEvent('popup')
  await page.keyboard.press('Enter')
  const window = await opening
  await window.locator('button[value="sign"]').waitFor()
  if (how === 'cancel') return window.locator('button[value="cancel"]').click()
  await window.locator(`input[value="${key}"]`).check()
  await window.locator('button[value="sign"]').click()
  if (how === 'anyway') await window.locator('button[value="anyway"]').click()
}

async function enter(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in?lang=ru')
  await page.fill('[name="login"]', login)
  await page.fill('[name="password"]', demonstrationPassword)
  await page.keyboard.press('Enter')
}

describe('a key of one’s own', () => {
  it('opens the door by the keyboard, in Kazakh; what went wrong is told before', async () => {
    const page = await stage.stranger()
    await page.goto('/sign-in?next=%2Fregulations')
    await looksRight(page)
    await comeByKey(page, '', 'cancel')
    await page.getByText('Кілтпен кіруден бас тарттыңыз.').waitFor()
    await comeByKey(page, 'almaty.head', 'anyway')
    await page.locator('.govuk-error-summary', { hasText: 'ол тек құжатқа қол қояды' }).waitFor()
    await looksRight(page)
    await comeByKey(page, 'almaty.head.signIn')
    await page.waitForURL('**/regulations')
    await page.goto('/work')
    expect(await page.locator('.q-account__name').innerText()).not.toBe('')
  })

  it('opens it on a phone too, in Russian', async () => {
    const page = await stage.stranger('ru', phone)
    await page.goto('/sign-in?lang=ru')
    await looksRight(page)
    await comeByKey(page, 'aktobe.clerk.signIn')
    await page.waitForURL('**/work')
  })
})

describe('a password and a telephone', () => {
  it('are set up on one’s own page, and asked for one after the other', async () => {
    const page = await stage.stranger('ru')
    await enter(page, 'almaty.specialist')
    await page.waitForURL('**/work')
    await page.goto('/me')
    await page.locator('a[href="/second-factor"]').click()
    await looksRight(page)
    await page.locator('button[value="begin"]').click()
    await page.locator('[name="draft"]').waitFor({ state: 'attached' })
    await looksRight(page)
    await page.locator('summary', { hasText: 'Если отсканировать нельзя' }).click()
    const secret = base32(await page.locator('.q-secret').innerText())
    await page.fill('[name="code"]', '000000')
    await page.keyboard.press('Enter')
    await page.locator('.govuk-error-summary').waitFor()
    await page.fill('[name="code"]', codeAt(secret, Date.now()))
    await page.keyboard.press('Enter')
    await page.locator('.q-codes').waitFor()
    await looksRight(page)
    const [recovery = ''] = await page.locator('.q-codes .q-secret').allInnerTexts()
    await page.locator('main a', { hasText: 'Коды сохранены' }).click()
    await page.waitForURL('**/work')

    const other = await stage.stranger('ru', phone)
    await enter(other, 'almaty.specialist')
    await other.locator('[name="code"]').waitFor()
    await looksRight(other)
    await other.fill('[name="code"]', '000000')
    await other.keyboard.press('Enter')
    await other.locator('.govuk-error-summary', { hasText: 'Код неверен' }).waitFor()
    await looksRight(other)
    await other.locator('summary', { hasText: 'Телефона нет под рукой' }).click()
    await other.fill('[name="recovery"]', recovery.toLowerCase())
    await other.keyboard.press('Enter')
    await other.waitForURL('**/work')
    await other.goto('/second-factor')
    await other.getByText('Неиспользованных кодов восстановления').waitFor()
    await looksRight(other)
  }, 60_000)
})

function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll(/\s/g, '')].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

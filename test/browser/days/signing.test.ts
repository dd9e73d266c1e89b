import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCaseEvent } from '../../../src/desk/events.ts'
import { homeOf } from '../../../src/desk/numbers.ts'
import { replay } from '../../../src/engine/case/evolve.ts'
import { keysNamedTwice, violations } from '../stage.ts'
import { type Day, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

const almaty = { region: 'almaty', channel: 'office', provider: 'almaty.directorate' } as const
const almatyPackage = { region: 'almaty', channel: 'corporation', provider: 'almaty.directorate', branch: 'almaty.bostandyq' } as const
const aktobe = { region: 'aktobe', channel: 'corporation', provider: 'aktobe.directorate', branch: 'aktobe.city' } as const

async function stateOf(number: string) {
  const loaded = await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number)
  return replay((loaded?.events ?? []).map(toCaseEvent))
}

/** What the form asks besides the signature, and then the page of signing by the form's own button for one's own key. */
async function toSigning(hands: Keyboard, path: string): Promise<void> {
  const { page } = hands
  await page.goto(path)
  for (const name of ['taken', 'differences', 'marks']) {
    const box = page.locator(`main input[type="checkbox"][name="${name}"]`)
    if ((await box.count()) === 0 || (await box.isChecked())) continue
    await hands.tabTo(box)
    await hands.press('Space')
  }
  const reason = page.locator('main input[type="radio"][name$=".reason"]')
  if ((await reason.count()) > 0) {
    await hands.tabTo(reason, 100)
    await hands.press('Space')
  }
  await hands.go('KeyI')
  if ((await page.locator('[data-island="ncalayer"]').count()) === 0) throw new Error(await page.locator('main').innerText())
  await page.locator('[data-island="ncalayer"]').waitFor({ state: 'attached' })
}

/** Presses the page's button and gives the emulator's window, in which the keys are. */
async function askKey(hands: Keyboard): Promise<Page> {
  // A window that closed leaves the focus of the machine nowhere; hands would be on the page again.
  await hands.page.bringToFront()
  await expect.poll(() => hands.page.context().pages().length, { timeout: 5000 }).toBe(1)
  const [window] = await Promise.all([hands.page.waitForEvent('popup'), hands.press('KeyS')])
  await window.locator('input[name="key"]').first().waitFor()
  return window
}

async function chooseKey(window: Page, key: string): Promise<void> {
  await window.locator(`input[value="${key}"]`).focus()
  await window.keyboard.press('Space')
  await window.keyboard.press('Enter')
}

/** With the right key the step is done, and the page goes on to what follows. */
async function signWith(hands: Keyboard, key: string): Promise<void> {
  const { page } = hands
  const window = await askKey(hands)
  await Promise.all([page.waitForEvent('domcontentloaded'), chooseKey(window, key)])
  expect(await page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
}

/** A key that does not fit, insisted upon as older builds let one: the server finds out, says why, and nothing is lost. */
async function refusedWith(hands: Keyboard, key: string): Promise<string> {
  const { page } = hands
  const window = await askKey(hands)
  await chooseKey(window, key)
  await window.locator('[role="alert"]').waitFor()
  await window.locator('button[value="anyway"]').focus()
  await Promise.all([page.waitForEvent('domcontentloaded'), window.keyboard.press('Enter')])
  return page.locator('.govuk-error-summary').innerText()
}

describe('signing with a key, by keyboard alone, in Kazakh', () => {
  it('of the head (Almaty 8.3): each failure is told, nothing is lost, and at last the answer bears a national signature', async () => {
    const [number = ''] = await day.bring({ ...almaty, count: 1, waits: 'signAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    await toSigning(hands, `/cases/${number}/steps/signAnswer`)
    expect(await keysNamedTwice(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    expect(await page.locator('main').innerText()).toContain('Нәтиже')
    const told = page.locator('[data-sign-told]')

    // The program is not there; then it is, and the person cancels.
    const dialog = (await page.locator('[data-island="ncalayer"]').getAttribute('data-dialog')) ?? ''
    const program = day.stage.server.house.demonstration?.ncalayer?.machine(dialog.split('/')[3] ?? '')
    if (program === undefined) throw new Error('the demonstration has no emulator')
    program.faults.absent = true
    const [lonely] = await Promise.all([page.waitForEvent('popup'), hands.press('KeyS')])
    await page.locator('[data-sign-told][role="alert"]').waitFor()
    expect(await told.innerText()).toMatch(/NCALayer жауап бермейді\.\s+Бағдарламаны іске қосыңыз/)
    expect(await violations(page)).toEqual([])
    await lonely.close()
    program.faults.absent = false
    const window = await askKey(hands)
    expect(await violations(window)).toEqual([])
    await window.locator('button[value="cancel"]').focus()
    await window.keyboard.press('Enter')
    await page.locator('[data-sign-told][role="alert"]').waitFor()
    expect(await told.innerText()).toContain('Қол қоюдан бас тарттыңыз')
    program.faults.crash = 'afterDialog'
    await chooseKey(await askKey(hands), 'almaty.head')
    await expect.poll(() => told.innerText()).toContain('үзілді')
    program.faults.crash = 'never'

    // Keys that the server refuses, each with its reason and what to do.
    const refusals = [
      ['expired', 'мерзімі өткен'],
      ['revoked', 'кері қайтарылған'],
      ['signIn', 'тек кіруге арналған'],
      ['untrusted', 'сенімді орталық бермеген'],
      ['wrongOrganisation', 'басқа ұйымдікі'],
    ] as const
    for (const [kind, words] of refusals) expect(await refusedWith(hands, `almaty.head.${kind}`)).toContain(words)
    const colleague = await refusedWith(hands, 'almaty.clerk')
    expect(colleague).toMatch(/Кілт басқа адамдікі\.[\s\S]*Өз кілтіңізді таңдаңыз/)
    expect((await stateOf(number))?.signature).toBeNull()

    await signWith(hands, 'almaty.head')
    expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
    await hands.noPointer()
  })

  it('of the head: several answers by one asking of the key (Almaty 9.5)', async () => {
    const numbers = await day.bring({ ...almatyPackage, count: 2, waits: 'signPackageAnswer' })
    const hands = await day.sitDown('almaty.head')
    const chosen = numbers.map((number) => `case=${number}`).join('&')
    await toSigning(hands, `/work/several?${chosen}`)
    expect(await hands.page.locator('section .q-signed').count()).toBe(2)
    expect(await violations(hands.page)).toEqual([])
    const window = await askKey(hands)
    expect(await window.locator('h1').innerText()).toContain('2')
    await Promise.all([hands.page.waitForEvent('domcontentloaded'), chooseKey(window, 'almaty.head')])
    expect(await hands.page.locator('.govuk-tag--green').count()).toBe(2)
    for (const number of numbers) expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
  })

  it('of the operator: the electronic request (Aktobe 8.7)', async () => {
    const [number = ''] = await day.bring({ ...aktobe, count: 1, waits: 'sendRequest' })
    const hands = await day.sitDown('aktobe.operator')
    await toSigning(hands, `/cases/${number}/intake`)
    expect(await hands.page.locator('main').innerText()).toContain('Электрондық сұрау')
    await signWith(hands, 'aktobe.operator')
    expect((await stateOf(number))?.seal).toMatchObject({ algorithm: 'cms' })
  })

  it('of the officer: the refusal (Aktobe 8.10), through a program that is older than 2022', async () => {
    const [number = ''] = await day.bring({
      ...{ ...aktobe, count: 1, waits: 'formRefusal' },
      differs: () => ({
        defects: [{ document: 'diploma', ground: 'notMeeting', fact: 'екінші беті жоқ', remedy: 'екі бетін де тапсырыңыз' }],
      }),
    })
    const hands = await day.sitDown('aktobe.clerk')
    await toSigning(hands, `/cases/${number}/steps/formRefusal`)
    expect(await hands.page.locator('main').innerText()).toContain('Бас тарту негіздері')
    const dialog = (await hands.page.locator('[data-island="ncalayer"]').getAttribute('data-dialog')) ?? ''
    const program = day.stage.server.house.demonstration?.ncalayer?.machine(dialog.split('/')[3] ?? '')
    if (program !== undefined) program.faults.version = '1.2'
    await signWith(hands, 'aktobe.clerk')
    expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
  })

  it('by phone: the page shows the code and waits', async () => {
    const [number = ''] = await day.bring({ ...almaty, count: 1, waits: 'signAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    await toSigning(hands, `/cases/${number}/steps/signAnswer`)
    await hands.go('KeyM')
    await page.locator('[data-island="phone"] svg').waitFor()
    expect(await violations(page)).toEqual([])
    await hands.go('KeyS')
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('әлі келген жоқ')
  })
})

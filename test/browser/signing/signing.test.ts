import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCaseEvent } from '../../../src/desk/events.ts'
import { homeOf } from '../../../src/desk/numbers.ts'
import { replay } from '../../../src/engine/case/evolve.ts'
import { type Day, openDay } from '../days/harness.ts'
import type { Keyboard } from '../days/keyboard.ts'
import { keysNamedTwice, violations } from '../stage.ts'
import { askKey, chooseKey, failures, programOf, showFailure, signWith, told } from './failures.ts'
import { comeToSign, type SigningStep, signingSteps, steps } from './steps.ts'

let day: Day
beforeAll(async () => {
  day = await openDay()
})
afterAll(async () => {
  await day?.close()
})

const almatyOffice = { region: 'almaty', channel: 'office', provider: 'almaty.directorate' } as const // as the stories name them
const almatyPackage = { region: 'almaty', channel: 'corporation', provider: 'almaty.directorate', branch: 'almaty.bostandyq' } as const // the same

async function stateOf(number: string) {
  const loaded = await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number)
  return replay((loaded?.events ?? []).map(toCaseEvent))
}

/** axe once for what the page says by itself and once for what the server says: each is the same page in other words. */
const lookedAt = new Set<string>()
async function lookOnce(place: Locator): Promise<void> {
  const kind = (await place.getAttribute('data-sign-told')) ?? 'refused'
  if (lookedAt.has(kind)) return
  lookedAt.add(kind)
  expect(await violations(place.page())).toEqual([])
}

async function signAt(step: SigningStep): Promise<void> {
  const [number = ''] = await day.bring({ ...step.wanted, count: 1 })
  const at = await comeToSign(day, step, number)
  for (const name of step.failures) await showFailure(at, name, step.language ?? 'kk', lookOnce)
  expect((await stateOf(number))?.[step.leaves] ?? null).toBeNull()
  // Whoever reads before signing takes minutes: what is signed stays the same.
  await day.stage.clock.set(day.stage.clock.now() + 90_000)
  await signWith(at)
  expect((await stateOf(number))?.[step.leaves]).toMatchObject({ algorithm: 'cms' })
}

describe('signing with a key, in Kazakh', () => {
  it('has every step at which the law lets somebody sign, and every failure at one of them', () => {
    expect(Object.keys(steps).toSorted()).toEqual(signingSteps(day.stage.server.house).toSorted())
    const inKazakh: readonly string[] = Object.values(steps).flatMap((one) => (one.language === undefined ? one.failures : []))
    expect(Object.keys(failures).filter((name) => !inKazakh.includes(name))).toEqual([])
  })

  describe.concurrent('shows what goes wrong, and then signs:', () => {
    it.for(Object.entries(steps))('%s', ([, step]) => signAt(step))
  })
})

/** By keyboard alone: what the form asks besides the signature, and then the page of signing by the form's own button for one's own key. */
async function toSigning(hands: Keyboard, path: string): Promise<void> {
  const { page } = hands
  await page.goto(path)
  const taken = page.locator('main input[type="checkbox"][name="taken"]')
  await hands.tabTo(taken)
  await hands.press('Space')
  await hands.go('KeyI')
  await page.locator('[data-island="ncalayer"]').waitFor({ state: 'attached' })
}

/** The head has done it already, at another window. */
async function doElsewhere(number: string): Promise<void> {
  const { desk, people } = day.stage.server.house
  const id = people.staffByLogin('almaty.head')?.id ?? expect.fail('there is no head')
  const actor = { kind: 'staff', id, role: 'head', organisation: 'almaty.directorate', unit: 'management' } as const // the word, not any text
  const done = await desk.step(number, 'signPackageAnswer', { taken: true }, { region: 'almaty', actor }, { key: crypto.randomUUID() })
  expect(done.kind).toBe('done')
}

describe('signing by keyboard alone', () => {
  it('several answers by one asking of the key (Almaty 9.5); one that was done meanwhile and a key that is refused lose nothing of the others', async () => {
    const numbers = await day.bring({ ...almatyPackage, count: 3, waits: 'signPackageAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    await toSigning(hands, `/work/several?${numbers.map((number) => `case=${number}`).join('&')}`)
    expect(await page.locator('section .q-signed').count()).toBe(3)
    expect(await keysNamedTwice(page)).toEqual([])
    expect(await violations(page)).toEqual([])
    const at = { house: day.stage.server.house, hands, key: 'almaty.head' }
    // One of them comes to another's hands meanwhile; the key is of another organisation: nothing is lost of the rest, and nothing is typed again.
    const [moved = ''] = numbers
    await doElsewhere(moved)
    const refused = await failures.wrongOrganisation.provoke(at)
    expect(await refused.count()).toBe(0)
    expect(await page.locator('main').innerText()).toMatch(/басқа ұйымдікі/)
    expect(await page.locator('.govuk-tag--red').count()).toBe(3)
    expect(await violations(page)).toEqual([])
    await hands.go('KeyS')
    expect(await page.locator('section .q-signed').count()).toBe(2)
    const window = await askKey(at)
    expect(await violations(window)).toEqual([])
    expect(await window.locator('h1').innerText()).toContain('2')
    await Promise.all([page.waitForEvent('domcontentloaded'), chooseKey(window, 'almaty.head')])
    expect(await page.locator('.govuk-tag--green').count()).toBe(2)
    for (const number of numbers.slice(1)) expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
    await hands.noPointer()
  })

  it('while the program asks already, and then document by document through one that is older than 2022', async () => {
    const numbers = await day.bring({ ...almatyPackage, count: 2, waits: 'signPackageAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    const at = { house: day.stage.server.house, hands, key: 'almaty.head' }
    await toSigning(hands, `/work/several?${numbers.map((number) => `case=${number}`).join('&')}`)
    const program = await programOf(at)
    program.faults.version = '1.2'
    program.faults.tokens = ['AKKaztokenStore']
    const window = await askKey(at)
    await page.bringToFront()
    await hands.press('KeyS')
    expect(await told(page).innerText()).toContain('NCALayer бос емес')
    await window.bringToFront()
    await chooseKey(window, 'almaty.head')
    await expect.poll(() => told(page).innerText()).toContain('Құжат 2 / 2')
    await window.locator('h1').getByText('1').waitFor()
    await Promise.all([page.waitForEvent('domcontentloaded'), chooseKey(window, 'almaty.head')])
    expect(await page.locator('.govuk-tag--green').count()).toBe(2)
  })

  it('by phone: what the telephone sends is refused with its reason on both screens, and then signed', async () => {
    const [number = ''] = await day.bring({ ...almatyOffice, count: 1, waits: 'signAnswer' })
    const hands = await day.sitDown('almaty.head')
    const { page } = hands
    await toSigning(hands, `/cases/${number}/steps/signAnswer`)
    await hands.go('KeyM')
    await page.locator('[data-island="phone"] svg').waitFor()
    expect(await violations(page)).toEqual([])
    await hands.go('KeyS')
    expect(await page.locator('.govuk-error-summary').innerText()).toContain('әлі келген жоқ')

    const [telephone] = await Promise.all([page.waitForEvent('popup'), page.locator('a[href^="/demo/egov-mobile"]').press('Enter')])
    await telephone.locator('h1').getByText(number).waitFor()
    expect(await violations(telephone)).toEqual([])
    const sign = async (key: string) => {
      await telephone.locator(`input[name="key"][value="${key}"]`).check()
      await telephone.locator('button[value="sign"]').press('Enter')
    }
    await sign('almaty.head.expired')
    await telephone.locator('[role="alert"]').getByText('Сертификаттың мерзімі өткен').waitFor()
    await page.locator('[data-phone-told][role="alert"]').getByText('Жаңа сертификат алып, қайта қол қойыңыз').waitFor()
    expect(await violations(page)).toEqual([])
    await telephone.locator('a').press('Enter')
    await telephone.locator('input[name="key"]').first().waitFor()
    await Promise.all([page.waitForEvent('domcontentloaded'), sign('almaty.head')])
    await telephone.locator('h1').getByText('Қол қойылды').waitFor()
    expect((await stateOf(number))?.signature).toMatchObject({ algorithm: 'cms' })
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { invent } from '../../../src/gateway/register/simulator/invent.ts'
import { keysNamedTwice } from '../stage.ts'
import { aDay, type Day, inventedIin, openDay, showOnly } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** A day at the desks where applications come in: twenty visitors each, with a keyboard and no mouse. The desks are open at the same time. */
let day: Day
beforeAll(async () => {
  day = await openDay()
}, 300_000)
afterAll(async () => {
  await day?.close()
})

const numberOf = (hands: Keyboard) => /cases\/([\d-]+)/.exec(hands.page.url())?.[1] ?? ''
const settled = (hands: Keyboard) => hands.page.locator(':focus').first().waitFor({ state: 'attached' })
const enter = async (hands: Keyboard) => {
  await settled(hands)
  await hands.go('Enter')
}

/** Opens a case at a provider by the key of its button; where there is one provider, by the button itself. */
async function begin(hands: Keyboard, provider: string): Promise<void> {
  await hands.page.goto('/cases/new')
  const named = hands.page.locator(`main button[value="${provider}"]`)
  const key = (await named.count()) > 0 ? await named.getAttribute('data-key') : '1'
  await hands.go(key ?? '')
}

/** Reads the card and the application, and says by one key that everything is here. */
async function take(hands: Keyboard, iin: string, withCard: boolean): Promise<void> {
  const person = invent(iin, 'qyzmet')
  const [card] = person?.documents?.document ?? []
  const [year, month, dayOfMonth] = card?.endDate?.slice(2).split('-') ?? []
  await settled(hands)
  await hands.type(iin)
  if (withCard) {
    await hands.type(card?.number ?? '')
    await hands.type(`${dayOfMonth}${month}${year}`)
  }
  await hands.typeName([person?.surname, person?.name, person?.patronymic].join(' '))
  await hands.press('Tab')
  await hands.press('1')
  await hands.go('d')
}

async function stateOf(number: string) {
  const { ledger } = day.stage.server.house
  const loaded = await ledger.load(Number(number.slice(0, 3)), number)
  return loaded?.events ?? []
}
const doneSteps = async (number: string) => (await stateOf(number)).filter(({ type }) => type === 'StepDone').map(({ data }) => data.step)

it.concurrent('the operator of Aktobe sends twenty requests', async () => {
  const hands = await day.sitDown('aktobe.operator')
  const before = hands.pressed
  for (let visitor = 0; visitor < aDay; visitor++) {
    await begin(hands, 'aktobe.gymnasium')
    const number = numberOf(hands)
    await take(hands, inventedIin(500 + visitor), true)
    await enter(hands)
    await enter(hands)
    await hands.go('y')
    await hands.page.locator('.q-compared').waitFor()
    await hands.page.waitForLoadState('load')
    await hands.go('s')
    expect(await doneSteps(number)).toEqual(expect.arrayContaining(['submit', 'signIn', 'enterData', 'queryPerson', 'judgePerson']))
  }
  await hands.noPointer()
  expect((hands.pressed - before) / aDay).toBeLessThan(40)
}, 300_000)

it.concurrent('the operator of Almaty takes in twenty packages', async () => {
  const hands = await day.sitDown('almaty.operator')
  for (let visitor = 0; visitor < aDay; visitor++) {
    await begin(hands, 'almaty.directorate')
    const number = numberOf(hands)
    await take(hands, inventedIin(600 + visitor), true)
    // Nothing is wrong in the application: the field stays empty, and the button is one Tab away.
    await hands.tabTo(hands.page.locator('main button[data-decide]'))
    await hands.go('Enter')
    await hands.go('y')
    await enter(hands)
    await enter(hands)
    expect(await hands.page.locator('#intake-outcome').count()).toBe(1)
    expect(await doneSteps(number)).toEqual(['submit', 'checkPackage', 'takeConsent', 'identify', 'sendPackage'])
  }
  await hands.noPointer()
}, 300_000)

it.concurrent('the clerk of Almaty accepts twenty applications, each looked at once more before it is registered', async () => {
  const hands = await day.sitDown('almaty.clerk')
  for (let visitor = 0; visitor < aDay; visitor++) {
    await begin(hands, 'almaty.directorate')
    const number = numberOf(hands)
    await take(hands, inventedIin(700 + visitor), false)
    await hands.go('s')
    expect(await doneSteps(number)).toEqual(['accept'])
  }
  await hands.noPointer()
}, 300_000)

it.concurrent('the clerk of Aktobe serves twenty visitors in the one step of clause 5, from the application to the answer in their hands', async () => {
  const hands = await day.sitDown('aktobe.clerk')
  const before = hands.pressed
  for (let visitor = 0; visitor < aDay; visitor++) {
    await begin(hands, 'aktobe.directorate')
    const number = numberOf(hands)
    // The key only says what is here: what was found in it is said of each document, or by one key of all.
    await take(hands, inventedIin(800 + visitor), true)
    if (visitor === 0) expect(await keysNamedTwice(hands.page)).toEqual([])
    await hands.press('a')
    await hands.press('o')
    await hands.go('s')
    // What is signed and handed out at once is looked at before.
    expect(await hands.page.locator('input[name="_checked"]').count()).toBe(1)
    await hands.go('s')
    const events = await stateOf(number)
    expect(events.filter(({ type }) => type === 'StepDone').map(({ data }) => data.step)).toEqual(['accept'])
    expect(events.at(-1)).toMatchObject({ type: 'CaseEnded' })
  }
  await hands.noPointer()
  expect((hands.pressed - before) / aDay).toBeLessThan(40)
}, 300_000)

it('intakes that were left half done are finished from the list, one after another', async () => {
  const waiting = { region: 'almaty', channel: 'corporation', provider: 'almaty.directorate', branch: 'almaty.bostandyq' } as const
  const numbers = await day.bring({ count: 3, ...waiting, waits: 'takeConsent' })
  const hands = await day.sitDown('almaty.operator')
  const { page } = hands
  await showOnly(hands, 'takeConsent')
  const rows = await page.locator('[data-row]').count()
  await hands.press('j')
  await enter(hands)
  const done: string[] = []
  for (let turn = 0; turn < rows; turn++) {
    const number = numberOf(hands)
    expect(new URL(page.url()).pathname).toBe(`/cases/${number}/intake`)
    expect(await page.locator('.q-intake__part--open form [name="_from"]').count()).toBe(1)
    expect(await keysNamedTwice(page)).toEqual([])
    // The first of them does not agree; the act goes on all the same, and says so.
    await hands.go(turn === 0 ? 'k' : 'y')
    const consents = (await stateOf(number)).filter(({ type }) => type === 'ConsentRecorded')
    expect(consents.at(-1)?.data.given).toBe(turn !== 0)
    await enter(hands)
    await enter(hands)
    expect(await page.locator('#intake-outcome').count()).toBe(1)
    expect(await keysNamedTwice(page)).toEqual([])
    done.push(number)
    await hands.go('n')
  }
  expect(new Set(done).size).toBe(rows)
  expect(done).toEqual(expect.arrayContaining(numbers))
  // After the last one the list itself: empty, and as it was narrowed.
  expect([new URL(page.url()).pathname, new URL(page.url()).searchParams.get('step')]).toEqual(['/work', 'takeConsent'])
  expect(await page.locator('[data-row]').count()).toBe(0)
  await hands.noPointer()
}, 120_000)

it('a correction, a mistake and the way back keep the list that an intake was opened from', async () => {
  const waiting = { region: 'almaty', channel: 'corporation', provider: 'almaty.directorate', branch: 'almaty.bostandyq' } as const
  const [number = ''] = await day.bring({ count: 1, ...waiting, waits: 'checkPackage' })
  const page = await day.stage.as('almaty.operator')
  await page.goto('/work?step=checkPackage')
  const from = () => page.locator('.q-intake__part--open form [name="_from"]').inputValue()
  await page.locator(`[data-row^="${number}"] a`).first().click()
  await page.waitForURL(/\/intake\?/)
  const place = await from()
  expect(new URLSearchParams(place).get('step')).toBe('checkPackage')
  await page.locator('.q-intake__part--done a[href*="change="]').first().click()
  await page.locator('[name="value"]').fill('Сынақбаева')
  // Without a reason it is not taken; the form comes again, and the list with it.
  await page.locator('form:has([name="value"]) button').click()
  await page.locator('.govuk-error-summary').waitFor()
  expect(await from()).toBe(place)
  await page.locator('[name="reason"]').fill('Құжатпен салыстырылды')
  await page.locator('form:has([name="value"]) button').click()
  await page.locator('.q-intake__part--done', { hasText: 'Сынақбаева' }).waitFor()
  expect(await from()).toBe(place)
  await page.keyboard.press('Escape')
  await page.waitForURL(/\/work\?step=checkPackage$/)
})

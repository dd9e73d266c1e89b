import { afterAll, beforeAll, expect, it } from 'vitest'
import { invent } from '../../../src/gateway/register/simulator/invent.ts'
import { aDay, type Day, inventedIin, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** A day at three desks where applications come in: twenty visitors each, with a keyboard and no mouse. */
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

it('the operator of Aktobe sends twenty requests', async () => {
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
}, 180_000)

it('the operator of Almaty takes in twenty packages', async () => {
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
}, 180_000)

it('the clerk of Almaty accepts twenty applications, each looked at once more before it is registered', async () => {
  const hands = await day.sitDown('almaty.clerk')
  for (let visitor = 0; visitor < aDay; visitor++) {
    await begin(hands, 'almaty.directorate')
    const number = numberOf(hands)
    await take(hands, inventedIin(700 + visitor), false)
    await hands.go('s')
    expect(await doneSteps(number)).toEqual(['accept'])
  }
  await hands.noPointer()
}, 180_000)

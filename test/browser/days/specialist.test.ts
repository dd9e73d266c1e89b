import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDay, type Day, openDay, showOnly } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** The specialist's day: twenty packages, each document held against the Standard, every fifth case refused with its reason in one key. */
let day: Day
beforeAll(async () => {
  day = await openDay()
}, 180_000)
afterAll(async () => {
  await day?.close()
})

const isRefused = (index: number) => index % 5 === 4
const focused = (hands: Keyboard, attribute: string) => hands.page.locator(':focus').getAttribute(attribute)

async function conformAll(hands: Keyboard) {
  await hands.press('KeyT')
  await hands.press('KeyA')
}

/** The first document has a defect, chosen by the digit of its reason; everything else conforms. */
async function refuse(hands: Keyboard): Promise<string> {
  await hands.press('KeyT')
  await hands.tabTo(hands.page.locator('[data-finding] input').first())
  await hands.press('Digit2')
  expect(await focused(hands, 'name')).toMatch(/^findings\.\w+\.reason$/)
  await hands.press('Digit1')
  const fact = await hands.page.locator('[data-examined] textarea[name$=".fact"]').first().inputValue()
  expect(fact.length).toBeGreaterThan(5)
  // The paper beside says the same words, in both languages.
  expect(await hands.page.locator('[data-answer][lang="kk"] [data-slot="fact"]').first().textContent()).toBe(fact)
  expect((await hands.page.locator('[data-answer][lang="ru"] [data-slot="fact"]').first().textContent())?.length).toBeGreaterThan(5)
  await hands.press('KeyA')
  return fact
}

it('examines twenty cases by keyboard alone, and what was found stands in the answers', { timeout: 240_000 }, async () => {
  const numbers = await day.bring({ count: aDay, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'examine' })
  const { ledger, people } = day.stage.server.house
  const { reading, statutes } = day.stage.server.house
  const [item] = await ledger.work.ofCase(Number(numbers[0]?.split('-')[0]), numbers[0] ?? '')
  const login = people.staffById(item?.assignee ?? '')?.login
  if (login === undefined) throw new Error('the first case has no performer')
  const hands = await day.sitDown(login)
  const facts = new Map<string, string>()
  const done: string[] = []
  await showOnly(hands, 'examine')
  await hands.press('KeyJ')
  await hands.go('Enter')
  const before = hands.pressed
  while (done.length < aDay) {
    const number = /cases\/([\d-]+)\/steps\/examine/.exec(hands.page.url())?.[1]
    if (number === undefined) throw new Error(`after ${done.length} cases the list leads to ${hands.page.url()}`)
    // What else waits for the same person stays for another day.
    if (!numbers.includes(number)) {
      await hands.go('KeyN')
      continue
    }
    if (isRefused(done.length)) facts.set(number, await refuse(hands))
    else await conformAll(hands)
    done.push(number)
    await hands.go('Control+Enter')
    expect(await hands.page.locator('.govuk-error-summary').allInnerTexts()).toEqual([])
    // The next page says what was done in the case before it.
    expect(await hands.page.locator('.govuk-notification-banner').innerText()).toContain(number)
  }
  await hands.noPointer()
  expect((hands.pressed - before) / aDay).toBeLessThan(10)
  expect(done.toSorted()).toEqual(numbers.toSorted())
  const staff = people.staffById(item?.assignee ?? '')
  if (staff === undefined) throw new Error('nobody')
  const who = { actor: { kind: 'staff' as const, id: staff.id, role: 'specialist', organisation: 'almaty.directorate' }, region: 'almaty' }
  expect(statutes.homeOf('almaty')).toBeGreaterThan(0)
  for (const [index, number] of done.entries()) {
    const state = (await reading.case(number, who, 'case'))?.file.state
    expect(state?.answer?.kind, number).toBe(isRefused(index) ? 'refusal' : 'result')
    if (isRefused(index)) expect(state?.answer?.grounds.map(({ fact }) => fact)).toEqual([facts.get(number)])
  }
})

it('takes everything back by one key, and sends no refusal that lacks something', { timeout: 60_000 }, async () => {
  const [number = ''] = await day.bring({ count: 1, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'examine' })
  const [item] = await day.stage.server.house.ledger.work.ofCase(Number(number.split('-')[0]), number)
  const hands = await day.sitDown(day.stage.server.house.people.staffById(item?.assignee ?? '')?.login ?? '')
  const { page } = hands
  await page.goto(`/cases/${number}/steps/examine`)
  const right = page.locator('[data-finding] [value="yes"]')
  await conformAll(hands)
  expect(await right.evaluateAll((all) => all.every((one) => one.matches(':checked')))).toBe(true)
  await hands.press('KeyZ')
  expect(await right.evaluateAll((all) => all.some((one) => one.matches(':checked')))).toBe(false)
  expect(await focused(hands, 'name')).toMatch(/^findings\.\w+\.ok$/)
  await hands.press('Digit2')
  await hands.press('KeyA')
  await hands.go('Control+Enter')
  const links = page.locator('.govuk-error-summary a')
  expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
    expect.stringMatching(/^#findings\.\w+\.reason$/),
    expect.stringMatching(/^#findings\.\w+\.fact$/),
  ])
})

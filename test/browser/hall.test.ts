import { afterAll, beforeAll, expect, it } from 'vitest'
import { keyboardOf } from './days/keyboard.ts'
import { openStage, type Stage, violations } from './stage.ts'

/** From the door of the hall to the operator's chair, by keys alone. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

it('gives a ticket at one touch, calls it, and leads the operator to a new case that takes the ticket along', async () => {
  const visitor = await keyboardOf(await stage.stranger())
  await visitor.page.goto('/hall/almaty.bostandyq')
  expect(await violations(visitor.page)).toEqual([])
  await visitor.go('1')
  const number = await visitor.page.locator('.q-ticket__number').textContent()
  expect(number).toMatch(/^\p{L}-\d{3}$/u)

  const operator = await keyboardOf(await stage.stranger())
  await operator.page.goto('/sign-in')
  await operator.tabTo(operator.page.locator('[name="login"]'))
  await operator.type('almaty.operator')
  await operator.press('Tab')
  await operator.type('qyzmet-demo')
  await operator.go('Enter')
  await operator.page.goto('/window')
  await operator.type('7')
  await operator.go('Enter')
  expect(await operator.page.locator('.q-ticket__number').textContent()).toBe(number)

  await visitor.page.goto('/hall/almaty.bostandyq/board')
  expect(await visitor.page.locator('.q-board__number').textContent()).toBe(number)
  expect(await visitor.page.locator('.q-search, .q-viewer, .govuk-service-navigation').count()).toBe(0)

  await operator.go('s')
  expect(new URL(operator.page.url()).pathname).toBe('/cases/new')
  expect(await operator.page.locator('main').textContent()).toContain(number)
  // The window is remembered: the next one is one key away, and there is nobody.
  await operator.page.goto('/window')
  expect(await violations(operator.page)).toEqual([])
  await operator.noPointer()
  await visitor.noPointer()
})

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { fillAtOnce, people, send, type Typed } from './fill.ts'
import { openStage, type Stage } from './stage.ts'
import { waiting } from './walk.ts'

/** Every step that a person does, in each channel of each regulation, in a browser whose script is off. */
let stage: Stage
const pages = new Map<string, Page>()
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

async function at(login: string): Promise<Page> {
  const known = pages.get(login)
  if (known !== undefined) return known
  const page = await stage.stranger('kk', { javaScriptEnabled: false })
  await page.goto('/sign-in')
  await page.fill('[name="login"]', login)
  await page.fill('[name="password"]', demonstrationPassword)
  await page.locator('main form[action="/sign-in"] button').last().click()
  pages.set(login, page)
  return page
}

async function open(login: string): Promise<string> {
  const page = await at(login)
  await page.goto('/cases/new')
  await fillAtOnce(page, {})
  const chosen = page.locator(`main button[name="provider"][value="${login.split('.')[0]}.directorate"]`)
  await ((await chosen.count()) > 0 ? chosen : page.locator('main form button').last()).click()
  const number = /cases\/([\d-]+)\//.exec(page.url())?.[1]
  if (number === undefined) throw new Error(`no case was opened: ${page.url()}`)
  return number
}

/** From the work list to the step and through its form, as the markup alone allows. */
async function next(number: string, typed: Readonly<Record<string, Typed>>): Promise<string | null> {
  const turn = await waiting(stage, number)
  if (turn === null) return null
  const page = await at(turn.login)
  await page.goto('/work')
  await page.locator(`main a[href*="${number}"]`).first().click()
  if (!/\/(steps|intake)/.test(page.url())) await page.goto(`/cases/${number}/steps/${turn.step}`)
  await fillAtOnce(page, typed[turn.step] ?? {})
  await send(page)
  expect(await page.locator('.govuk-error-summary').allInnerTexts(), `${turn.login}, ${turn.step}`).toEqual([])
  return turn.step
}

/** What the step before found stands in the form; its ground is chosen. */
const grounds: Typed = { 'findings.diploma.reason': 'own.notMeeting', 'findings.diploma.remedy': 'Мөр басылған көшірмені тапсырыңыз' }
const finding: Typed = { 'findings.diploma.ok': 'no', 'findings.diploma.fact': 'Дипломның көшірмесінде мөр жоқ' }

const transfer: Typed = { 'application.asks': 'transfer' }

interface Walk {
  readonly name: string
  readonly opener: string
  readonly typed?: Readonly<Record<string, Typed>>
}
const walks: Readonly<Record<string, readonly Walk[]>> = {
  'almaty-teacher-attestation': [
    { name: 'office', opener: 'almaty.clerk' },
    { name: 'Corporation', opener: 'almaty.operator' },
    { name: 'Corporation, an incomplete package', opener: 'almaty.operator', typed: { submit: { 'documents.diploma.in': false } } },
  ],
  'aktobe-teacher-attestation': [
    { name: 'office', opener: 'aktobe.clerk' },
    { name: 'Corporation', opener: 'aktobe.operator' },
    { name: 'Corporation, defects', opener: 'aktobe.operator', typed: { checkConformity: finding, formRefusal: grounds } },
    { name: 'Corporation, no data', opener: 'aktobe.operator', typed: { submit: { 'application.iin': people.absent } } },
  ],
  'akmola-college-transfer': [
    { name: 'office', opener: 'akmola.clerk', typed: { accept: transfer } },
    { name: 'Corporation', opener: 'akmola.operator', typed: { submit: transfer } },
  ],
}

describe.each(Object.entries(walks))('%s without script', (regulation, ways) => {
  const done = new Set<string>()

  it.each(ways.map((way) => [way.name, way] as const))('%s', async (_, { opener, typed = {} }) => {
    const number = await open(opener)
    for (let turn = 0; turn < 40; turn++) {
      const step = await next(number, typed)
      if (step === null) break
      done.add(step)
    }
    const page = await at(opener)
    await page.goto(`/cases/${number}`)
    expect(await page.locator('main h1').count()).toBe(1)
    expect(await waiting(stage, number)).toBeNull()
  })

  it('leaves out no step that a person does', () => {
    const law = stage.server.house.statutes.library.find(regulation)
    const steps = law?.regulation.steps.filter(({ actor }) => actor !== 'system').map(({ id }) => id) ?? []
    expect(steps.length).toBeGreaterThan(3)
    expect(steps.filter((id) => !done.has(id))).toEqual([])
  })
})

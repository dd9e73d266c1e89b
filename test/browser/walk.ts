import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { fill, send, type Typed } from './fill.ts'
import { type Stage, violations } from './stage.ts'

export { people, type Typed } from './fill.ts'

/** Opens a case as a worker does: the button over the work list, the form, the first step. Gives the number. */
export async function openCase(stage: Stage, login: string, typed: Typed = {}): Promise<string> {
  const page = await stage.as(login)
  await page.goto('/cases/new')
  await lookAt(page)
  const provider = `${login.split('.')[0]}.directorate`
  await fill(page, typed)
  const chosen = page.locator(`main button[name="provider"][value="${provider}"]`)
  await ((await chosen.count()) > 0 ? chosen : page.locator('main form button').last()).click()
  await page.waitForURL('**/cases/*/intake*')
  const number = /cases\/([\d-]+)\/intake/.exec(page.url())?.[1]
  if (number === undefined) throw new Error(`no case was opened: ${page.url()}`)
  return number
}

export interface Waiting {
  readonly step: string
  readonly role: string
  readonly login: string
}

/** Whose desk the case lies on now; null where nothing is left to do. Waits while only an outside system can go on. */
export async function waiting(stage: Stage, number: string): Promise<Waiting | null> {
  const { ledger, people: staff } = stage.server.house
  for (let turn = 0; turn < 300; turn++) {
    const [item] = await ledger.work.ofCase(homeOf(number) ?? 0, number)
    if (item === undefined) return null
    const awaiting = typeof item.doc === 'object' && item.doc !== null && !Array.isArray(item.doc) && item.doc.awaiting === true
    if (!awaiting) {
      const person =
        item.assignee === null
          ? staff
              .everybodyOf(item.organisation)
              .find(({ grants }) => grants.some(({ role, organisation }) => role === item.role && organisation === item.organisation))
          : staff.staffById(item.assignee)
      if (person === undefined) throw new Error(`nobody is ${item.role} at ${item.organisation}`)
      return { step: item.step, role: item.role, login: person.login }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`case ${number} still waits for an outside system`)
}

/** The person whose turn it is finds the case in their work list, opens it, fills the form and sends it. */
export async function doNext(stage: Stage, number: string, typed: Typed = {}): Promise<Waiting> {
  const next = await waiting(stage, number)
  if (next === null) throw new Error(`nothing is left to do in ${number}`)
  const page = await stage.as(next.login)
  await page.goto('/work')
  const link = page.locator(`main a[href*="${number}"]`).first()
  if ((await link.count()) === 0)
    throw new Error(`${next.login} does not find ${number} (${next.step}) in the work list: ${await page.locator('main').innerText()}`)
  await link.click()
  if (!/\/(steps|intake)/.test(page.url())) await page.goto(`/cases/${number}/steps/${next.step}`)
  await lookAt(page)
  await fill(page, typed)
  await send(page)
  expect(await page.locator('.govuk-error-summary').count(), await page.locator('main').innerText()).toBe(0)
  return next
}

/** Goes on until nobody has anything left to do; `typed` says by step what is not ordinary. */
export async function walk(stage: Stage, number: string, typed: Readonly<Record<string, Typed>> = {}): Promise<string[]> {
  const path: string[] = []
  for (let turn = 0; turn < 40; turn++) {
    const next = await waiting(stage, number)
    if (next === null) return path
    await doNext(stage, number, typed[next.step])
    path.push(next.step)
  }
  throw new Error(`case ${number} does not end: ${path.join(' ')}`)
}

const seen = new Set<string>()

/** axe, once for each kind of page, in Kazakh and in Russian. */
export async function lookAt(page: Page): Promise<void> {
  const kind = new URL(page.url()).pathname.replace(/\d{3}-\d{6}-\d{5}-\d/, ':number')
  if (seen.has(kind)) return
  seen.add(kind)
  const here = page.url()
  for (const language of ['ru', 'kk']) {
    const url = new URL(here)
    url.searchParams.set('lang', language)
    await page.goto(url.href)
    expect(await page.locator('html').getAttribute('lang')).toBe(language)
    expect(await violations(page), `${kind} ${language}`).toEqual([])
  }
}

import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { type Stage, violations } from './stage.ts'

/** What is typed instead of the ordinary, by the name of the field. */
export type Typed = Readonly<Record<string, string | boolean>>

/** Invented people; the last is documented by the register's simulator as unknown to it. */
export const people = { teacher: '850615400016', absent: edgeIins.absent }

const ordinary: readonly (readonly [RegExp, string | boolean])[] = [
  [/^application\.surname$/, 'Сынақова'],
  [/^application\.name$/, 'Айсұлу'],
  [/^application\.patronymic$/, 'Мысалқызы'],
  [/^application\.asks$/, 'moderator'],
  [/^application\.language$/, 'kk'],
  [/^application\.by$/, 'self'],
  [/^applicant\.phone$/, '+7 700 000 00 00'],
  [/^documents\.powerOfAttorney\.in$/, false],
  [/^documents\.\w+\.in$/, true],
  [/^documents\.\w+\.originalSeen$/, true],
  [/^documents\.\w+\.validUntil$/, '01.01.2029'],
  [/^consent\.given$/, 'yes'],
  [/^consent\.form$/, 'written'],
  [/^identification\.kind$/, 'idCard'],
  [/^identification\.number$/, '000000001'],
  [/^findings\.\w+\.ok$/, 'yes'],
  [/^taken$/, true],
  [/^receiver\.who$/, 'self'],
  [/^receiver\.document\.kind$/, 'idCard'],
  [/^receiver\.document\.number$/, '000000001'],
  [/^receiver\.receiptShown$/, true],
]

/** Opens a case as a worker does: the button over the work list, the form, the first step. Gives the number. */
export async function openCase(stage: Stage, login: string, typed: Typed = {}): Promise<string> {
  const page = await stage.as(login)
  await page.goto('/cases/new')
  await lookAt(page)
  const provider = `${login.split('.')[0]}.directorate`
  await fill(page, (await page.locator('main [name="provider"]').count()) > 0 ? { provider, ...typed } : typed)
  await page.locator('main form button[type="submit"], main form button:not([type])').last().click()
  await page.waitForURL('**/cases/*/steps/*')
  const number = /cases\/([\d-]+)\/steps/.exec(page.url())?.[1]
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
  if (!page.url().includes('/steps/')) await page.goto(`/cases/${number}/steps/${next.step}`)
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

export async function send(page: Page): Promise<void> {
  await page.locator('main form[method="post"] button:not([name])').last().click()
  await page.waitForLoadState()
}

/** Types into every field of the page: what the test says, else the ordinary. */
export async function fill(page: Page, typed: Typed): Promise<void> {
  for (const [name, value] of Object.entries(typed)) await setField(page.locator(`main [name="${name}"]`), value)
  const names = await page
    .locator('main form[method="post"] [name]')
    .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('name') ?? ''))])
  for (const name of names) {
    if (name in typed) continue
    const fields = page.locator(`main [name="${name}"]`)
    if (
      !(await fields.first().isVisible()) &&
      (await fields.first().getAttribute('type')) !== 'radio' &&
      (await fields.first().getAttribute('type')) !== 'checkbox'
    )
      continue
    const value =
      name === 'application.iin'
        ? people.teacher
        : name === 'assignee' || name === 'way' || name === 'provider'
          ? await firstOf(fields)
          : ordinary.find(([pattern]) => pattern.test(name))?.[1]
    if (value !== undefined) await setField(fields, value)
  }
}

async function firstOf(fields: Locator): Promise<string> {
  const first = fields.first()
  if ((await first.evaluate((one) => one.tagName)) !== 'SELECT') return (await first.getAttribute('value')) ?? ''
  return first
    .locator('option:not([value=""])')
    .first()
    .evaluate((option) => option.getAttribute('value') ?? '')
}

async function setField(fields: Locator, value: string | boolean): Promise<void> {
  const first = fields.first()
  const kind = await first.evaluate((one) => (one.tagName === 'INPUT' ? one.getAttribute('type') : one.tagName.toLowerCase()))
  if (kind === 'checkbox') await first.setChecked(value === true)
  else if (kind === 'radio') await fields.and(fields.page().locator(`[value="${value}"]`)).check()
  else if (kind === 'select') await first.selectOption(String(value))
  else if (kind !== 'hidden') await first.fill(String(value))
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

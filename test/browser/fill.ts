import type { Locator, Page } from 'playwright-core'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'

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
  [/^documents\.\w+\.(originalSeen|copyTaken|returned)$/, true],
  [/^documents\.\w+\.held$/, false],
  [/^documents\.\w+\.number$/, '000000001'],
  [/^documents\.\w+\.validUntil$/, '01.01.2029'],
  [/^consent\.given$/, 'yes'],
  [/^differences$/, true],
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

/** Sends the form by its own button; what is shown once more to be looked at is looked at, and sent. */
export async function send(page: Page): Promise<void> {
  const button = page.locator('main form[method="post"] button:not([name]):not(.q-default)')
  const consent = page.locator('main button[name="consent.given"][value="yes"]')
  await leading(page, (await consent.count()) > 0 ? consent : button.last())
  if ((await page.locator('main input[name="_checked"]').count()) === 0) return
  await leading(page, button.last())
}

/** A form is sent by a script, which then leads on: the page that follows is waited for by its coming. */
export async function leading(page: Page, button: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), button.click()])
  await page.waitForLoadState()
}

interface Control {
  readonly name: string
  readonly type: string
  readonly options?: ArrayLike<{ readonly value: string }>
  value: string
  checked: boolean
}

const isChosenFirst = (name: string): boolean => name === 'assignee' || name === 'way' || name === 'provider'

const ordinaryOf = (name: string): string | boolean | undefined =>
  name === 'application.iin' ? people.teacher : ordinary.find(([pattern]) => pattern.test(name))?.[1]

/**
 * The same in two looks at the page, however many fields it has: values are put where hands would put them. For browsers whose script is off,
 * which has nothing to do while somebody types.
 */
export async function fillAtOnce(page: Page, typed: Typed): Promise<void> {
  const fields = page.locator('main form[method="post"] [name]')
  const names = await fields.evaluateAll((all) =>
    all.filter((one) => one.closest('[hidden]') === null).map((one) => one.getAttribute('name') ?? ''),
  )
  const values = Object.fromEntries(
    [...new Set([...names, ...Object.keys(typed)])].map((name) => [name, typed[name] ?? (isChosenFirst(name) ? '*' : ordinaryOf(name))]),
  )
  await fields.evaluateAll((all, wanted) => {
    const controls = all as unknown as Control[] // fields of a form, as the browser has them
    for (const one of controls) {
      const value = wanted[one.name]
      if (value === undefined || ['hidden', 'file', 'submit', 'button'].includes(one.type)) continue
      if (one.type === 'checkbox') one.checked = value === true
      else if (one.type === 'radio')
        one.checked = value === '*' ? controls.find((other) => other.name === one.name) === one : one.value === value
      else
        one.value =
          value === '*' ? (Array.from(one.options ?? []).find((option) => option.value !== '')?.value ?? one.value) : String(value)
    }
  }, values)
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
    // What is not asked of this applicant or these documents, or not yet, is not on the table.
    if (await fields.first().evaluate((one) => !one.checkVisibility())) continue
    if (
      !(await fields.first().isVisible()) &&
      (await fields.first().getAttribute('type')) !== 'radio' &&
      (await fields.first().getAttribute('type')) !== 'checkbox'
    )
      continue
    const value = isChosenFirst(name) ? await firstOf(fields) : ordinaryOf(name)
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
  else if (kind === 'button') return
  else if (kind !== 'hidden') await first.fill(String(value))
}

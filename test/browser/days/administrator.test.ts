import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../../src/desk/numbers.ts'
import type { StoredEvent } from '../../../src/ledger/ledger.ts'
import { violations } from '../stage.ts'
import { type Day, inventedIin, openDay } from './harness.ts'
import type { Keyboard } from './keyboard.ts'

/** The day of whoever keeps the accounts of a directorate: twenty changes, a keyboard, no mouse. */
let day: Day
let hands: Keyboard
let changes = 0
const brought: string[] = []

beforeAll(async () => {
  day = await openDay()
  brought.push(...(await day.bring({ count: 3, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'examine' })))
  hands = await day.sitDown('almaty.administrator')
})
afterAll(async () => {
  await day?.close()
})

const people = () => day.stage.server.house.people
const staff = (login: string) => {
  const found = people().staffByLogin(login)
  if (found === undefined) throw new Error(`${login} has no account`)
  return found
}
const said = (page: Page) => page.locator('main').innerText()
const h1 = (page: Page) => page.locator('h1').innerText()

/** Types over whatever stands in a field. */
async function fill(name: string, text: string, kind: 'type' | 'typeName' = 'type'): Promise<void> {
  await hands.tabTo(hands.page.locator(`main [name="${name}"]`))
  await hands.press('Control+a')
  await (kind === 'type' ? hands.type(text) : hands.typeName(text))
}

/** Chooses in a list of choices by the arrow alone. */
async function choose(name: string, value: string): Promise<void> {
  const select = hands.page.locator(`main select[name="${name}"]`)
  await hands.tabTo(select)
  const at = await select
    .locator('option')
    .evaluateAll((all, wanted) => all.findIndex((one) => one.getAttribute('value') === wanted), value)
  const now = await select.evaluate((one) => Number(Reflect.get(one, 'selectedIndex')))
  if (at < 0) throw new Error(`${name} offers no ${value}`)
  for (let turn = now; turn < at; turn++) await hands.press('ArrowDown')
  for (let turn = now; turn > at; turn--) await hands.press('ArrowUp')
  expect(await select.inputValue()).toBe(value)
}

/** Sends the form in which the hands are; a change that stands is counted. */
async function send(isChange = true): Promise<void> {
  // What comes faster than hands is a scanner's, with the Enter at its end.
  await hands.page.waitForTimeout(150)
  await hands.go('Control+Enter')
  if (isChange) changes += 1
}

/** From anywhere to a person's card: the list, the search, the first row. */
async function cardOf(login: string): Promise<void> {
  await hands.go('Alt+KeyP')
  await hands.press('Slash')
  await hands.type(login)
  await hands.page.waitForTimeout(150)
  await hands.go('Enter')
  await hands.press('ArrowDown')
  await hands.go('Enter')
  expect(await said(hands.page)).toContain(login)
}

/** Follows a link of the page by its address. */
async function follow(ending: string): Promise<void> {
  await hands.tabTo(hands.page.locator(`main a[href$="${ending}"]`), 80)
  await hands.go('Enter')
}

async function organisation(id: string): Promise<void> {
  await hands.go('Alt+KeyP')
  await hands.go('Digit2')
  await hands.press('Slash')
  await hands.type(id)
  await hands.page.waitForTimeout(150)
  await hands.go('Enter')
  await hands.press('ArrowDown')
  await hands.go('Enter')
}

async function order(number: string): Promise<void> {
  await fill('order.number', number)
  await fill('order.date', '11.10.2019')
}

async function open(login: string, role: string, serial: number): Promise<void> {
  await hands.go('Alt+KeyP')
  await hands.go('KeyN')
  await fill('surname', 'Жаңаев', 'typeName')
  await fill('name', 'Сынақ', 'typeName')
  await fill('iin', inventedIin(serial))
  await fill('login', login)
  await fill('post.kk', 'маман')
  await fill('post.ru', 'специалист')
  await choose('organisation', 'almaty.directorate')
  await choose('role', role)
  await order(`${serial}-қ`)
  await send()
  expect(await hands.page.locator('.q-secret').innerText()).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
}

/** No violation, in Kazakh and Russian; on a phone nothing scrolls sideways. */
async function look(page: Page): Promise<void> {
  const here = page.url()
  for (const language of ['ru', 'kk']) {
    const url = new URL(here)
    url.searchParams.set('lang', language)
    await page.goto(url.href)
    expect(await violations(page), `${url.pathname} ${language}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await violations(page), `${here} dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 360, height: 640 })
  expect(await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'), `${here} phone`).toBe(false)
  await page.setViewportSize({ width: 1280, height: 720 })
}

const eventsOf = async (number: string): Promise<readonly StoredEvent[]> =>
  (await day.stage.server.house.ledger.load(homeOf(number) ?? 0, number))?.events ?? []

describe('twenty changes by keyboard', () => {
  it('accounts: five are opened, each with a role by an order and a password shown once', async () => {
    for (const [index, role] of (['specialist', 'specialist', 'clerk', 'head', 'clerk'] as const).entries())
      await open(`almaty.new${index}`, role, index + 1)
    expect(staff('almaty.new0').grants[0]).toMatchObject({
      role: 'specialist',
      unit: 'department',
      order: { number: '1-қ', date: '2019-10-11' },
    })
    await hands.page.reload()
    expect(await hands.page.locator('.q-secret').count()).toBe(0)
  })

  it('a record: name and post, another role from day to day, a new password', async () => {
    await cardOf('almaty.new2')
    await follow('/name')
    await fill('surname', 'Өзгертілген', 'typeName')
    await send()
    expect(await h1(hands.page)).toContain('Өзгертілген')
    expect(await said(hands.page)).toContain('Жаңаев Сынақ → Өзгертілген Сынақ')
    await hands.go('KeyN')
    await choose('organisation', 'almaty.directorate')
    await choose('role', 'head')
    await fill('from', '21.10.2019')
    await fill('until', '31.10.2019')
    await order('50-қ')
    await send()
    expect(staff('almaty.new2').grants.at(-1)).toMatchObject({ role: 'head', from: '2019-10-21', until: '2019-10-31' })
    await hands.tabTo(hands.page.locator('form[action$="/password"] button'))
    await hands.go('Enter')
    changes += 1
    expect(await hands.page.locator('.q-secret').count()).toBe(1)
  })

  it('somebody acts for the head by an order; where days meet another, it is told and must be meant', async () => {
    const head = staff('almaty.head')
    for (const login of ['almaty.new0', 'almaty.new1']) {
      await cardOf('almaty.head')
      await follow('/acting')
      await fill('login', login)
      await order('41-қ')
      await fill('from', '14.10.2019')
      await fill('until', '18.10.2019')
      if (login === 'almaty.new1') {
        await send(false)
        expect(await said(hands.page)).toContain('41-қ')
        expect(staff(login).grants.some((grant) => grant.acting)).toBe(false)
        await hands.tabTo(hands.page.locator('[name="despite"]'))
        await hands.press('Space')
      }
      await send()
      expect(staff(login).grants.at(-1)).toMatchObject({ role: 'head', acting: { for: head.id }, until: '2019-10-18' })
    }
    await look(hands.page)
  })

  it('a role ends with a day, another at once: whoever is signed in under it is refused at the next request', async () => {
    const { token } = await sessionOf('almaty.new4')
    await cardOf('almaty.new3')
    await follow('/end')
    await hands.tabTo(hands.page.locator('[name="when"]').first())
    await hands.press('ArrowDown')
    await fill('until', '31.10.2019')
    await send()
    expect(staff('almaty.new3').grants[0]).toMatchObject({ until: '2019-10-31' })
    await cardOf('almaty.new4')
    await follow('/end')
    await hands.tabTo(hands.page.locator('[name="when"]').first())
    await send()
    expect(staff('almaty.new4').grants[0]?.endedAt).toMatch(/^2019-10-14T/)
    expect(await people().session(token)).toBeUndefined()
  })

  it('whoever leaves leaves nothing behind: without a receiver the account stays, with one the cases go over', async () => {
    const [first = ''] = brought
    const assigned = (await eventsOf(first)).find(({ type }) => type === 'ApplicationReferred')?.data.assignee
    const leaver = people().staffById(String(assigned))
    if (leaver === undefined) throw new Error('the case is with nobody')
    await cardOf(leaver.login)
    await follow('/leave')
    await look(hands.page)
    await hands.tabTo(hands.page.locator('main textarea'))
    await send(false)
    expect(await hands.page.locator('.govuk-error-summary').count()).toBe(1)
    expect(people().staffById(leaver.id)?.active).toBe(true)
    await choose('to.0', staff('almaty.new0').id)
    await fill('reason', 'Қызметтен босатылды, 44-қ')
    await send()
    expect(people().staffById(leaver.id)?.active).toBe(false)
    const last = (await eventsOf(first)).at(-1)
    expect(last).toMatchObject({ type: 'WorkReassigned', data: { from: leaver.id, to: staff('almaty.new0').id, cause: 'order' } })
    expect(last?.personal).toEqual({ reason: 'Қызметтен босатылды, 44-қ' })
    expect((await day.stage.server.house.ledger.work.given([75])).map(({ assignee }) => assignee)).not.toContain(leaver.id)
    await hands.tabTo(hands.page.locator('form[action$="/return"] button'))
    await hands.go('Enter')
    changes += 1
    expect(people().staffById(leaver.id)?.active).toBe(true)
  })

  it('an organisation: its card, a section, its hours with a look at what they change', async () => {
    await organisation('almaty.directorate')
    await follow('/card')
    await fill('phone', '+7 (727) 000-09-09')
    await send()
    await follow('/units')
    await fill('new.id', 'archive')
    await fill('new.kk', 'Мұрағат')
    await fill('new.ru', 'Архив')
    await send()
    await follow('/hours')
    await fill('from', '21.10.2019')
    await fill('openUntil', '17:00')
    await fill('intakeUntil', '16:00')
    await fill('source', '№ 12, 11.10.2019')
    await hands.page.waitForTimeout(150)
    await hands.go('Enter')
    const preview = await said(hands.page)
    expect(preview).toContain('21.10.2019')
    expect(await hands.page.locator('main table tbody tr').count()).toBeGreaterThan(0)
    expect(people().organisation('almaty.directorate')?.hours).toBeUndefined()
    await look(hands.page)
  })

  it('and the hours are saved only after they were looked at', async () => {
    await organisation('almaty.directorate')
    await follow('/hours')
    await fill('from', '21.10.2019')
    await fill('openUntil', '17:00')
    await fill('intakeUntil', '16:00')
    await fill('source', '№ 12, 11.10.2019')
    await hands.page.waitForTimeout(150)
    await hands.go('Enter')
    await hands.tabTo(hands.page.locator('button[value="save"]'))
    await hands.go('Enter')
    changes += 1
    const hours = people().organisation('almaty.directorate')?.hours
    expect(hours?.at(-1)).toMatchObject({ from: '2019-10-21', open: { 'mon-fri': '09:00-17:00' }, intakeUntil: '16:00' })
    expect(hours?.at(-2)).toMatchObject({ from: '2015-01-01', until: '2019-10-20' })
  })

  it('a school is entered and closed; one with open cases is not closed', async () => {
    await hands.go('Alt+KeyP')
    await hands.go('Digit2')
    await hands.go('KeyN')
    await choose('region', 'almaty')
    await choose('kind', 'primary')
    await fill('code', 'school999')
    await fill('name.kk', '№ 999 бастауыш мектеп')
    await fill('name.ru', 'Начальная школа № 999')
    await fill('address.kk', 'Алматы қ., Сынақ к-сі, 1')
    await fill('address.ru', 'г. Алматы, ул. Сынақ, 1')
    await fill('phone', '+7 (727) 000-09-99')
    await fill('bin', '011040998865')
    await fill('kato', '751410000')
    await send(false)
    expect(await hands.page.locator('.govuk-error-summary').innerText()).toContain('БСН')
    await fill('bin', '011040998864')
    await send()
    expect(people().organisation('almaty.school999')).toMatchObject({ kind: 'primary', at: 'provider', home: 75 })
    await follow('/close')
    await hands.tabTo(hands.page.locator('[name="from"]'))
    await send()
    expect(people().organisation('almaty.school999')?.closedFrom).toBe('2019-10-14')
    await look(hands.page)
  })

  it('one case of many is given back to all, and the day has twenty changes, each with its row', async () => {
    await hands.page.goto('/performers?organisation=almaty.directorate')
    await hands.tabTo(hands.page.locator('main [name="work"]').first())
    await hands.press('Space')
    await choose('to', 'everybody')
    await fill('reason', 'Жүктемені теңестіру')
    await send()
    expect(changes).toBe(20)
    await hands.go('Alt+KeyP')
    await hands.go('Digit3')
    expect(await said(hands.page)).toContain('барлығына қайтқан: 1')
    await look(hands.page)
    await hands.noPointer()
    const rows = await people().eventsOfAll(
      [
        ...people()
          .staff()
          .map(({ id }) => id),
        'almaty.directorate',
        'almaty.school999',
      ],
      500,
    )
    const by = staff('almaty.administrator').id
    const mine = rows.filter((row) => row.by.kind === 'staff' && row.by.id === by).map(({ kind }) => kind)
    expect(new Set(mine)).toEqual(
      new Set([
        'staffCreated',
        'staffChanged',
        'grantGiven',
        'passwordReset',
        'actingAppointed',
        'actingArranged',
        'grantEnded',
        'workGivenOver',
        'deactivated',
        'reactivated',
        'organisationChanged',
        'organisationCreated',
        'organisationClosed',
      ]),
    )
  })
})

describe('who read whose data', () => {
  it('is told by reader, by case and by day; and that it was asked is told too', async () => {
    const [number = ''] = brought
    const specialist = await day.stage.as('almaty.head')
    await specialist.goto(`/cases/${number}`)
    const supervisor = await day.stage.as('almaty.supervisor')
    await supervisor.goto(`/journal?number=${number}`)
    expect(await said(supervisor)).toContain('істі қарау')
    await look(supervisor)
    await supervisor.goto('/journal?reader=almaty.supervisor')
    expect(await said(supervisor)).toContain('деректерді қарау журналын ашу')
    const file = await supervisor.request.get('/journal.csv?reader=almaty.head')
    expect(file.headers()['content-type']).toContain('text/csv')
    expect(await file.text()).toContain(number)
    expect((await (await day.stage.as('almaty.clerk')).request.get('/journal')).status()).toBe(403)
    await specialist.goto('/me')
    expect(await said(specialist)).toContain(number)
    await look(specialist)
  })
})

const sessionOf = async (login: string) => {
  const opened = await people().oneClick(login)
  if (!opened.ok) throw new Error(opened.error.code)
  return opened.value
}

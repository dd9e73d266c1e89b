import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Day, openDay } from './days/harness.ts'
import { violations } from './stage.ts'

let day: Day
let numbers: string[]
beforeAll(async () => {
  day = await openDay()
  numbers = await day.bring({ count: 6, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'refer' })
})
afterAll(async () => {
  await day?.close()
})

const row = (number: string) => `[data-row^="${number}"]`

describe('a list on the screen', () => {
  it('leads from case to case and back, and tells what was done', async () => {
    const page = await day.stage.as('almaty.head')
    await page.goto('/work?step=refer')
    await page.locator(`${row(numbers[0] ?? '')} a`).click()
    await page.locator('[name="taken"]').check()
    await page.locator('[name="assignee"]').first().check()
    await page.locator('main form[method="post"] button').last().click()
    await page.waitForURL(/from=.*told=/)
    expect(page.url()).not.toContain(`cases/${numbers[0]}`)
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain(numbers[0])
    await page.locator('[data-key-back]').first().click()
    await page.waitForURL(/\/work\?step=refer$/)
    expect(await page.locator(row(numbers[0] ?? '')).count()).toBe(0)
  })

  it('keeps a filter under a name, on the server, with its count', async () => {
    const page = await day.stage.as('almaty.head')
    await page.goto('/work?step=refer&due=late')
    await page.locator('.q-filter summary').click()
    await page.locator('#filter-name').fill('Кешіккен бұрыштама')
    await page.locator('.q-filter__keep button').click()
    await page.waitForLoadState()
    const tab = page.locator('.q-tabs a', { hasText: 'Кешіккен бұрыштама' })
    expect(await tab.getAttribute('aria-current')).toBe('page')
    expect(Number(await tab.locator('.q-tabs__count').innerText())).toBe(await page.locator('[data-row]').count())
    expect(await violations(page)).toEqual([])
    await page.locator('.q-filter summary').click()
    await page.locator('.q-filter__keep button').click()
    await page.waitForLoadState()
    expect(await page.locator('.q-tabs a', { hasText: 'Кешіккен бұрыштама' }).count()).toBe(0)
  })

  it('says within a second that somebody else moved a case, in the list and in the open step, and moves nothing on the page', async () => {
    const [number = ''] = numbers.slice(1)
    const list = await day.stage.as('almaty.head')
    const context = list.context()
    await list.goto('/work')
    const open = await context.newPage()
    const heard = open.waitForResponse(/\/live\?/)
    const opened = Date.now()
    await open.goto(`/cases/${number}/steps/refer`)
    // How long a page takes on the machine as it is just now.
    const page = Date.now() - opened
    await heard
    const before = await open.locator('main').boundingBox()
    const { house } = day.stage.server
    const head = house.people.staffByLogin('almaty.head')
    const [performer] = house.people.staffOf('almaty.directorate', 'specialist')
    const [grant] = head ? house.people.grantsNow(head) : []
    if (!head || !grant || !performer) throw new Error('the demonstration has changed its people')
    const who = {
      actor: { kind: 'staff' as const, id: head.id, role: grant.role, organisation: grant.organisation, unit: grant.unit },
      region: 'almaty',
    }
    const begun = Date.now()
    const done = await house.desk.step(number, 'refer', { taken: true, assignee: performer.id }, who, { key: 'moved-by-somebody-else' })
    expect(done.kind).toBe('done')
    await open.locator('.q-live--on').waitFor()
    expect(Date.now() - begun).toBeLessThan(1000 + 3 * page)
    await open.locator('.q-live__says li').first().waitFor()
    expect(await open.locator('.q-live__says').innerText()).toContain('Мырзахметова')
    expect(await open.locator('main').boundingBox()).toEqual(before)
    expect(await violations(open)).toEqual([])
    await open.close()
    await list.bringToFront()
    await list.locator(`${row(number)}.q-work__row--gone`).waitFor()
    expect(await list.locator(row(number)).innerText()).toContain('тізімнен кетті')
  })

  it('does several at once, each on its own: what moved meanwhile is told, twice is once', async () => {
    const page = await day.stage.as('almaty.head')
    await page.goto('/work?step=refer')
    const mine = numbers.slice(2)
    for (const number of mine) await page.locator(`${row(number)} input[type="checkbox"]`).check()
    await page.locator('[data-key="b"]').click()
    await page.waitForURL(/\/work\/several/)
    expect(await violations(page)).toEqual([])
    await page.locator('main form button').last().click()
    await page.waitForLoadState()
    expect(await page.locator('.govuk-error-summary').count()).toBe(1)
    await page.locator('input[name="assignee"]').first().check()
    await page.locator('input[name="taken"]').check()
    const form = String(await page.evaluate(`new URLSearchParams(new FormData(document.querySelector('main form'))).toString()`))
    await page.locator('main form button').last().click()
    await page.waitForLoadState()
    expect(await page.locator('h1').innerText()).toContain(`${mine.length} іс орындалды`)
    // The same form once more, as a second click sends it.
    const again = await page.request.post('/work/several', {
      data: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: day.stage.server.url },
    })
    const words = await again.text()
    expect(words).toContain(`${mine.length} іс орындалды`)
    expect(words).toContain('бұған дейін орындалған')
  })

  it('tells that somebody else was faster with one of those chosen, and does the rest without it', async () => {
    const several = await day.bring({ count: 3, region: 'almaty', channel: 'office', provider: 'almaty.directorate', waits: 'refer' })
    const [fast = ''] = several
    const page = await day.stage.as('almaty.head')
    await page.goto('/work?step=refer')
    for (const number of several) await page.locator(`${row(number)} input[type="checkbox"]`).check()
    await page.locator('[data-key="b"]').click()
    await page.waitForURL(/\/work\/several/)
    await page.locator('input[name="assignee"]').first().check()
    await page.locator('input[name="taken"]').check()
    const form = String(await page.evaluate(`new URLSearchParams(new FormData(document.querySelector('main form'))).toString()`))
    // Somebody who acts for the head does one of them meanwhile.
    const { house } = day.stage.server
    const deputy = house.people.staffByLogin('almaty.head2')
    const [performer] = house.people.staffOf('almaty.directorate', 'specialist')
    if (!deputy || !performer) throw new Error('the demonstration has changed its people')
    const who = {
      actor: { kind: 'staff' as const, id: deputy.id, role: 'head', organisation: 'almaty.directorate', unit: 'management' },
      region: 'almaty',
    }
    const done = await house.desk.step(fast, 'refer', { taken: true, assignee: performer.id }, who, { key: 'somebody-who-was-faster' })
    expect(done.kind).toBe('done')
    // The page says so at once, and no longer counts it in.
    await page.locator(`[data-live-case="${fast}"].q-work__row--gone`).waitFor()
    expect(await page.locator(`input[name="case"][value="${fast}"]`).isChecked()).toBe(false)
    expect(await page.locator('.q-live__says').innerText()).toContain(fast)
    expect(await violations(page)).toEqual([])
    await page.locator('main form button').last().click()
    await page.locator('h1', { hasText: '2 іс орындалды' }).waitFor()
    expect(await page.locator('main').innerText()).not.toContain(fast)
    // A page that heard nothing sends all three: what was done stays done, and the third is told with whoever has it now.
    const deaf = await page.request.post('/work/several', {
      data: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: day.stage.server.url },
    })
    const words = await deaf.text()
    expect(words).toContain(fast)
    expect(words).toContain('2 іс орындалды')
    const loaded = await house.ledger.load(Number(fast.slice(0, 3)), fast)
    const steps = (loaded?.events ?? []).filter(({ type, data }) => type === 'StepDone' && data.step === 'refer')
    expect(steps).toHaveLength(1)
    expect(steps[0]?.actor).toMatchObject({ id: deputy.id })
  })
})

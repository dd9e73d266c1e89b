import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { pdfOf } from '../../src/desk/scans/samples.testing.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { intakePath } from '../../src/web/paths.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { launchChromium } from './chromium.ts'
import { leading } from './fill.ts'
import { violations } from './stage.ts'

/** A desk whose network goes, whose server is stopped and started, whose session ends in the middle: in a real browser. */
let house: TestHouse
let server: Server
let browser: Awaited<ReturnType<typeof launchChromium>>
let port = 0

const start = () =>
  new Promise<void>((resolve) => {
    server = serve({ fetch: house.app.fetch, port, hostname: '127.0.0.1', createServer }, ({ port: taken }: AddressInfo) => {
      port = taken
      resolve()
    }) as Server // plain HTTP
  })
const stop = () => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

beforeAll(async () => {
  house = await openTestHouse()
  await start()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await stop()
  await house.close()
})

interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  readonly token: string
}

async function desk(login: string): Promise<Desk> {
  const signed = await house.house.people.signIn({ login, password: demonstrationPassword, address: '127.0.0.1' }, 'page')
  if (!signed.ok) throw new Error(signed.error.code)
  const context = await browser.newContext({ baseURL: `http://127.0.0.1:${port}` })
  context.setDefaultTimeout(10_000)
  await context.addCookies([
    { name: cookieName(false), value: signed.value.token, url: `http://127.0.0.1:${port}`, sameSite: 'Lax', httpOnly: true },
  ])
  return { context, page: await context.newPage(), token: signed.value.token }
}

async function opened({ page }: Desk): Promise<string> {
  const staff = house.house.people.staffByLogin('almaty.clerk')
  const grant = staff?.grants[0]
  if (staff === undefined || grant === undefined) throw new Error('nobody')
  const { role, organisation, unit } = grant
  const kind = house.house.people.organisation(organisation)?.kind ?? ''
  const outcome = await house.house.desk.open(
    {
      service: 'teacher-attestation',
      region: 'almaty',
      channel: 'office',
      provider: { id: organisation, kind },
      branch: null,
      location: 'local',
    },
    { actor: { kind: 'staff', id: staff.id, role, organisation, unit }, region: 'almaty' },
    { key: crypto.randomUUID() },
  )
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  await page.goto(intakePath(outcome.number))
  return outcome.number
}

async function type(page: Page): Promise<void> {
  const texts = { 'application.iin': '850615400016', 'application.surname': 'Сынақова', 'application.name': 'Айсұлу' }
  for (const [name, value] of Object.entries(texts)) await page.fill(`[name="${name}"]`, value)
  await page.check('[name="application.asks"][value="moderator"]')
  for (const id of ['application', 'identityDocument', 'diploma', 'courses', 'workRecord']) await page.check(`[name="documents.${id}.in"]`)
}

const button = (page: Page) => page.locator('main form:has([name="_seen"]) button.govuk-button:not([name])').last()
/** What was typed, looked at once more: the next press does the step. */
const looked = async (page: Page) => {
  await leading(page, button(page))
  await page.waitForSelector('[name="_checked"]', { state: 'attached' })
}
const isDone = (page: Page) => page.waitForSelector('#intake-outcome', { timeout: 20_000 })
const told = (page: Page) => page.locator('.q-sending')
const done = async (number: string) => {
  const loaded = await house.ledger.load(homeOf(number) ?? 0, number)
  return loaded?.events.filter(({ type: what, data }) => what === 'StepDone' && data.step === 'accept').length
}

describe('a form at a desk', () => {
  it('whose network is dead stays on the screen, says so at once, and goes once by itself', async () => {
    const at = await desk('almaty.clerk')
    const number = await opened(at)
    await type(at.page)
    await looked(at.page)
    await at.context.setOffline(true)
    await button(at.page).click()
    await at.page.waitForSelector('.q-sending--wrong[role="alert"]', { timeout: 3000 })
    expect(await told(at.page).innerText()).toContain('Ештеңе жоғалған жоқ')
    expect(await violations(at.page)).toEqual([])
    expect(await at.page.inputValue('[name="application.surname"]')).toBe('Сынақова')
    expect(await done(number)).toBe(0)
    await at.context.setOffline(false)
    await isDone(at.page)
    expect(await done(number)).toBe(1)
    await at.context.close()
  })

  it('whose answer is lost on the way asks again under the same name, and nothing is done twice', async () => {
    const at = await desk('almaty.clerk')
    const number = await opened(at)
    await type(at.page)
    await looked(at.page)
    let lost = 0
    await at.page.route('**/intake', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost++
      // The server has done it; its answer comes nowhere.
      await route.fetch()
      await route.abort('connectionreset')
    })
    await button(at.page).click()
    await isDone(at.page)
    expect([lost, await done(number)]).toEqual([1, 1])
    await at.page.goBack()
    await at.page.waitForLoadState()
    expect(await done(number)).toBe(1)
    await at.context.close()
  })

  it('whose server was stopped goes when it is started again', async () => {
    const at = await desk('almaty.clerk')
    const number = await opened(at)
    await type(at.page)
    await looked(at.page)
    await stop()
    await button(at.page).click()
    await at.page.waitForSelector('.q-sending--wrong[role="alert"]', { timeout: 5000 })
    await start()
    await isDone(at.page)
    expect(await done(number)).toBe(1)
    await at.context.close()
  })

  it('whose session ended is kept, comes back after signing in, and leaves nothing in the browser', async () => {
    const at = await desk('almaty.clerk')
    const number = await opened(at)
    await type(at.page)
    await house.house.people.signOut(at.token)
    await button(at.page).click()
    await told(at.page).getByRole('link').click()
    await at.page.waitForURL('**/sign-in?**')
    const stored = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])'
    expect(await at.page.evaluate(stored)).not.toMatch(/Сынақова|850615400016/)
    await at.page.fill('[name="login"]', 'almaty.clerk')
    await at.page.fill('[name="password"]', demonstrationPassword)
    await at.page.locator('main form[action="/sign-in"] button').last().click()
    await at.page.waitForURL('**/intake?**')
    expect(await at.page.inputValue('[name="application.surname"]')).toBe('Сынақова')
    expect(await at.page.isChecked('[name="documents.diploma.in"]')).toBe(true)
    expect(await at.page.locator('.q-saved').innerText()).toContain('қайтарылды')
    expect(await violations(at.page)).toEqual([])
    await looked(at.page)
    await button(at.page).click()
    await isDone(at.page)
    expect(await done(number)).toBe(1)
    await at.context.close()
  })

  it('is saved while it is typed, and found at another computer', async () => {
    const at = await desk('almaty.clerk')
    const number = await opened(at)
    await at.page.fill('[name="application.surname"]', 'Сынақова')
    await told(at.page).getByText('сақталды').waitFor()
    const elsewhere = await desk('almaty.clerk')
    await elsewhere.page.goto(intakePath(number))
    expect(await elsewhere.page.inputValue('[name="application.surname"]')).toBe('Сынақова')
    await elsewhere.page.locator('.q-saved button').click()
    await elsewhere.page.waitForLoadState()
    expect(await elsewhere.page.inputValue('[name="application.surname"]')).toBe('')
    await Promise.all([at.context.close(), elsewhere.context.close()])
  })
})

it('a session about to end says so, and one key goes on', async () => {
  const at = await desk('almaty.clerk')
  await at.page.clock.install()
  await opened(at)
  const bar = at.page.locator('.q-session')
  expect(await bar.isHidden()).toBe(true)
  await at.page.clock.fastForward(28 * 60_000)
  await bar.waitFor()
  expect(await bar.innerText()).toContain('минуттан кейін бітеді')
  expect(await violations(at.page)).toEqual([])
  await at.page.keyboard.press('y')
  await bar.waitFor({ state: 'hidden' })
  await at.context.close()
})

it('scans go while the form is filled, again by themselves when the network is back', async () => {
  const at = await desk('almaty.clerk')
  const number = await opened(at)
  const field = (document: string) => at.page.locator(`.q-scan:has([name="scan.${document}"])`)
  const choose = (document: string, buffer: Buffer) =>
    field(document).locator('input[type="file"]').setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer })
  await choose('diploma', pdfOf({ pages: 3 }))
  await field('diploma').getByText('PDF, 3 бет').waitFor()
  expect(await at.page.isChecked('[name="documents.diploma.in"]')).toBe(true)

  await at.context.setOffline(true)
  await choose('application', pdfOf({ pages: 2 }))
  await field('application').getByText('Желі жоқ').waitFor()
  await at.context.setOffline(false)
  await field('application').getByText('PDF, 2 бет').waitFor()

  await choose('courses', pdfOf().subarray(0, 200))
  await field('courses').getByText('Файлдың соңы жоқ').waitFor()
  expect(await violations(at.page)).toEqual([])
  await field('application').locator('[data-scan-remove]').click()
  await field('application').getByText('алынып тасталды').waitFor()

  // Enter in a field presses the form's own button, not that of a scan.
  await type(at.page)
  await at.page.locator('[name="application.name"]').press('Enter')
  await at.page.waitForSelector('[name="_checked"]', { state: 'attached' })
  await button(at.page).click()
  await isDone(at.page)
  const loaded = await house.ledger.load(homeOf(number) ?? 0, number)
  const handed = loaded?.events.find(({ type: what }) => what === 'DocumentsHandedIn')
  expect(JSON.stringify(handed?.data).match(/"file":"[0-9a-f]{64}"/g)).toHaveLength(1)
  expect(await house.house.scans.list(homeOf(number) ?? 0, number)).toHaveLength(1)
  await at.context.close()
})

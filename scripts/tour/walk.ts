import type { Browser, Page } from 'playwright-core'
import { fill, send, type Typed } from '../../test/browser/fill.ts'
import type { Camera } from './camera.ts'

/** Everybody of the tour, each in a browser of their own. */
export interface Company {
  as(login: string): Promise<Page>
  stranger(): Promise<Page>
}

export function company(browser: Browser, baseURL: string): Company {
  const pages = new Map<string, Promise<Page>>()
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ baseURL, locale: 'kk', viewport: { width: 1280, height: 720 } })
    context.setDefaultTimeout(20_000)
    return context.newPage()
  }
  const signIn = async (login: string): Promise<Page> => {
    const page = await open()
    await page.goto('/sign-in?lang=kk')
    await page.fill('[name="login"]', login)
    await page.fill('[name="password"]', 'qyzmet-demo')
    await page.locator('main form[action="/sign-in"] button').last().click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    return page
  }
  return {
    as: (login) => {
      const known = pages.get(login) ?? signIn(login)
      pages.set(login, known)
      return known
    },
    stranger: open,
  }
}

/** What the API tells a supervisor of the case: whose turn it is. */
export interface Turn {
  readonly step: { readonly id: string; readonly role: string; readonly awaiting: unknown } | null
}

export async function turnOf(baseURL: string, token: string, number: string): Promise<Turn> {
  for (let turn = 0; turn < 200; turn++) {
    const answer = await fetch(`${baseURL}/api/v1/cases/${number}`, { headers: { authorization: `Bearer ${token}` } })
    if (!answer.ok) throw new Error(`The API answers ${answer.status} for ${number}.`)
    const { step }: Turn = JSON.parse(await answer.text())
    if (step?.awaiting === null || step === null) return { step }
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${number} still waits for an outside system.`)
}

export async function tokenOf(baseURL: string, login: string): Promise<string> {
  const answer = await fetch(`${baseURL}/api/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: 'qyzmet-demo' }),
  })
  const { token }: { token: string } = JSON.parse(await answer.text())
  return token
}

/** One step as its performer does it: photographed as it opens, filled, sent. */
export async function doStep(page: Page, camera: Camera, number: string, step: string, typed: Typed = {}): Promise<void> {
  await page.goto(`/cases/${number}/steps/${step}`)
  await camera.take(page, step)
  await fill(page, typed)
  await send(page)
  const wrong = page.locator('.govuk-error-summary')
  if ((await wrong.count()) > 0) throw new Error(`${step}: ${await wrong.textContent()}`)
}

import type { BrowserContextOptions } from 'playwright-core'
import { homeOf } from '../../src/desk/numbers.ts'
import type { Stage } from './stage.ts'

export interface MainPage {
  readonly path: string
  /** The cookies of whoever reads it: a first visit is made in a new browser that has nothing else. */
  readonly state?: BrowserContextOptions['storageState']
}

/** The pages that people meet most, as a stranger and as somebody at a desk. */
export async function mainPages(stage: Stage): Promise<MainPage[]> {
  const operator = await stage.as('almaty.operator')
  await operator.goto('/work')
  const step = await operator.locator('main a[href^="/cases/0"]').first().getAttribute('href')
  if (step === null) throw new Error('the operator has no work')
  const number = /\/cases\/([\d-]+)/.exec(step)?.[1] ?? ''
  const loaded = await stage.server.house.ledger.load(homeOf(number) ?? 0, number)
  const secret = loaded?.events[0]?.personal?.secret
  const kept = await operator.context().storageState()
  // Signed in and nothing more: the browser of a first visit has seen no page.
  const state = { ...kept, cookies: kept.cookies.filter(({ name }) => name !== 'qyzmet-seen') }
  return [
    ...['/', '/track', `/t/${number}/${secret}`, '/regulations', '/sign-in'].map((path) => ({ path })),
    ...['/work', step, `/cases/${number}`, '/cases/new'].map((path) => ({ path, state })),
  ]
}

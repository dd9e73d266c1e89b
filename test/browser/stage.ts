import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import axe from 'axe-core'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { ShiftedClock } from '../../src/desk/clock.ts'
import { type RunningServer, startServer } from '../../src/main.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'
import { launchChromium } from './chromium.ts'

/** A real server on a socket, a real browser, and the people of the demonstration in it, each with a browser of their own. */
export interface Stage {
  readonly server: RunningServer
  readonly clock: ShiftedClock
  /** A page of somebody who is signed in; the same one each time. */
  as(login: string): Promise<Page>
  /** A page of somebody from the street, in a browser of its own. */
  stranger(language?: 'kk' | 'ru', options?: BrowserContextOptions): Promise<Page>
  /** Where the house keeps its keys. */
  readonly keys: string
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'qyzmet-stage-'))
  const databaseUrl = await newDatabase()
  // The browser unpacks and starts while the server reads its regulations.
  const [server, browser] = await Promise.all([
    startServer({
      demonstration: true,
      host: '127.0.0.1',
      port: 0,
      data,
      databaseUrl,
      publicUrl: 'http://127.0.0.1:8080',
      regulations: resolve(import.meta.dirname, '../../regulations'),
      keys: join(data, 'keys'),
    }),
    launchChromium(),
  ])
  const clock = server.house.demonstration?.clock
  if (clock === undefined) throw new Error('the demonstration has no clock')
  const pages = new Map<string, Page>()
  const open = async (language: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1280, height: 720 },
      locale: language,
      baseURL: server.url,
      ...options,
    })
    context.setDefaultTimeout(10_000)
    return context.newPage()
  }
  const signIn = async (login: string): Promise<Page> => {
    const page = await open('kk')
    await page.goto('/')
    // Smaller organisations wait behind a summary.
    await page.locator('main details').evaluateAll((all) => {
      for (const one of all) one.setAttribute('open', '')
    })
    await page.locator(`form:has(input[value="${login}"]) button, button[value="${login}"]`).first().click()
    // Supervisors and administrators come out elsewhere than at a work list.
    await page.waitForURL((url) => url.pathname !== '/')
    return page
  }
  return {
    server,
    clock,
    as: async (login) => {
      const known = pages.get(login) ?? (await signIn(login))
      pages.set(login, known)
      return known
    },
    stranger: (language = 'kk', options) => open(language, options),
    keys: join(data, 'keys'),
    close: async () => {
      await browser.close()
      await server.close()
      await dropDatabase(databaseUrl)
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Keys that two things of a page answer to, unless both lead to the same place: whoever presses one gets the first, which may be the navigation. */
export async function keysNamedTwice(page: Page): Promise<string[]> {
  const known = await page.locator('[data-key]').evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility())
      .map((one) => ({
        key: one.getAttribute('data-key') ?? '',
        does: one.getAttribute('href') ?? `${one.getAttribute('name') ?? ''}=${one.getAttribute('value') ?? one.textContent}`,
      })),
  )
  const keys = [...new Set(known.map(({ key }) => key))]
  const doings = (key: string) => new Set(known.filter((one) => one.key === key).map(({ does }) => does))
  return keys.filter((key) => doings(key).size > 1).map((key) => `key ${key}: ${[...doings(key)].join(' | ')}`)
}

/**
 * Violations of WCAG 2.2 AA and of axe's best practices, as short lines; none is what a test expects. axe runs in the page itself: our pages have no
 * frames, and its driver for browsers opens a page of its own for each look and brings the whole script twice (2.7 s a look at load 15, 0.65 s so).
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const light = await look(page, {})
  // Dark differs from light in colours alone.
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await look(page, { runOnly: ['color-contrast', 'link-in-text-block'] })
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark.map((line) => `${line} (dark)`)]
}

async function look(page: Page, options: axe.RunOptions): Promise<string[]> {
  const said = JSON.stringify({ ...options, resultTypes: ['violations'] })
  return page.evaluate<string[]>(
    `axe.run(document, ${said}).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`,
  )
}

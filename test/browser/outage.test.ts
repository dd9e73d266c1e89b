import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStage, type Stage, violations } from './stage.ts'
import { doNext, openCase, waiting } from './walk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const shots = process.env.SHOTS
/** For whoever wants to see it: both languages, a desk and a phone, and the dark. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  const here = page.url()
  for (const lang of ['kk', 'ru']) {
    const url = new URL(here)
    url.searchParams.set('lang', lang)
    await page.goto(url.href)
    await page.screenshot({ path: join(shots, `${name}.${lang}.png`), fullPage: true })
    if (lang === 'ru') {
      await page.setViewportSize({ width: 390, height: 844 })
      await page.screenshot({ path: join(shots, `${name}.phone.png`), fullPage: true })
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.screenshot({ path: join(shots, `${name}.dark.png`), fullPage: true })
      await page.emulateMedia({ colorScheme: 'light' })
    }
  }
  const back = new URL(here)
  back.searchParams.set('lang', 'kk')
  await page.goto(back.href)
}

it('an outage of the register is told in plain words to everybody, stops no term, is a cause of its lateness, and ends by itself', async () => {
  const { house } = stage.server
  const faults = house.demonstration?.faults
  if (faults === undefined) throw new Error('no faults')
  const number = await openCase(stage, 'aktobe.operator')
  while ((await waiting(stage, number))?.step !== 'queryPerson') await doNext(stage, number)
  faults.down = true
  await doNext(stage, number)
  const file = async () => {
    const [item] = await house.ledger.work.ofCase(Number(number.slice(0, 3)), number)
    return item
  }
  await expect.poll(async () => JSON.stringify((await file())?.doc), { timeout: 20_000 }).toContain('"down":"2019')
  const operator = await stage.as('aktobe.operator')
  await operator.goto(`/cases/${number}/intake`)
  const words = async (page: Page) => (await page.locator('main').innerText()).replaceAll('\u00a0', ' ')
  expect(await words(operator)).toContain('Сыртқы жүйе 2019 ж. 14 қазан')
  expect(await violations(operator)).toEqual([])
  await shot(operator, 'intake')
  await operator.goto('/work')
  expect(await words(operator)).toContain('бері жауап бермейді')
  await shot(operator, 'work')
  // The norm of the step passes meanwhile: the outage stops nothing.
  await stage.clock.set(stage.clock.now() + 2 * 3_600_000)
  await expect
    .poll(async () => (await house.reading.case(number, supervisor(), 'case'))?.file.state.dues.some((d) => d.state === 'missed'), {
      timeout: 20_000,
    })
    .toBe(true)
  await operator.goto(`/cases/${number}`)
  expect(await words(operator)).toContain('Кешігу себептерінің бірі – сыртқы жүйе')
  expect(await violations(operator)).toEqual([])
  await shot(operator, 'case')
  const watcher = await stage.as('aktobe.supervisor')
  await watcher.goto('/overview')
  expect(await words(watcher)).toContain('Жеке тұлғалар мемлекеттік деректер қоры')
  expect(await violations(watcher)).toEqual([])
  await shot(watcher, 'overview')
  faults.down = false
  await expect.poll(async () => (await file())?.step, { timeout: 60_000 }).not.toBe('queryPerson')
  await operator.goto(`/cases/${number}`)
  await operator.locator('details', { hasText: 'Осы іс бойынша алмасу' }).locator('summary').click()
  await shot(operator, 'case-after')
  await watcher.goto('/exchanges')
  expect(await violations(watcher)).toEqual([])
  await shot(watcher, 'exchanges')
  await watcher.locator('main table a').first().click()
  expect(await violations(watcher)).toEqual([])
  await shot(watcher, 'exchange')
  const [download] = await Promise.all([watcher.waitForEvent('download'), watcher.locator('a[href$="container.zip"]').click()])
  const path = join(mkdtempSync(join(tmpdir(), 'qyzmet-container-')), 'exchange.zip')
  await download.saveAs(path)
  expect(execFileSync('python3', ['docs/verify/check_exchange.py', path], { encoding: 'utf8' })).toContain('holds')
}, 120_000)

function supervisor() {
  return {
    region: 'aktobe',
    actor: { kind: 'staff' as const, id: 'test', role: 'supervisor', organisation: 'aktobe.directorate', unit: '' },
  }
}

import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { leading } from './fill.ts'
import { openStage, type Stage, violations } from './stage.ts'
import { doNext, openCase, waiting } from './walk.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const readBy = async (number: string) => {
  const { ledger } = stage.server.house
  const rows = await ledger.journal.ofCase(Number(number.slice(0, 3)), number)
  return rows.filter(({ role }) => role === 'supervisor').map(({ purpose }) => purpose)
}

it('leads from a number to its cases and from a case to the proof of its term: two clicks, each in the journal', async () => {
  const page = await stage.as('almaty.supervisor')
  for (const language of ['ru', 'kk']) {
    await page.goto(`/overview?lang=${language}`)
    expect(await violations(page)).toEqual([])
    const late = page.locator('.q-three__fact a').first()
    const told = Number.parseInt(await late.innerText(), 10)
    await leading(page, late)
    const numbers = await page.locator('main tbody a[href*="/terms/"]').allInnerTexts()
    expect(new Set(numbers.map((text) => text.trim())).size).toBe(told)
    expect(await violations(page)).toEqual([])
    const [number = ''] = numbers
    await leading(page, page.locator('main tbody a[href*="/terms/"]').first())
    expect(await page.locator('main').innerText()).toContain(number.trim())
    expect(await page.locator('.q-proof').count()).toBe(1)
    expect(await page.locator('main code').count()).toBeGreaterThan(0)
    expect(await violations(page)).toEqual([])
    expect(await readBy(number.trim())).toEqual(expect.arrayContaining(['case', 'work']))
  }
})

it('adds up by provider, and by step and clause', async () => {
  const page = await stage.as('almaty.supervisor')
  await page.goto('/overview?lang=kk')
  const sums = await page.locator('main table').evaluateAll((tables) =>
    tables.slice(0, 2).map((table) => {
      const rows = [...table.querySelectorAll('tbody tr')]
      return rows.reduce(
        (sum, row) => sum + Number.parseInt([...row.querySelectorAll('.govuk-table__cell--numeric')][0]?.textContent ?? '', 10),
        0,
      )
    }),
  )
  expect(sums[0]).toBeGreaterThan(0)
  expect(sums[1]).toBe(sums[0])
  // The list behind a number has as many rows as the number says.
  const link = page.locator('main table').nth(1).locator('a[href*="what=late"]').first()
  const told = Number.parseInt(await link.innerText(), 10)
  await leading(page, link)
  expect(await page.locator('main tbody tr').count()).toBe(told)
})

it('tells how norms were kept by clause, where the time went, and gives the tables away', async () => {
  const page = await stage.as('almaty.supervisor')
  for (const language of ['ru', 'kk']) {
    await page.goto(`/overview/norms?lang=${language}`)
    expect(await violations(page)).toEqual([])
    expect(await page.locator('main table').count()).toBeGreaterThan(2)
  }
  const broken = page.locator('main table').first().locator('a[href*="what=breach"]').first()
  const told = Number.parseInt(await broken.innerText(), 10)
  await leading(page, broken)
  expect(await page.locator('main tbody tr').count()).toBe(Math.min(50, told))
  const number = (await page.locator('main tbody a[href*="/terms/"]').first().innerText()).trim()
  const csv = await page.request.get(`${(await page.locator('main a[href*=".csv"]').getAttribute('href')) ?? ''}`)
  const text = await csv.text()
  expect(text.startsWith('\u{feff}Іс нөмірі;')).toBe(true)
  expect(text.split('\r\n').filter((line) => line.startsWith('075-'))).toHaveLength(told)
  expect(text).toMatch(/;\d\d••••••••\d\d;/)
  expect(text).not.toMatch(/\d{12}/)
  expect(await readBy(number)).toContain('export')
  const xlsx = await page.request.get(`${(await page.locator('main a[href*=".xlsx"]').getAttribute('href')) ?? ''}`)
  expect(xlsx.headers()['content-type']).toContain('spreadsheetml')
  expect((await xlsx.body()).subarray(0, 2).toString()).toBe('PK')
})

it('is for the supervisor of the region alone', async () => {
  const head = await stage.as('almaty.head')
  for (const path of ['/overview', '/overview/norms', '/overview/cases', '/overview/cases.csv', '/overview/now.xlsx'])
    expect((await head.request.get(path)).status(), path).toBe(403)
  const other = await stage.as('aktobe.supervisor')
  const page = await stage.as('almaty.supervisor')
  await page.goto('/overview/cases')
  const proof = (await page.locator('main tbody a[href*="/terms/"]').first().getAttribute('href')) ?? ''
  expect((await other.request.get(proof)).status()).toBe(404)
  expect((await page.request.get(proof.replace('?', 'x?'))).status()).toBe(404)
})

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
  await operator.goto('/work')
  expect(await words(operator)).toContain('бері жауап бермейді')
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
  const watcher = await stage.as('aktobe.supervisor')
  await watcher.goto('/overview')
  expect(await words(watcher)).toContain('Жеке тұлғалар мемлекеттік деректер қоры')
  expect(await violations(watcher)).toEqual([])
  faults.down = false
  await expect.poll(async () => (await file())?.step, { timeout: 60_000 }).not.toBe('queryPerson')
  await watcher.goto('/exchanges')
  expect(await violations(watcher)).toEqual([])
  await watcher.locator('main table a').first().click()
  expect(await violations(watcher)).toEqual([])
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

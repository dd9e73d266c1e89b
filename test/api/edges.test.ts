import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiRoutes } from '../../src/api/api.ts'
import { healthRoutes } from '../../src/api/health.ts'
import { problemPages } from '../../src/api/problemPages.ts'
import { LedgerAway } from '../../src/ledger/ledger.ts'
import { createLog } from '../../src/observe/log.ts'
import { createReadiness } from '../../src/observe/readiness.ts'
import type { House } from '../../src/web/house.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { clientOf } from './client.ts'

let opened: TestHouse
beforeAll(async () => {
  opened = await openTestHouse()
})
afterAll(() => opened.close())

const serve = (house: House) => clientOf(new Hono().route('/api', apiRoutes(house)))
const number = '075-191014-48213-4'

describe('a production', () => {
  it('has no clock to set and no register to break', async () => {
    const call = serve({ ...opened.house, demonstration: undefined })
    for (const path of ['/api/v1/demo/clock', '/api/v1/demo/register'])
      expect([(await call('GET', path)).status, (await call('POST', path, { body: {} })).status]).toEqual([404, 404])
  })
})

describe('a ledger that is away', () => {
  it('is told with a time to come back, and readiness says so', async () => {
    const away = { ...opened.house.reading, case: () => Promise.reject(new LedgerAway('notDone', null)) }
    const call = serve({ ...opened.house, reading: away })
    const got = await call('GET', `/api/v1/cases/${number}`, { token: await opened.signIn('almaty.clerk') })
    expect([got.status, got.json.code, got.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
    const readiness = createReadiness()
    readiness.require('database', () => 'away')
    const ready = await healthRoutes({ readiness }).request('/ready')
    expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await ready.json()).toEqual({ status: 'notReady', conditions: [{ name: 'database', ok: false, reason: 'away' }] })
  })
})

describe('a breakage', () => {
  it('leaves a code with the reader and in the log, and nothing that a person entered', async () => {
    const lines: string[] = []
    const log = createLog({ form: 'json', write: (line) => lines.push(line), machine: opened.house.machine })
    const broken = { ...opened.house.reading, case: () => Promise.reject(new Error('850412499913 Үлгібаева')) }
    const call = serve({ ...opened.house, reading: broken, log })
    const got = await call('GET', `/api/v1/cases/${number}`, { token: await opened.signIn('almaty.clerk') })
    expect([got.status, got.json.code]).toEqual([500, 'failure'])
    const told = lines.map((line) => JSON.parse(line))
    expect(told).toMatchObject([{ level: 'error', event: 'breakage', error: 'Error' }])
    expect(got.json.instance).toBe(`urn:qyzmet:failure:${told[0]?.id}`)
    expect(JSON.stringify([lines, got.json])).not.toMatch(/850412499913|Үлгібаева/)
  })
})

describe('sessions', () => {
  it('of a browser open nothing here: a page of another site could send its cookie', async () => {
    const call = serve(opened.house)
    const page = await opened.house.people.oneClick('almaty.clerk')
    if (!page.ok) throw new Error(page.error.code)
    expect((await call('GET', '/api/v1/me', { token: page.value.token })).status).toBe(401)
    expect((await call('GET', '/api/v1/me', { headers: { cookie: `qyzmet=${page.value.token}` } })).status).toBe(401)
  })

  it('under a password that somebody else gave do nothing but change it', async () => {
    const call = serve(opened.house)
    const { accounts } = opened.house.people
    const given = 'біреу берген құпиясөз'
    const grant = { role: 'clerk', organisation: 'almaty.directorate', unit: 'office', from: '2015-01-01' } as const
    const person = {
      login: 'almaty.newcomer',
      name: { surname: 'Мысалбек', name: 'Әлия' },
      iin: null,
      post: { kk: 'қызметкер', ru: 'сотрудник' },
    }
    const made = await accounts.createStaff({ ...person, grants: [grant] }, given, { kind: 'seed' })
    expect(made.ok).toBe(true)
    const { json } = await call('POST', '/api/v1/tokens', { body: { login: person.login, password: given } })
    expect(json.me.mustChangePassword).toBe(true)
    const blocked = await call('GET', '/api/v1/work', { token: json.token })
    expect([blocked.status, blocked.json.code]).toEqual([403, 'mustChangePassword'])
    const change = (next: string) => call('POST', '/api/v1/me/password', { token: json.token, body: { current: given, next } })
    const short = await change('қысқа')
    expect([short.status, short.json.errors[0].pointer]).toEqual([422, '/next'])
    expect((await change('жеті қазына тоғыз жол')).json.mustChangePassword).toBe(false)
    expect((await call('GET', '/api/v1/work', { token: json.token })).status).toBe(200)
  })

  it('of an administrator search no cases', async () => {
    const call = serve(opened.house)
    const got = await call('GET', '/api/v1/search?q=850412499913', { token: await opened.signIn('almaty.administrator') })
    expect([got.status, got.json.code]).toEqual([403, 'forbidden'])
  })
})

describe('the description and its problems', () => {
  it('are served', async () => {
    const app = apiRoutes(opened.house)
    const described = await app.request('/openapi.json')
    expect(await described.json()).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/v1/cases/{number}/steps/{step}': { post: { operationId: 'doStep' } } },
    })
    const pages = problemPages(opened.house)
    const page = await pages.request('/notYours', { headers: { 'accept-language': 'en' } })
    expect(await page.text()).toContain('This step is not yours')
    expect((await pages.request('/nothing')).status).toBe(404)
  })
})

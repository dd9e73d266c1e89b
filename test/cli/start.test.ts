import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropDatabase, newDatabase } from '../ledger/database.ts'
import { databaseRuns, openWorkshop, type Server } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

const page = async (server: Server, path = '/') => {
  const response = await fetch(`${server.url}${path}`, { headers: { 'accept-language': 'kk' } })
  return { status: response.status, html: await response.text(), cookies: response.headers.getSetCookie() }
}

async function api(server: Server, path: string, { token, body }: { token?: string; body?: object } = {}) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer it says itself
  const json: any = await response.json()
  return { status: response.status, json }
}

const tokenOf = async (server: Server, login: string): Promise<string> => {
  const { json } = await api(server, '/tokens', { body: { login, password: 'qyzmet-demo' } })
  return json.token
}

async function openCase(server: Server, login: string): Promise<string> {
  const token = await tokenOf(server, login)
  const { status, json } = await api(server, '/cases', { token, body: { service: 'teacher-attestation', channel: 'office' } })
  expect([status, json.code]).toEqual([201, undefined])
  return json.number
}

const tell = (what: string, { seconds }: Server) => process.stdout.write(`${what}: ${seconds.toFixed(1)} s\n`)

describe('npm start', () => {
  // A data folder that does not exist yet, inside one of mode 0700, and nothing in the environment but PATH and HOME.
  let data: string
  let server: Server
  beforeAll(async () => {
    data = join(shop.folder(), 'data')
    server = await shop.serve('start', { QYZMET_DATA: data, HOST: '0.0.0.0' })
    tell('from nothing to the address', server)
  })
  afterAll(() => shop.clear())

  it('comes from nothing to the first page, under the banner of the demonstration', async () => {
    expect(server.seconds).toBeLessThan(60)
    const { status, html } = await page(server)
    expect(status).toBe(200)
    expect(html).toContain('lang="kk"')
    expect(html).toMatch(/<aside class="q-demonstration"[\s\S]*<time datetime="2019-10-14T[\s\S]*<\/aside>/)
    expect(await (await fetch(`${server.url}/health/ready`)).status).toBe(200)
  })

  it('lets one in with one click', async () => {
    const { html, cookies } = await page(server)
    const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const enter = await fetch(`${server.url}/sign-in/one-click`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: csrf, login: 'almaty.clerk' }),
    })
    expect([enter.status, enter.headers.get('location')]).toEqual([303, '/work'])
    const cookie = enter.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const work = await (await fetch(`${server.url}/work`, { headers: { cookie } })).text()
    expect(work).toContain('q-demonstration')
    expect(work).toMatch(/\/cases\/\d{3}-\d{6}-\d{5}-\d/)
  })

  it('answers on the loopback alone, whatever HOST says', async () => {
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    // What listens on every address of a Linux machine answers on this one as well.
    await expect(fetch(`http://127.0.0.2:${server.port}/`)).rejects.toThrow('fetch failed')
    await expect(fetch(`http://[::1]:${server.port}/`)).rejects.toThrow('fetch failed')
  })

  it('says in words that its port is in use', async () => {
    const second = await shop.run(['start'], { env: { QYZMET_DATA: data, PORT: server.port } })
    expect([second.code, second.out]).toEqual([1, ''])
    for (const words of ['порты бос емес', 'занят', 'is in use', server.port]) expect(second.err).toContain(words)
    expect(second.err).not.toMatch(/\n {4}at /)
    // The database stays with the one that works.
    expect((await page(server)).status).toBe(200)
  })

  it('keeps its database from production', async () => {
    const refused = await shop.run(['serve'], { env: { QYZMET_DATA: data, PORT: '0' } })
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toContain('demonstration')
    expect((await page(server)).status).toBe(200)
  })

  it('goes on after a kill -9, and what was opened is there', async () => {
    const number = await openCase(server, 'almaty.clerk')
    const read = async (from: Server) => (await api(from, `/cases/${number}/events`, { token: await tokenOf(from, 'almaty.clerk') })).json
    const before = await read(server)
    expect(before.events.length).toBeGreaterThan(0)
    expect((await server.end('SIGKILL')).signal).toBe('SIGKILL')
    expect(databaseRuns(data)).toBe(true)
    server = await shop.serve('start', { QYZMET_DATA: data })
    tell('after a kill -9', server)
    expect(await read(server)).toEqual(before)
    const verified = await shop.run(['verify', '--json'], { env: { QYZMET_DATA: data } })
    expect(JSON.parse(verified.out).problems).toEqual([])
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly by %s, and its database with it', async (signal) => {
    const ended = await server.end(signal)
    expect([ended.code, ended.signal, ended.err]).toEqual([0, null, ''])
    expect(databaseRuns(data)).toBe(false)
    server = await shop.serve('start', { QYZMET_DATA: data })
    tell('warm', server)
    expect((await page(server)).status).toBe(200)
  })

  it('broken off while it starts leaves no database running', async () => {
    const broken = shop.folder()
    const starting = shop.begin(['start'], { env: { QYZMET_DATA: broken, PORT: '0' } })
    await expect.poll(() => databaseRuns(broken), { timeout: 60_000, interval: 20 }).toBe(true)
    starting.kill('SIGTERM')
    expect((await starting.ended).code).toBe(0)
    expect(databaseRuns(broken)).toBe(false)
  })

  it('told twice to end, as by Ctrl-C through the command before it, still closes its database', async () => {
    const folder = shop.folder()
    const running = shop.begin(['start'], { env: { QYZMET_DATA: folder, PORT: '0' } })
    await expect.poll(() => databaseRuns(folder), { timeout: 60_000, interval: 20 }).toBe(true)
    running.kill('SIGINT')
    running.kill('SIGTERM')
    running.kill('SIGINT')
    expect((await running.ended).code).toBe(0)
    expect(databaseRuns(folder)).toBe(false)
  })
})

describe('two servers on one database', () => {
  it('see the work of each other at once', async () => {
    const url = await newDatabase()
    try {
      const env = () => ({ QYZMET_DATA: shop.folder(), DATABASE_URL: url })
      const keys = { QYZMET_KEYS: shop.folder() }
      const one = await shop.serve('start', { ...env(), ...keys })
      const two = await shop.serve('start', { ...env(), ...keys })
      for (const [writer, reader] of [
        [one, two],
        [two, one],
      ] as const) {
        const number = await openCase(writer, 'almaty.clerk')
        const token = await tokenOf(reader, 'almaty.clerk')
        const seen = await api(reader, `/cases/${number}`, { token })
        expect([seen.status, seen.json.number]).toEqual([200, number])
        expect((await api(reader, '/work?limit=200', { token })).json.items.map((item: { number: string }) => item.number)).toContain(
          number,
        )
      }
      await one.end('SIGKILL')
      expect((await page(two)).status).toBe(200)
      expect((await two.end()).code).toBe(0)
    } finally {
      await shop.clear()
      await dropDatabase(url)
    }
  })
})

describe('qyzmet serve without people', () => {
  it('shows its start page without banner, and lets nobody in', async () => {
    const data = shop.folder()
    const server = await shop.serve('serve', { QYZMET_DATA: data })
    tell('production from nothing', server)
    const { status, html, cookies } = await page(server)
    expect(status).toBe(200)
    expect(html).not.toContain('q-demonstration')
    expect(html).not.toContain('one-click')
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await page(server, '/sign-in')).html)?.[1] ?? ''
    expect(csrf).not.toBe('')
    for (const [path, form] of [
      ['/sign-in', { login: 'almaty.clerk', password: 'qyzmet-demo' }],
      ['/sign-in/one-click', { login: 'almaty.clerk' }],
    ] as const) {
      const signIn = await page(server, '/sign-in')
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          cookie: [...cookies, ...signIn.cookies].map((cookie) => cookie.split(';')[0]).join('; '),
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ _csrf: csrf, ...form }),
      })
      expect([path, answer.status >= 400]).toEqual([path, true])
    }
    const { status: refused } = await api(server, '/tokens', { body: { login: 'almaty.clerk', password: 'qyzmet-demo' } })
    expect(refused).toBe(401)
    expect((await server.end()).code).toBe(0)
    expect(databaseRuns(data)).toBe(false)
  })
})

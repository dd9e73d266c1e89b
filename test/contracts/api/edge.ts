import { describe, expect, it } from 'vitest'
import type { ApiUnderTest, Office } from './office.ts'

export function edgeContract(office: () => Office, under: () => ApiUnderTest): void {
  describe('signing in', () => {
    it('tells who one is, and ends with the token', async () => {
      const { call } = office()
      const { json } = await call('POST', '/api/v1/tokens', { body: { login: 'almaty.clerk', password: 'qyzmet-demo' } })
      const me = await call('GET', '/api/v1/me', { token: json.token })
      expect(me.json).toMatchObject({ login: 'almaty.clerk', role: 'clerk', region: 'almaty', organisation: { id: 'almaty.directorate' } })
      expect(me.headers.get('cache-control')).toContain('no-store')
      expect((await call('DELETE', '/api/v1/tokens', { token: json.token })).status).toBe(204)
      expect((await call('GET', '/api/v1/me', { token: json.token })).status).toBe(401)
    })

    it('acts under another grant of the same person, and takes another password', async () => {
      const { call } = office()
      const { json } = await call('POST', '/api/v1/tokens', { body: { login: 'almaty.clerk3', password: 'qyzmet-demo' } })
      const token: string = json.token
      const other = json.me.grants.find((grant: { role: string }) => grant.role === 'specialist')
      const choose = (grant: string) => call('POST', '/api/v1/me/grant', { token, body: { grant } })
      expect((await choose(other.id)).json).toMatchObject({ role: 'specialist', unit: other.unit })
      const foreign = await choose('b1d6c0f2-0000-4000-8000-000000000000')
      expect([foreign.status, foreign.json.errors[0].pointer]).toEqual([422, '/grant'])
      const change = (current: string) => call('POST', '/api/v1/me/password', { token, body: { current, next: 'жеті қазына тоғыз жол' } })
      expect((await change('wrong')).json.errors[0].pointer).toBe('/current')
      expect((await change('qyzmet-demo')).status).toBe(200)
    })

    it('refuses nobody’s token, a wrong password, and too many tries', async () => {
      const { call } = office()
      const stranger = await call('GET', '/api/v1/me')
      expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      const guess = () => call('POST', '/api/v1/tokens', { body: { login: 'almaty.nobody', password: 'wrong' } })
      for (let i = 0; i < 5; i++) expect((await guess()).json.code).toBe('wrongSignIn')
      const late = await guess()
      expect([late.status, late.json.code]).toEqual([429, 'tooManyTries'])
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    })
  })

  describe('work', () => {
    it('comes page by page, each item once, in one order', async () => {
      const { call, tokens } = office()
      const mine = new Set<string>()
      for (let i = 0; i < 5; i++) mine.add(await office().open())
      const seen: string[] = []
      let path = '/api/v1/work?limit=2'
      for (let pages = 0; path !== '' && pages < 100; pages++) {
        const got = await call('GET', path, { token: tokens['almaty.clerk'] })
        seen.push(...got.json.items.map((item: { number: string; step: string }) => item.number))
        path = /^<([^>]+)>; rel="next"$/.exec(got.headers.get('link') ?? '')?.[1] ?? ''
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect([...mine].filter((number) => !seen.includes(number))).toEqual([])
      const count = await call('GET', '/api/v1/work/count', { token: tokens['almaty.clerk'] })
      expect(count.json.items).toBe(seen.length)
      const bad = await call('GET', '/api/v1/work?cursor=nonsense', { token: tokens['almaty.clerk'] })
      expect([bad.status, bad.json.errors[0].pointer]).toEqual([422, 'cursor'])
    })
  })

  describe('the law', () => {
    it('is public: editions, steps with clause and norm, organisations', async () => {
      const { call } = office()
      const listed = await call('GET', '/api/v1/regulations')
      const almaty = listed.json.regulations.find((r: { id: string }) => r.id === 'almaty-teacher-attestation')
      const one = await call('GET', '/api/v1/regulations/almaty-teacher-attestation')
      expect(one.json).toMatchObject({ edition: almaty.edition, region: 'almaty' })
      expect(one.json.steps[0].norms[0]).toMatchObject({ clause: '8.1', value: 15, unit: 'min' })
      const tag = one.headers.get('etag') ?? ''
      expect((await call('GET', '/api/v1/regulations/almaty-teacher-attestation', { headers: { 'if-none-match': tag } })).status).toBe(304)
      const early = await call('GET', '/api/v1/regulations/almaty-teacher-attestation?on=2016-01-01')
      expect([early.status, early.json.code]).toEqual([422, 'actNotInForce'])
      expect((await call('GET', '/api/v1/regulations/nowhere')).status).toBe(404)
      const { json } = await call('GET', '/api/v1/organisations?region=aktobe')
      expect(new Set(json.organisations.map((o: { region: string }) => o.region))).toEqual(new Set(['aktobe']))
    })
  })

  describe('the edge', () => {
    it('returns the trace it was given, names its version, and refuses what it does not know', async () => {
      const { call } = office()
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
      const got = await call('GET', '/api/v1/regulations', { headers: { traceparent } })
      expect(got.headers.get('traceparent')).toBe(traceparent)
      expect(got.headers.get('api-version')).toBe('1.0.0')
      const odd = await call('GET', '/api/v1/regulations', { headers: { traceparent: 'x' } })
      expect(odd.headers.get('traceparent')).toBeNull()
      expect((await call('GET', '/api/v1/nothing')).status).toBe(404)
      const put = await under().app.request('/api/v1/work', { method: 'PUT' })
      expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET'])
      const [live, ready] = [await under().app.request('/health/live'), await under().app.request('/health/ready')]
      expect([live.status, ready.status]).toEqual([200, 200])
    })
  })

  describe('the demonstration', () => {
    it('sets the faults of the register', async () => {
      const { call } = office()
      expect((await call('POST', '/api/v1/demo/register', { body: { down: true } })).json.down).toBe(true)
      expect((await call('GET', '/api/v1/demo/register')).json.down).toBe(true)
      expect((await call('POST', '/api/v1/demo/register', { body: { down: false, refuse: null } })).json.down).toBe(false)
      expect((await call('POST', '/api/v1/demo/register', { body: { refuse: 'because' } })).status).toBe(422)
    })

    it('moves the clock, and past its repeal an act is refused by the name of the act that repealed it', async () => {
      const { call, tokens } = office()
      const before = Date.parse((await call('GET', '/api/v1/demo/clock')).json.now)
      const later = Date.parse((await call('POST', '/api/v1/demo/clock', { body: { advance: 'PT2H' } })).json.now)
      expect(later - before).toBeGreaterThanOrEqual(7_200_000)
      expect((await call('POST', '/api/v1/demo/clock', { body: { advance: 'two hours' } })).status).toBe(422)
      expect((await call('POST', '/api/v1/demo/clock', { body: { now: '2021-02-31T10:00:00+06:00' } })).status).toBe(422)
      await call('POST', '/api/v1/demo/clock', { body: { now: '2020-12-29T10:00:00+06:00' } })
      const body = { service: 'teacher-attestation', channel: 'office' }
      const got = await call('POST', '/api/v1/cases', { token: tokens['almaty.clerk'], body })
      expect([got.status, got.json.code]).toEqual([422, 'actNotInForce'])
      expect(got.json.repealedBy).toMatchObject({ number: '4/620', date: '2020-12-28' })
      expect(got.json.detail).toContain('4/620')
    })
  })
}

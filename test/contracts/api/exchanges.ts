import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { ApiUnderTest, Login, Office } from './office.ts'

interface Listed {
  readonly home: number
  readonly id: string
  readonly case: string | null
  readonly direction: string
  readonly sentAt: string
  readonly href: string
}

/** The journal of exchanges, over what the demonstration's open cases ask the register meanwhile: two of them of people of whom it is out of reach or refuses. */
export function exchangesContract(office: () => Office, under: () => ApiUnderTest): void {
  describe('exchanges', () => {
    const span = 'from=2019-09-01&until=2019-10-14'
    const all = async (token: string, query: string): Promise<Listed[]> => {
      const seen: Listed[] = []
      for (let path = `/api/v1/exchanges?${query}`, pages = 0; path !== '' && pages < 200; pages++) {
        const got = await office().call('GET', path, { token })
        expect(got.status).toBe(200)
        seen.push(...got.json.items)
        path = /^<([^>]+)>; rel="next"$/.exec(got.headers.get('link') ?? '')?.[1] ?? ''
        expect(path === '').toBe(got.json.next === null)
      }
      return seen
    }
    const of = (login: Login, query: string) => all(office().tokens[login], query)
    /** More come meanwhile: what was there before is compared. */
    const ids = (rows: readonly Listed[], among: readonly Listed[] = rows) =>
      rows.map(({ id }) => id).filter((id) => among.some((one) => one.id === id))

    it('come page by page, each once, the newest first, to whoever may look through them', async () => {
      await expect.poll(async () => (await of('aktobe.supervisor', span)).length, { timeout: 20_000 }).toBeGreaterThan(2)
      const whole = await of('aktobe.supervisor', span)
      const byTwo = await of('aktobe.supervisor', `${span}&limit=2&direction=out&service=GBDFL_UniversalServiceSync`)
      expect(ids(byTwo, whole)).toEqual(ids(whole))
      expect(new Set(byTwo.map(({ id }) => id)).size).toBe(byTwo.length)
      const times = whole.map(({ sentAt }) => Date.parse(sentAt))
      expect(times).toEqual([...times].sort((a, b) => b - a))
      const one = whole[0]?.case ?? ''
      expect(new Set((await of('aktobe.supervisor', `${span}&case=${one}&outcome=failed`)).map((row) => row.case))).toEqual(new Set([one]))
      // The directorate's administrator sees those of its providers; the installation's chooses the region.
      expect((await of('aktobe.administrator', span)).length).toBeGreaterThan(0)
      const token = await under().administrator()
      expect(ids(await all(token, `${span}&region=aktobe`), whole)).toEqual(ids(whole))
      expect(await all(token, `${span}&region=almaty`)).toEqual([])
      expect((await office().call('GET', '/api/v1/exchanges?region=nowhere', { token })).json).toMatchObject({
        errors: [{ pointer: 'region' }],
      })
    })

    it('are nobody else’s, and a question that cannot be is refused at its place', async () => {
      const { call, tokens } = office()
      const ask = async (query: string, login: keyof typeof tokens = 'aktobe.supervisor') => {
        const { status, json } = await call('GET', `/api/v1/exchanges${query}`, { token: tokens[login] })
        return [status, json.errors?.[0]?.pointer ?? json.code]
      }
      expect(await ask('', 'almaty.clerk')).toEqual([403, 'forbidden'])
      expect(await ask('?region=almaty')).toEqual([403, 'forbidden'])
      expect(await ask('?from=2019-10-14&until=2019-10-13')).toEqual([422, 'until'])
      expect(await ask('?from=2019-02-30')).toEqual([422, 'from'])
      expect(await ask('?cursor=nonsense')).toEqual([422, 'cursor'])
      expect(await ask('?limit=0')).toEqual([422, 'limit'])
    })

    it('one opens with its messages, as a container, and under its case, to whoever may see the case and nobody else', async () => {
      const { call, tokens } = office()
      const [row] = (await of('aktobe.supervisor', `${span}&outcome=failed`)).slice(-1)
      if (row === undefined) throw new Error('the demonstration has exchanged, see above')
      const opened = await call('GET', row.href, { token: tokens['aktobe.supervisor'] })
      expect(opened.json.exchange).toEqual(row)
      expect(opened.json.request.original.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(JSON.stringify(opened.json)).not.toMatch(/<password>(?!\[removed\])/)
      const container = await call('GET', `${row.href}/container`, { token: tokens['aktobe.supervisor'] })
      expect(JSON.parse(strFromU8(unzipSync(container.bytes)['manifest.json'] ?? new Uint8Array())).exchange.id).toBe(row.id)
      const ofCase = await call('GET', `/api/v1/cases/${row.case}/exchanges`, { token: tokens['aktobe.supervisor'] })
      expect(ofCase.json.exchanges.map(({ id }: Listed) => id)).toContain(row.id)
      for (const path of [row.href, `${row.href}/container`, `/api/v1/cases/${row.case}/exchanges`, '/api/v1/exchanges/15/x'])
        expect([path, (await call('GET', path, { token: tokens['almaty.clerk'] })).status]).toEqual([path, 404])
    })
  })
}

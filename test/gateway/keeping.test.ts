import { randomUUID } from 'node:crypto'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startKeepingExchanges } from '../../src/desk/exchangeKeeping.ts'
import { homeOf } from '../../src/desk/numbers.ts'
import { containerOf } from '../../src/gateway/journal/container.ts'
import { openExchanges } from '../../src/gateway/journal/postgres/open.ts'
import { type MessageRecord, readRecord } from '../../src/gateway/journal/record.ts'
import { attendedRegister } from '../../src/gateway/journal/register.ts'
import { registerService } from '../../src/gateway/register/register.ts'
import { simulateRegister } from '../../src/gateway/register/simulator/simulator.ts'
import { type Office, openOffice, who } from '../desk/office.ts'

/** The words of exchanges end by their time; what proves them does not. */
describe('the words of an exchange', () => {
  const day = 86_400_000
  const begins = Date.parse('2019-10-14T10:00:00+05:00')
  const clock = { time: begins, now: () => clock.time }
  const now = () => new Date(clock.time).toISOString()
  let office: Office
  let close: () => Promise<void>
  let exchanges: Awaited<ReturnType<typeof openExchanges>>
  let number: string
  const told: number[] = []

  beforeAll(async () => {
    ;({ office, close } = await openOffice())
    exchanges = await openExchanges(office.ledger.database, office.ledger.files, Date.now)
    number = await office.open('aktobe', 'corporation')
    const register = attendedRegister(simulateRegister({ now }), registerService, homeOf, { ...exchanges, now })
    const consent = { at: now(), form: 'written' as const }
    expect((await register.ask({ iin: '840404499918', caseNumber: number, queryId: 'q', consent, purpose: 'test' })).kind).toBe('found')
  })
  afterAll(async () => {
    await exchanges.turns.close()
    await close()
  })

  const home = () => homeOf(number) ?? 0
  const row = async () => (await exchanges.journal.ofCase(home(), number))[0] ?? expect.unreachable()
  const read = async (sha256: string | null): Promise<MessageRecord> =>
    readRecord((await office.ledger.files.get(home(), number, sha256 ?? '')) ?? expect.unreachable())
  const keep = () =>
    startKeepingExchanges({
      ...{ keeping: exchanges.keeping, ledger: office.ledger, clock, zone: 'Asia/Aqtobe', keptDays: 366, everyMs: 3_600_000 },
      homes: [home()],
      trimmed: (count) => told.push(count),
      onFailure: (cause) => expect.unreachable(String(cause)),
    })
  const once = async () => {
    const keeping = keep()
    const trimmed = await keeping.once()
    await keeping.stop()
    return trimmed
  }

  it('stay while their time goes on, and while the case does', async () => {
    clock.time = begins + 367 * day
    expect(await once()).toBe(0)
    const withdrawn = await office.desk.office(number, { do: 'withdraw', reason: 'Жазбаша өтініш' }, who('aktobe', 'operator'), {
      key: randomUUID(),
    })
    expect(withdrawn.kind).toBe('done')
    clock.time = begins + 366 * day
    expect(await once()).toBe(0)
    expect((await read((await row()).request)).body).toContain('840404499918')
  })

  it('go after it, once for all servers, and leave what proves them', async () => {
    clock.time = begins + 367 * day
    const before = await row()
    const records = [await read(before.request), await read(before.response)]
    const [one, two] = [keep(), keep()]
    const trimmed = await Promise.all([one.once(), two.once()])
    await Promise.all([one.stop(), two.stop()])
    expect(trimmed.reduce<number>((sum, some) => sum + (some ?? 0), 0) + told.reduce((sum, some) => sum + some, 0)).toBe(1)
    const after = await row()
    expect({ ...after, request: null, response: null }).toEqual({ ...before, request: null, response: null })
    for (const [record, was, sha256] of [
      [await read(after.request), records[0], before.request],
      [await read(after.response), records[1], before.response],
    ] as const) {
      expect(record).toEqual({ ...was, body: '', removed: [...(was?.removed ?? []), 'body'], trimmed: sha256 })
      expect(await office.ledger.files.get(home(), number, sha256 ?? '')).toBeNull()
    }
    const { rows } = await office.ledger.database.pool.query<{ left: string }>(
      `select count(*) as left from file_chunk where home = $1 and case_number = $2`,
      [home(), number],
    )
    expect(Number(rows[0]?.left)).toBe(2)
    expect(await office.problems()).toEqual([])
    expect(await once()).toBe(0)
    // What is downloaded now names the same original as what was downloaded before.
    const manifest = async (request: MessageRecord) =>
      JSON.parse(
        strFromU8(
          unzipSync(containerOf({ row: after, request, response: null, events: [], madeAt: now() }))['manifest.json'] ?? new Uint8Array(),
        ),
      )
    const [then, later] = [await manifest(records[0] ?? expect.unreachable()), await manifest(await read(after.request))]
    expect(later.messages[0].original).toEqual(then.messages[0].original)
    expect(later.messages[0].trimmed).toBe(before.request)
  })

  it('are looked through on the day that follows by itself, and tokens of consent that are over go too', async () => {
    const { pool } = office.ledger.database
    await pool.query(`insert into consent_token values ($1, $2, 'over', $3, ''), ($1, $2, 'valid', $4, '')`, [
      home(),
      number,
      now(),
      new Date(clock.time + 2 * day).toISOString(),
    ])
    clock.time += day
    const keeping = keep()
    await keeping.stop()
    // It was stopped before it began, or did its work: the next one does it then.
    const next = keep()
    await expect.poll(async () => (await pool.query('select query from consent_token')).rows).toEqual([{ query: 'valid' }])
    await next.stop()
  })
})

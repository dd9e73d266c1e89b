import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { momentIn } from '../../src/desk/clock.ts'
import { noticeBook } from '../../src/desk/notices/book.ts'
import { noticeHandler } from '../../src/desk/notices/dispatch.ts'
import { noticeWords } from '../../src/desk/notices/words.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { type RunningEffects, runEffects } from '../../src/ledger/effects/runEffects.ts'
import { openNoticeLog } from '../../src/notices/postgres/open.ts'
import { type CarrierSimulator, edgePhones, simulateCarriers } from '../../src/notices/simulator/simulator.ts'
import { destroyedBy } from '../ledger/commands.ts'
import { type Office, openOffice, who } from './office.ts'

const languages = loadLanguages(join(import.meta.dirname, '../../src/language'))

describe('notices', () => {
  let office: Office
  let close: () => Promise<void>
  let carriers: CarrierSimulator
  let effects: RunningEffects
  let told: (number: string) => ReturnType<ReturnType<typeof noticeBook>['ofCase']>
  /** Ahead of the machine, so that pauses between tries need not be waited for. */
  const skipped = { ms: 0 }
  const failures: unknown[] = []

  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  beforeEach(async () => {
    const { ledger, statutes, shelf, clock } = office
    const log = await openNoticeLog(ledger.database)
    carriers = simulateCarriers({ now: () => momentIn('Asia/Almaty', clock.time), machine: () => Date.now() + skipped.ms })
    const book = noticeBook(log, ledger.files)
    told = async (number) => book.ofCase((await office.file(number)).home, number)
    const words = {
      languages,
      tracker: { world: statutes.world, organisation: () => undefined },
      hours: () => ({ kk: '—', ru: '—' }),
      zoneOf: statutes.zoneOf,
      publicUrl: 'https://kyzmet.invalid',
    }
    const notify = noticeHandler({
      shelf,
      log,
      files: ledger.files,
      carriers,
      words: (file, kind, at) => noticeWords(words, file, kind, at),
      now: (file) => momentIn(statutes.zoneOf(file.bound.law.regulation.region), clock.time),
      machine: () => Date.now() + skipped.ms,
      timeoutMs: 500,
    })
    effects = await runEffects(
      ledger.database,
      { notify: ({ payload }) => notify(payload) },
      { failed: (_, cause) => failures.push(cause) },
    )
  })
  afterEach(async () => {
    await effects.stop()
    expect(failures.splice(0)).toEqual([])
  })

  /** What waits is due now. */
  const hurry = () => office.ledger.database.pool.query(`update graphile_worker._private_jobs set run_at = now() where locked_at is null`)
  const until = async (number: string, seen: (lines: Awaited<ReturnType<typeof told>>) => boolean) => {
    for (let turn = 0; turn < 100; turn++) {
      const lines = await told(number)
      if (seen(lines)) return lines
      await hurry()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`never: ${JSON.stringify(await told(number))}`)
  }
  const all =
    (state: string, count = 1) =>
    (lines: Awaited<ReturnType<typeof told>>) =>
      lines.length === count && lines.every((line) => line.state === state)

  /** Accepted in Almaty's office, with this telephone. */
  const accepted = async (applicant: Record<string, string>) => office.walk('almaty', 'office', 'refer', { applicant })

  it('of receipt goes out with the events, once, and its words and address lie under the key of the case', async () => {
    const number = await accepted({ phone: '8 700 000 10 03', email: 'a@example.kz' })
    const lines = await until(number, all('delivered', 2))
    expect(lines.map(({ channel, kind, tries, segments }) => [channel, kind, tries, segments > 0])).toEqual([
      ['email', 'received', 1, true],
      ['sms', 'received', 1, true],
    ])
    expect(lines[1]?.words).toMatchObject({ to: '+77000001003', body: expect.stringContaining(number) })
    const boxes = carriers.boxes().filter(({ messages }) => messages.some(({ body }) => body.includes(number)))
    expect(boxes.map(({ address, messages }) => [address, messages.length])).toEqual(
      expect.arrayContaining([
        ['a@example.kz', 1],
        ['+77000001003', 1],
      ]),
    )
    const { rows } = await office.ledger.database.pool.query(`select row_to_json(n)::text as row from notice as n`)
    for (const { row } of rows) expect(row).not.toMatch(/7000001003|example\.kz|өтініш/)
    expect(await office.problems()).toEqual([])
  })

  it('is moved on only from where it was read: of two servers that have it in hand one goes on', async () => {
    const number = await accepted({ phone: '+7 700 000 10 09' })
    const [line] = await until(number, all('delivered'))
    if (line === undefined) throw new Error('nobody was told')
    const log = await openNoticeLog(office.ledger.database)
    const next = { task: 'notify', key: 'late', payload: {}, runAt: new Date().toISOString() }
    await log.settle({ ...line, state: 'waiting' }, { ...line, state: 'handed', asked: 0 }, next)
    expect(await told(number)).toEqual([line])
    const { rows } = await office.ledger.database.pool.query(`select key from graphile_worker.jobs where key like '%late'`)
    expect(rows).toEqual([])
  })

  it('goes to nobody where no address was given', async () => {
    const number = await accepted({})
    await hurry()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await told(number)).toEqual([])
  })

  it('is not offered to a carrier where what was typed is no telephone, and the log says so', async () => {
    const number = await accepted({ phone: 'көршімнен сұраңыз' })
    const [line] = await until(number, all('refused'))
    expect(line).toMatchObject({ code: 'noSuchAddress', tries: 0 })
  })

  it('waits out a carrier that is away while the case goes on, and reaches its reader once', async () => {
    carriers.faults.down = true
    const number = await accepted({ phone: '+7 700 000 20 01' })
    await until(number, ([line]) => line?.state === 'waiting' && line.tries >= 2)
    // Nobody's desk stands still for it.
    expect(await office.go(number)).toMatchObject({ kind: 'done' })
    carriers.faults.down = false
    skipped.ms += 60_000
    const [line] = await until(number, all('delivered'))
    expect(line?.tries).toBeGreaterThan(2)
    expect(carriers.boxes().find(({ address }) => address === '+77000002001')?.messages).toHaveLength(1)
  })

  it('does not wait for a carrier that is slow, and sends once what it took without saying so', async () => {
    carriers.faults.lostReply = true
    const number = await accepted({ phone: '+7 700 000 20 02' })
    await until(number, ([line]) => (line?.tries ?? 0) >= 2)
    carriers.faults.lostReply = false
    skipped.ms += 60_000
    await until(number, all('delivered'))
    expect(carriers.boxes().find(({ address }) => address === '+77000002002')?.messages).toHaveLength(1)
  })

  it('is not tried again where the carrier refuses; a corrected telephone is told what still holds', async () => {
    const number = await accepted({ phone: edgePhones.refused })
    const [refused] = await until(number, all('refused'))
    expect(refused).toMatchObject({ tries: 1, code: 'noSuchAddress', nextAt: null })
    const correction = { do: 'correct', entry: 'applicant.phone', value: '+7 700 000 20 03', reason: 'цифр қате жазылған' } as const
    const { state } = await office.file(number)
    const by = state.step ? who('almaty', state.step.role, state.step.organisation ?? undefined) : who('almaty', 'clerk')
    expect(await office.desk.office(number, correction, by, { key: randomUUID() })).toMatchObject({ kind: 'done' })
    const lines = await until(number, (found) => found.length === 2 && found.some((line) => line.state === 'delivered'))
    expect(lines.find((line) => line.state === 'delivered')?.words?.to).toBe('+77000002003')
  })

  it('that never arrives is told as such, one on its way is asked after', async () => {
    const lost = await accepted({ phone: edgePhones.undelivered })
    const late = await accepted({ phone: edgePhones.late })
    expect(await until(lost, all('undelivered'))).toMatchObject([{ code: 'expired' }])
    await until(late, ([line]) => line?.state === 'handed' && line.asked >= 1)
    skipped.ms += 600_000
    await until(late, all('delivered'))
  })

  it('is dropped when it would say what is no longer so', async () => {
    carriers.faults.down = true
    const number = await accepted({ phone: '+7 700 000 20 04' })
    await until(number, ([line]) => (line?.tries ?? 0) >= 1)
    const { state } = await office.file(number)
    const by = who('almaty', state.step?.role ?? 'clerk', state.step?.organisation ?? undefined)
    await office.desk.office(number, { do: 'withdraw', reason: 'өтініш берушінің қалауы' }, by, { key: randomUUID() })
    carriers.faults.down = false
    skipped.ms += 60_000
    const lines = await until(number, (found) => found.length === 2 && found.every(({ nextAt }) => nextAt === null))
    expect(lines.map(({ kind, state: now }) => [kind, now])).toEqual([
      ['received', 'pointless'],
      ['withdrawn', 'delivered'],
    ])
  })

  it('is told once of a lateness, with the way to complain', async () => {
    const number = await office.walk('almaty', 'office', 'examine', { applicant: { phone: '+7 700 000 20 05' } })
    office.at('2019-12-02T12:00:00+06:00')
    const { dues } = (await office.file(number)).state
    await office.desk.mark(
      number,
      dues.map(({ id }) => id),
    )
    const lines = await until(number, (found) => found.filter((line) => line.kind === 'late' && line.state === 'delivered').length === 1)
    expect(lines.find((line) => line.kind === 'late')?.words?.body).toMatch(/шағым/i)
    office.at('2019-10-14T10:00:00+06:00')
  })

  it('of a destroyed case keeps its course and no words', async () => {
    const number = await accepted({ phone: '+7 700 000 20 06' })
    const { home } = await office.file(number)
    await until(number, all('delivered'))
    const book = noticeBook(await openNoticeLog(office.ledger.database), office.ledger.files)
    await office.ledger.destroy(home, number, destroyedBy())
    expect(await book.ofCase(home, number)).toMatchObject([{ state: 'delivered', words: null }])
  })
})

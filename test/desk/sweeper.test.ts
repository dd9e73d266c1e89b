import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sweeper, startSweeper } from '../../src/desk/sweeper.ts'
import { type Office, openOffice } from './office.ts'

describe('the sweeper', () => {
  let office: Office
  let close: () => Promise<void>
  let sweeper: Sweeper
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
    const { ledger, desk, clock } = office
    const fail = (cause: unknown) => {
      throw cause
    }
    sweeper = startSweeper({ ledger, desk, clock: { now: () => clock.time }, everyMs: 3_600_000, onFailure: fail })
  })
  afterAll(async () => {
    await sweeper.stop()
    await close()
  })

  const marks = async (number: string) =>
    (await office.events(number)).flatMap((e) => (e.type === 'DueWarned' || e.type === 'DueMissed' ? [`${e.type} ${e.data.id}`] : []))

  /** A case whose examination runs since Monday 14 October 10:00, due on Thursday 17 at 18:30. */
  const examining = async () => {
    office.at('2019-10-14T09:50:00+06:00')
    return office.walk('almaty', 'office', 'examine')
  }

  it('warns once and marks as late once, and leaves alone what is not due', async () => {
    const number = await examining()
    office.at('2019-10-14T12:00:00+06:00')
    await sweeper.once()
    expect(await marks(number)).toEqual([])
    const warnAt = (await office.file(number)).state.dues.find((d) => d.id === 'examine/8.3')?.warnAt ?? ''
    office.at(warnAt)
    await sweeper.once()
    await sweeper.once()
    expect(await marks(number)).toEqual(['DueWarned examine/8.3'])
    office.at('2019-10-17T18:30:00+06:00')
    await sweeper.once()
    expect(await marks(number)).toEqual(['DueWarned examine/8.3'])
    office.at('2019-10-17T18:30:01+06:00')
    await sweeper.once()
    await sweeper.once()
    expect(await marks(number)).toEqual(['DueWarned examine/8.3', 'DueMissed examine/8.3'])
  })

  it('loses nothing when the clock jumps over warning and term, nor when the server was down for months', async () => {
    const numbers = [await examining(), await examining(), await examining()]
    office.at('2020-03-02T10:00:00+06:00')
    await sweeper.once()
    for (const number of numbers) expect(await marks(number)).toEqual(['DueMissed examine/8.3'])
    await sweeper.once()
    for (const number of numbers) expect(await marks(number)).toEqual(['DueMissed examine/8.3'])
  })

  it('marks nothing twice when the clock is set back and comes again', async () => {
    const number = await examining()
    office.at('2019-10-18T10:00:00+06:00')
    await sweeper.once()
    office.at('2019-10-15T10:00:00+06:00')
    await sweeper.once()
    office.at('2019-10-18T10:00:00+06:00')
    await sweeper.once()
    expect(await marks(number)).toEqual(['DueMissed examine/8.3'])
  })

  it('marks nothing that was done in time or has ended', async () => {
    const number = await examining()
    await office.desk.office(
      number,
      { do: 'withdraw', reason: 'Жазбаша өтініш' },
      { region: 'almaty', actor: { kind: 'staff', id: 'clerk', role: 'clerk', organisation: 'provider' } },
      { key: randomUUID() },
    )
    office.at('2019-11-18T10:00:00+06:00')
    await sweeper.once()
    expect(await marks(number)).toEqual([])
  })

  it('sweeps once where two processes would', async () => {
    const number = await examining()
    office.at('2019-10-18T10:00:00+06:00')
    await Promise.all([sweeper.once(), sweeper.once(), sweeper.once()])
    expect(await marks(number)).toEqual(['DueMissed examine/8.3'])
    expect(await office.problems()).toEqual([])
  })

  it('finds more cases than one batch holds', async () => {
    office.at('2019-11-04T09:50:00+06:00')
    const numbers = await Promise.all(Array.from({ length: 520 }, () => office.open('almaty', 'office')))
    office.at('2019-11-05T10:00:00+06:00')
    expect(await sweeper.once()).toBeGreaterThanOrEqual(520)
    const waiting = await office.ledger.due.until('2019-11-05T04:00:00Z', 10)
    expect(waiting).toEqual([])
    expect(await marks(numbers.at(-1) ?? '')).toEqual(['DueMissed accept/8.1'])
  })
})

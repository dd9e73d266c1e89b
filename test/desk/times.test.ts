import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Office, openOffice, said, who } from './office.ts'

describe('a clock at its edges', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  it('an intake on the last day of a year counts into the next one', async () => {
    office.at('2019-12-31T17:00:00+06:00')
    const number = await office.walk('almaty', 'office', 'examine')
    const due = (await office.file(number)).state.dues.find(({ id }) => id === 'examine/8.3')
    expect(due?.dueAt.slice(0, 4)).toBe('2020')
    expect(due?.dueAt).toBe('2020-01-08T18:30:00+06:00')
    expect(await office.problems()).toEqual([])
  })

  it('set back and forward over a warning and a miss marks each once, and nothing after the end', async () => {
    office.at('2019-10-14T10:00:00+06:00')
    const number = await office.walk('almaty', 'office', 'examine')
    const dues = (await office.file(number)).state.dues.filter(({ binding }) => binding).map(({ id }) => id)
    const marks = async () =>
      (await office.events(number))
        .filter(({ type }) => type === 'DueWarned' || type === 'DueMissed')
        .map(({ type, data }) => `${type} ${String(data.id)}`)
    for (const moment of [
      '2019-10-17T18:00:00+06:00',
      '2019-10-14T11:00:00+06:00',
      '2019-10-21T10:00:00+06:00',
      '2019-10-15T10:00:00+06:00',
      '2019-10-22T10:00:00+06:00',
    ]) {
      office.at(moment)
      await Promise.all([office.desk.mark(number, dues), office.desk.mark(number, dues)])
    }
    const told = await marks()
    expect(told.length).toBeGreaterThan(0)
    expect(new Set(told).size).toBe(told.length)
    await office.desk.office(number, { do: 'withdraw', reason: 'a' }, who('almaty', 'clerk'), { key: randomUUID() })
    office.at('2019-12-01T10:00:00+06:00')
    await office.desk.mark(number, dues)
    expect(await marks()).toEqual(told)
    expect((await office.ledger.due.until('2030-01-01T00:00:00Z', 500)).filter((row) => row.case === number)).toEqual([])
    expect(await office.problems()).toEqual([])
  })

  it('across the change of zones no case is opened under acts that are gone, and an open one goes on', async () => {
    office.at('2020-12-20T10:00:00+06:00')
    const number = await office.walk('almaty', 'office', 'refer')
    office.at('2024-03-01T10:00:00+05:00')
    const opening = {
      service: 'teacher-attestation',
      region: 'almaty',
      channel: 'office',
      provider: { id: 'provider', kind: 'directorate' },
      branch: null,
      location: 'local',
    } as const
    expect(await office.desk.open(opening, who('almaty', 'clerk'), { key: randomUUID() })).toMatchObject({ kind: 'notInForce' })
    expect(said(await office.go(number))).toMatchObject({ kind: 'done' })
    const { state } = await office.file(number)
    expect(state.step?.since).toBe('2024-03-01T10:00:00+05:00')
    expect(state.dues.find(({ id }) => id === 'examine/8.3')?.dueAt).toMatch(/^2024-03-06T.*\+05:00$/)
    expect(await office.problems()).toEqual([])
  })

  it('two at once on every pair of commands: one is done, the other is told that the case moved, and the chain holds', async () => {
    office.at('2019-10-14T10:00:00+06:00')
    const commands = (number: string, seen: number) => {
      const request = () => ({ key: randomUUID(), seen })
      const ask = (command: Parameters<Office['desk']['office']>[1], role: string) =>
        office.desk.office(number, command, who('almaty', role), request())
      return [
        () => office.go(number, {}, { seen }),
        () => ask({ do: 'return', reason: 'a' }, 'head'),
        () => ask({ do: 'withdraw', reason: 'a' }, 'clerk'),
        () => ask({ do: 'correct', entry: 'application.name', value: 'Басқа', reason: 'a' }, 'clerk'),
        () => ask({ do: 'reissue', paper: 'receipt-1', reason: 'a' }, 'clerk'),
      ]
    }
    for (let one = 0; one < 5; one++)
      for (let other = 0; other < 5; other++) {
        const number = await office.walk('almaty', 'office', 'refer')
        const { version } = await office.file(number)
        const pair = commands(number, version)
        const outcomes = await Promise.all([pair[one]?.(), pair[other]?.()])
        expect(outcomes.map((outcome) => outcome?.kind).sort(), `${one} and ${other}`).toEqual(['changed', 'done'])
      }
    expect(await office.problems()).toEqual([])
  })
})

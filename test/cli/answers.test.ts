import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { verifyShape } from './shapes.ts'
import { openWorkshop } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
const reasons = ['working', 'dayOff', 'holiday', 'transferred', 'swappedOff', 'swappedWork', 'dayZero'] as const

const deadlineShape = z.strictObject({
  id: z.string(),
  norm: z.strictObject({ value: z.number(), unit: z.enum(['min', 'wd', 'cd']), clause: z.string().nullable() }),
  receivedAt: moment,
  dayZero: z.iso.date(),
  days: z.array(z.strictObject({ date: z.iso.date(), counts: z.boolean(), reason: z.enum(reasons), act: z.string().nullable() })).min(1),
  rules: z.array(z.strictObject({ id: z.string(), source: z.string() })).min(1),
  calendar: z.strictObject({ id: z.string(), act: z.string().nullable(), confirmed: z.boolean() }),
  dueDate: z.iso.date(),
  dueAt: moment,
  warnings: z.array(z.strictObject({ code: z.string(), text: z.string() })),
})

const regulationShape = z.object({
  id: z.string(),
  edition: z.iso.date(),
  sha256,
  clauses: z
    .array(
      z.object({
        clause: z.string(),
        status: z.enum(['executed', 'uncovered', 'stated', 'notExecutable']),
        steps: z.array(z.string()),
        branches: z.array(z.object({ outcome: z.string(), examples: z.array(z.string()) })),
        reason: z.record(z.string(), z.string()).optional(),
      }),
    )
    .min(1),
  executable: z.int(),
  executed: z.int(),
  stated: z.int(),
})
const coverageShape = z.strictObject({ regulations: z.array(regulationShape).min(3), complete: z.boolean() })
describe('qyzmet deadline', () => {
  const asked = ['deadline', '--region', 'aktobe', '--clause', '5', '--location', 'local', '--at', '2018-08-24T10:00+05:00']

  it('answers one question with its proof as JSON', async () => {
    const { code, out, err } = await shop.run([...asked, '--json'])
    expect([code, err]).toEqual([0, ''])
    const answer = deadlineShape.parse(JSON.parse(out))
    // A Saturday that works instead of a Friday counts (P1700000864); the Sunday does not.
    expect(answer).toMatchObject({
      id: 'aktobe:5',
      norm: { value: 2, unit: 'wd', clause: '5' },
      receivedAt: '2018-08-24T10:00:00+05:00',
      dayZero: '2018-08-24',
      dueDate: '2018-08-27',
      dueAt: '2018-08-27T18:30:00+05:00',
      calendar: { id: 'kz-5', act: 'P1700000864', confirmed: true },
    })
    expect(answer.days.map(({ date, counts, reason }) => [date, counts, reason])).toEqual([
      ['2018-08-24', false, 'dayZero'],
      ['2018-08-25', true, 'swappedWork'],
      ['2018-08-26', false, 'dayOff'],
      ['2018-08-27', true, 'working'],
    ])
  })

  it('tells the same in words of three languages', async () => {
    const told = await Promise.all(['kk', 'ru', 'en'].map((language) => shop.run([...asked, '--language', language])))
    for (const { code, out, err } of told) {
      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('27.08.2018')
    }
    expect(new Set(told.map(({ out }) => out)).size).toBe(3)
  })

  it('says no where no act is in force or the clause has no norm', async () => {
    const early = await shop.run([...asked.slice(0, -1), '2001-08-24T10:00+05:00', '--json'])
    expect([early.code, JSON.parse(early.out).error.code]).toEqual([1, 'nothingInForce'])
    const other = await shop.run(['deadline', '--region', 'aktobe', '--clause', '99', '--at', '2018-08-24T10:00+05:00'])
    expect([other.code, other.out]).toEqual([1, ''])
    expect(other.err).toContain('99')
  })

  it('answers a batch line by line in order, unreadable lines too', async () => {
    const line = { unit: 'wd', value: 3, receivedAt: '2019-10-14T10:00:00+06:00', zone: 'Asia/Almaty', receiver: 'corporation' }
    const lines = [
      JSON.stringify({ ...line, id: 'a', performer: 'provider' }),
      'nonsense',
      '',
      JSON.stringify({ ...line, id: 'b', unit: 'min', value: 20, receiver: 'provider', performer: 'provider' }),
      JSON.stringify({ ...line, id: 'c', unit: 'fortnight', performer: 'provider' }),
      // The last line without its end.
      JSON.stringify({ ...line, id: 'd', unit: 'cd', performer: 'corporation' }),
    ]
    const { code, out } = await shop.run(['deadline', '--batch'], { stdin: lines.join('\n') })
    const answers = out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(code).toBe(1)
    expect(answers.map(({ id, error }) => [id, error?.code !== undefined])).toEqual([
      ['a', false],
      [null, true],
      ['b', false],
      ['c', true],
      ['d', false],
    ])
    for (const answer of answers) if (answer.error === undefined) deadlineShape.parse(answer)
    expect(answers[0]).toMatchObject({ dueDate: '2019-10-17', dueAt: '2019-10-17T18:30:00+06:00' })
    expect(answers[2]).toMatchObject({ dueAt: '2019-10-14T10:20:00+06:00' })
    const fine = await shop.run(['deadline', '--batch', '--json'], { stdin: `${lines[0]}\n` })
    expect([fine.code, fine.out]).toEqual([0, `${JSON.stringify(answers[0])}\n`])
  })
})

describe('qyzmet coverage and qyzmet selfcheck', () => {
  it('coverage tells each clause of each regulation, and that all is executed', async () => {
    const { code, out, err } = await shop.run(['coverage', '--json'])
    expect([code, err]).toEqual([0, ''])
    const { regulations, complete } = coverageShape.parse(JSON.parse(out))
    expect(complete).toBe(true)
    for (const { clauses, executable, executed, stated } of regulations) {
      expect(executed).toBe(executable)
      expect(clauses.filter(({ status }) => status === 'executed')).toHaveLength(executed)
      expect(clauses.filter(({ status }) => status === 'stated')).toHaveLength(stated)
      for (const { status, reason } of clauses) if (status === 'notExecutable' || status === 'stated') expect(reason).toBeTruthy()
    }
    const told = await shop.run(['coverage'])
    expect(told.code).toBe(0)
    for (const { id, edition, executed, executable } of regulations)
      expect(told.out).toContain(`${id} ${edition}: ${executed}/${executable}`)
  })

  it('selfcheck plays every example and tells its path', async () => {
    const env = { QYZMET_DATA: shop.folder() }
    const { code, out, err } = await shop.run(['selfcheck', '--json'], { env })
    expect([code, err]).toEqual([0, ''])
    const step = z.object({ clause: z.string(), step: z.string(), at: moment })
    const played = z.object({ regulation: z.string(), example: z.string(), path: z.array(step), ok: z.literal(true) })
    const shape = z.object({ cases: z.array(played).min(40), coverage: coverageShape, verified: verifyShape, ok: z.literal(true) })
    const { cases, coverage, verified } = shape.parse(JSON.parse(out))
    expect(coverage.complete).toBe(true)
    expect(verified).toMatchObject({ cases: cases.length, problems: [] })
    expect(new Set(cases.map(({ regulation }) => regulation))).toEqual(new Set(coverage.regulations.map(({ id }) => id)))
  })
})

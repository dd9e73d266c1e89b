import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorld } from '../cli/world.ts'
import { loadLanguages } from '../language/load.ts'
import { type Language, languages } from '../language/messages.ts'
import { createTranslator } from '../language/translator.ts'
import { type Deadline, type DeadlineInput, dayZero, deadline } from './deadline.ts'
import { deliverBy, isLate, remaining, warnAt } from './meter.ts'
import { formatMoment, parseMoment, zoneOf } from './moments.ts'
import { openAt, type World } from './schedule.ts'
import { deadlineJson, explain, renderError, renderLine, renderWarning } from './words.ts'

const root = join(import.meta.dirname, '..', '..')
const parsed = readWorld(join(root, 'regulations'))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1))
const world: World = parsed.value
const words = loadLanguages(join(root, 'src', 'language'))
const translator = (language: Language) => createTranslator(words[language], language)

const base: DeadlineInput = {
  id: 'aktobe:5',
  norm: { value: 2, unit: 'wd', clause: '5' },
  receivedAt: '2018-08-24T10:00+05:00',
  zone: 'Asia/Aqtobe',
  receiver: { kind: 'corporation' },
  performer: { kind: 'provider' },
}
function due(change: Partial<DeadlineInput> = {}, place = world): Deadline {
  const answer = deadline({ ...base, ...change }, place)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}
const errorOf = (change: Partial<DeadlineInput>) => {
  const answer = deadline({ ...base, ...change }, world)
  return answer.ok ? undefined : answer.error
}

describe('the proof', () => {
  it('is the stable JSON, all of it', () => {
    expect(deadlineJson(due(), translator('en'))).toEqual({
      id: 'aktobe:5',
      norm: { value: 2, unit: 'wd', clause: '5' },
      receivedAt: '2018-08-24T10:00:00+05:00',
      dayZero: '2018-08-24',
      days: [
        { date: '2018-08-24', counts: false, reason: 'dayZero', act: 'Z1300000088 20(1)' },
        { date: '2018-08-25', counts: true, reason: 'swappedWork', act: 'P1700000864' },
        { date: '2018-08-26', counts: false, reason: 'dayOff', act: 'K1500000414 84(2)' },
        { date: '2018-08-27', counts: true, reason: 'working', act: 'K1500000414 71(1)' },
      ],
      rules: [
        { id: 'startCorporation', source: 'Z1300000088 20(1)' },
        { id: 'closeOfHours', source: 'reading: the last day lasts until the organisation closes' },
      ],
      calendar: { id: 'kz-5', act: 'P1700000864', confirmed: true },
      dueDate: '2018-08-27',
      dueAt: '2018-08-27T18:30:00+05:00',
      warnings: [],
    })
  })

  it('cites only what was in force on the day of receipt', () => {
    const rules = (receivedAt: string, receiver: 'provider' | 'corporation') =>
      due({ receivedAt, receiver: { kind: receiver } }).rules.map((rule) => [rule.id, rule.confirmed])
    // Sunday 27.06.2021 and Sunday 04.07.2021: the Code is in force from 01.07.2021.
    expect(rules('2021-06-27T10:00+05:00', 'provider')).toEqual([
      ['startBefore2021', false],
      ['afterHoursBefore2021', false],
      ['closeOfHours', true],
    ])
    expect(rules('2021-07-04T10:00+05:00', 'provider')).toEqual([
      ['startAppc', true],
      ['afterHoursAppc', true],
      ['closeOfHours', true],
    ])
    expect(rules('2021-06-30T10:00+05:00', 'provider')[0]).toEqual(['startBefore2021', false])
    expect(rules('2021-07-01T10:00+05:00', 'provider')[0]).toEqual(['startAppc', true])
    expect(rules('2021-07-05T10:00+05:00', 'corporation')[0]).toEqual(['startCorporation', true])
    expect(rules('2017-07-05T10:00+05:00', 'corporation')[0]).toEqual(['startCorporationBefore2018', false])
  })

  it('warns of all that is not confirmed', () => {
    const codes = (change: Partial<DeadlineInput>) =>
      due(change).warnings.map((warning) => [warning.code, ...Object.values(warning.params)])
    expect(codes({ receivedAt: '2026-11-20T10:00+05:00', receiver: { kind: 'provider' } })).toEqual([['calendarUnconfirmed', 2026]])
    expect(due({ receivedAt: '2026-11-20T10:00+05:00' }).calendar).toEqual({ id: 'kz-5', act: null, confirmed: false })
    expect(codes({ receivedAt: '2020-05-06T10:00+05:00', receiver: { kind: 'provider' } })).toEqual([
      ['calendarGap', '2020-03-16', '2020-05-11'],
      ['ruleUnconfirmed', 'startBefore2021'],
    ])
    expect(codes({ receivedAt: '2022-03-04T19:00+05:00', receiver: { kind: 'provider' } })).toEqual([
      ['dayUnconfirmed', '2022-03-05'],
      ['dayUnconfirmed', '2022-03-07'],
    ])
    expect(codes({ receivedAt: '2018-08-31T10:00+05:00' })).toEqual([['swapOnSixDayWeek', '2018-08-31']])
    expect(codes({ receivedAt: '2020-02-17T10:00+05:00' })).toEqual([['hoursUnconfirmed', 'corporation', '2020-01-01']])
  })

  it('names every act of a term that crosses years', () => {
    expect(due({ receivedAt: '2018-12-28T10:00+05:00' }).calendar).toEqual({ id: 'kz-5', act: 'P1700000864, P1800000888', confirmed: true })
  })

  it('has the dates between receipt and day zero', () => {
    const found = due({ receivedAt: '2019-10-11T20:30+05:00', receiver: { kind: 'provider' } })
    expect(found.skipped.map((day) => [day.date, day.reason])).toEqual([
      ['2019-10-11', 'working'],
      ['2019-10-12', 'dayOff'],
      ['2019-10-13', 'dayOff'],
    ])
    expect(found.days[0]).toMatchObject({ date: '2019-10-14', reason: 'dayZero' })
  })

  it('of minutes shows the dates on which they ran', () => {
    const found = due({ norm: { value: 15, unit: 'min', clause: '8.1' }, receivedAt: '2019-10-11T19:00+05:00' })
    expect(found.days.map((day) => [day.date, day.counts, day.reason])).toEqual([
      ['2019-10-11', false, 'dayZero'],
      ['2019-10-12', false, 'dayOff'],
      ['2019-10-13', false, 'dayOff'],
      ['2019-10-14', true, 'working'],
    ])
    expect(found.rules.map((rule) => rule.id)).toEqual(['minutesInHours'])
  })

  it('is plain data: the ledger may keep it', () => {
    const found = due({
      receiver: { kind: 'corporation', region: 'aktobe', hours: undefined },
      performer: { kind: 'provider', region: undefined },
    })
    expect(JSON.parse(JSON.stringify(found))).toStrictEqual(found)
  })
})

describe('what cannot be reckoned', () => {
  it.each<[Partial<DeadlineInput>, string]>([
    [{ receivedAt: '2018-02-30T10:00+05:00' }, 'momentWrong'],
    [{ zone: 'Asia/Atlantis' }, 'zoneUnknown'],
    [{ norm: { value: 0, unit: 'wd', clause: null } }, 'valueWrong'],
    [{ norm: { value: 1.5, unit: 'wd', clause: null } }, 'valueWrong'],
    [{ receivedAt: '2027-12-30T10:00+05:00', norm: { value: 3, unit: 'wd', clause: null } }, 'calendarMissing'],
    [{ receivedAt: '2015-12-30T10:00+05:00' }, 'calendarMissing'],
    [{ receivedAt: '2014-12-30T10:00+05:00' }, 'hoursMissing'],
  ])('%j: %s', (change, code) => {
    const error = errorOf(change)
    expect(error?.code).toBe(code)
    for (const language of languages) expect(error && renderError(translator(language), error)).not.toMatch(/[{}]|undefined/)
  })
})

describe('own hours of an organisation', () => {
  it('decide day zero, calendar and end', () => {
    const hours = [
      { from: '2016-01-01', week: 'six', open: { 'mon-fri': '08:00-17:00', sat: '08:00-12:00' }, confirmed: true, source: 'its own order' },
    ] as const
    const school = { kind: 'provider', hours } as const
    const found = due({ receivedAt: '2019-10-11T17:01+05:00', receiver: school, performer: school })
    expect(found).toMatchObject({ dayZero: '2019-10-12', dueAt: '2019-10-15T17:00:00+05:00', calendar: { id: 'kz-6' } })
    expect(dayZero('2019-10-12T12:01+05:00', school, 'Asia/Aqtobe', world)).toEqual({ ok: true, value: '2019-10-14' })
  })
})

describe('open or closed', () => {
  it.each([
    ['2018-08-24T10:00+05:00', true, true],
    ['2018-08-24T13:00+05:00', false, false],
    ['2018-08-24T17:29+05:00', true, true],
    ['2018-08-24T17:30+05:00', true, false],
    ['2018-08-24T18:30+05:00', false, false],
    ['2018-08-25T10:00+05:00', true, true],
    ['2018-08-26T10:00+05:00', false, false],
    ['2030-08-26T10:00+05:00', false, false],
  ])('the provider at %s: open %s, intake %s', (at, open, intake) => {
    const zone = zoneOf('Asia/Aqtobe')
    expect(zone && openAt(world, { kind: 'provider' }, zone, parseMoment(at) ?? Number.NaN)).toEqual({ open, intake })
  })
})

describe('the meter', () => {
  it('is late after closing, not at it', () => {
    expect(isLate(due(), '2018-08-27T18:30:00+05:00')).toBe(false)
    expect(isLate(due(), '2018-08-27T18:30:01+05:00')).toBe(true)
    expect(isLate(due(), Temporal.Instant.from('2018-08-27T18:30:01+05:00'))).toBe(true)
  })

  it('tells what is left in open minutes and counted days', () => {
    const left = (now: string) => remaining(due(), now, world)
    // 10:00 to 18:30 without lunch 420; two full days 960.
    expect(left('2018-08-24T10:00+05:00')).toEqual({ ok: true, value: { late: false, minutes: 1380, ofMinutes: 1380, days: 2 } })
    expect(left('2018-08-25T13:30+05:00')).toMatchObject({ value: { minutes: 720, days: 1 } })
    expect(left('2018-08-26T12:00+05:00')).toMatchObject({ value: { minutes: 480, days: 1 } })
    expect(left('2018-08-27T18:00+05:00')).toMatchObject({ value: { minutes: 30, days: 0, late: false } })
    expect(left('2018-08-28T09:00+05:00')).toMatchObject({ value: { minutes: 0, days: 0, late: true } })
  })

  it('warns at the opening and at the middle of the last day, and at the last quarter of minutes', () => {
    expect(warnAt(due(), world)).toEqual([
      { code: 'lastDay', at: '2018-08-27T09:00:00+05:00' },
      { code: 'lastHalfDay', at: '2018-08-27T14:30:00+05:00' },
    ])
    const minutes = due({
      norm: { value: 20, unit: 'min', clause: null },
      receivedAt: '2019-10-14T12:50+05:00',
      receiver: { kind: 'provider' },
    })
    expect(warnAt(minutes, world)).toEqual([{ code: 'lastQuarter', at: '2019-10-14T14:35:00+05:00' }])
  })

  it('tells by when the result must be at the Corporation', () => {
    // A day before Mon 27 Aug 18:30 is a Sunday: the last open moment is Saturday's closing.
    expect(deliverBy(due(), world)).toMatchObject({ at: '2018-08-25T18:30:00+05:00', rule: { id: 'deliveryToCorporation' } })
    expect(deliverBy(due({ norm: { value: 6, unit: 'wd', clause: '5' } }), world)).toMatchObject({ at: '2018-09-03T18:30:00+05:00' })
    expect(deliverBy(due({ norm: { value: 1, unit: 'wd', clause: null } }), world)).toBeNull()
    expect(deliverBy(due({ receiver: { kind: 'provider' } }), world)).toBeNull()
  })
})

describe('the words', () => {
  it('explain the date line by line', () => {
    const t = translator('en')
    expect(explain(due(), world).map((line) => renderLine(t, line))).toEqual([
      'The documents were received 24.08.2018 10:00.',
      '24.08.2018: day of registration, not part of the term.',
      '25.08.2018: swapped workday, day 1 (P1700000864).',
      '26.08.2018: day off, not counted.',
      '27.08.2018: working day, day 2.',
      'The term ends 27.08.2018 18:30.',
      'Where papers are sent on through the State Corporation, the day of intake is not part of the term. (Z1300000088 20(1))',
      "The last day lasts until the performing organisation closes. (the program's reading, no act says it)",
    ])
  })

  it('exist for every line and warning in every language', () => {
    const cases = [
      due({ receivedAt: '2019-12-13T20:30+05:00', receiver: { kind: 'provider' } }),
      due({ receivedAt: '2026-05-26T10:00+05:00', norm: { value: 300, unit: 'cd', clause: null } }),
      due({ receivedAt: '2018-08-20T10:00+05:00', norm: { value: 200, unit: 'cd', clause: null } }),
      due({ receivedAt: '2018-08-20T10:00+05:00', norm: { value: 200, unit: 'wd', clause: null } }),
      due({ receivedAt: '2018-08-31T20:30+05:00', norm: { value: 900, unit: 'min', clause: null } }),
      due({ receivedAt: '2020-03-14T10:00+05:00' }),
    ]
    for (const language of languages) {
      const t = translator(language)
      const texts = cases.flatMap((one) => [
        ...explain(one, world).map((line) => renderLine(t, line)),
        ...one.warnings.map((warning) => renderWarning(t, warning)),
      ])
      for (const text of texts) expect(text).not.toMatch(/[{}]|undefined|^$/)
    }
  })
})

const zones = ['Asia/Aqtobe', 'Asia/Almaty'] as const
const kind = fc.constantFrom('provider' as const, 'corporation' as const)
const anyMoment = fc.integer({ min: Date.UTC(2016, 0, 1), max: Date.UTC(2026, 5, 1) })
const anyInput = (unit: 'min' | 'wd' | 'cd', most: number) =>
  fc
    .record({ at: anyMoment, zone: fc.constantFrom(...zones), receiver: kind, performer: kind, value: fc.integer({ min: 1, max: most }) })
    .map(({ at, zone, receiver, performer, value }): DeadlineInput => {
      return {
        id: null,
        norm: { value, unit, clause: null },
        receivedAt: at,
        zone,
        receiver: { kind: receiver },
        performer: { kind: performer },
      }
    })
const next = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString()
const runs = { numRuns: 300 }

describe('of any term', () => {
  it.each([
    ['wd', 40],
    ['cd', 60],
    ['min', 3000],
  ] as const)('in %s the proof runs day by day from day zero to the due date, which is open', (unit, most) => {
    fc.assert(
      fc.property(anyInput(unit, most), (input) => {
        const found = due(input)
        const dates = found.days.map((day) => day.date)
        expect(dates[0]).toBe(found.dayZero)
        expect(dates.at(-1)).toBe(found.dueDate)
        for (const [i, date] of dates.slice(1).entries()) expect(date).toBe(next(dates[i] ?? ''))
        expect(['working', 'swappedWork']).toContain(found.days.at(-1)?.reason)
        expect(found.dueAt.slice(0, 10)).toBe(found.dueDate)
        expect(found.receivedAt <= found.startsAt || found.receivedAt.slice(-6) !== found.startsAt.slice(-6)).toBe(true)
      }),
      runs,
    )
  })

  it('in working days counts exactly N, each of them working', () => {
    fc.assert(
      fc.property(anyInput('wd', 40), (input) => {
        const counted = due(input).days.filter((day) => day.counts)
        expect(counted).toHaveLength(input.norm.value)
        expect(counted.every((day) => day.reason === 'working' || day.reason === 'swappedWork')).toBe(true)
      }),
      runs,
    )
  })

  it('in calendar days counts exactly N and is moved only over days off', () => {
    fc.assert(
      fc.property(anyInput('cd', 60), (input) => {
        const { days } = due(input)
        expect(days.filter((day) => day.counts)).toHaveLength(input.norm.value)
        const between = days.slice(input.norm.value, -1)
        expect(between.every((day) => day.reason !== 'working' && day.reason !== 'swappedWork')).toBe(true)
      }),
      runs,
    )
  })

  it('in minutes uses exactly N open minutes', () => {
    fc.assert(
      fc.property(anyInput('min', 3000), (input) => {
        const found = due(input)
        const whole = remaining(found, found.startsAt, world)
        expect(whole).toMatchObject({ ok: true, value: { ofMinutes: input.norm.value } })
        const clock = found.dueAt.slice(11, 19)
        const [open, close] = input.performer.kind === 'provider' ? ['09:00:00', '18:30:00'] : ['09:00:00', '20:00:00']
        expect(clock > open && clock <= close).toBe(true)
        if (input.performer.kind === 'provider') expect(clock > '13:00:00' && clock <= '14:30:00').toBe(false)
      }),
      runs,
    )
  })

  it('is never earlier when received later, or when the norm is longer', () => {
    const units = fc.constantFrom('min' as const, 'wd' as const, 'cd' as const)
    fc.assert(
      fc.property(
        units.chain((unit) => anyInput(unit, 30)),
        fc.integer({ min: 0, max: 10 * 86_400_000 }),
        (input, wait) => {
          const at = (change: Partial<DeadlineInput>) => Date.parse(due({ ...input, ...change }).dueAt)
          const first = at({})
          expect(at({ receivedAt: Number(input.receivedAt) + wait })).toBeGreaterThanOrEqual(first)
          expect(at({ norm: { ...input.norm, value: input.norm.value + 1 } })).toBeGreaterThanOrEqual(first)
        },
      ),
      runs,
    )
  })

  it('has day zero on the day of receipt or on an open day after it', () => {
    fc.assert(
      fc.property(anyInput('wd', 1), (input) => {
        const found = due(input)
        const zone = zoneOf(input.zone)
        const received = zone ? formatMoment(zone, Number(input.receivedAt)).slice(0, 10) : ''
        expect(found.dayZero >= received).toBe(true)
        expect(found.skipped.length > 0).toBe(found.dayZero !== received)
        expect(found.skipped.length > 0).toBe(found.rules.some((rule) => rule.applies === 'afterHours'))
      }),
      runs,
    )
  })
})

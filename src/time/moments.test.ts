import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civilOf, dayOf, formatDay, parseDay, weekdayIndex } from './dates.ts'
import { dayMs, formatMoment, instantOf, offsetAt, parseMoment, wallTime, type Zone, zoneOf } from './moments.ts'

const zone = (id: string): Zone => {
  const found = zoneOf(id)
  if (!found) throw new Error(id)
  return found
}
const hours = (id: string, at: string): number => offsetAt(zone(id), Date.parse(at)) / 3_600_000

describe('tzdata of this runtime', () => {
  it.each([
    ['Asia/Almaty', '2016-01-01T00:00:00Z', 6],
    ['Asia/Almaty', '2024-02-29T17:59:59Z', 6],
    ['Asia/Almaty', '2024-02-29T18:00:00Z', 5],
    ['Asia/Almaty', '2026-11-22T00:00:00Z', 5],
    ['Asia/Aqtobe', '2016-01-01T00:00:00Z', 5],
    ['Asia/Aqtobe', '2024-02-29T18:00:00Z', 5],
    ['Asia/Aqtobe', '2026-11-22T00:00:00Z', 5],
  ])('%s at %s is +%i', (id, at, expected) => {
    expect(hours(id, at)).toBe(expected)
  })

  it('has no zone Asia/Atlantis', () => {
    expect(zoneOf('Asia/Atlantis')).toBeUndefined()
  })
})

describe('moments', () => {
  it.each([
    ['2018-08-24T10:00+05:00', '2018-08-24T10:00:00+05:00'],
    ['2018-08-24T05:00:00Z', '2018-08-24T10:00:00+05:00'],
    ['2018-08-24T10:00:30.250+05:00', '2018-08-24T10:00:30.250+05:00'],
    ['2018-08-23t23:30:00-05:30', '2018-08-24T10:00:00+05:00'],
  ])('%s is %s in Aktobe', (text, expected) => {
    expect(formatMoment(zone('Asia/Aqtobe'), parseMoment(text) ?? Number.NaN)).toBe(expected)
  })

  it.each(['2018-02-30T10:00+05:00', '2018-08-24', '2018-08-24T10:00', '2018-08-24T25:00Z', '2018-08-24T10:60Z', '24.08.2018 10:00', ''])(
    '%j is refused',
    (text) => {
      expect(parseMoment(text)).toBeUndefined()
    },
  )

  it('of an hour that comes twice the first is meant, and both are told apart', () => {
    const almaty = zone('Asia/Almaty')
    const twice = instantOf(almaty, { day: dayOf(2024, 2, 29), ms: 23.5 * 3_600_000 })
    expect(formatMoment(almaty, twice)).toBe('2024-02-29T23:30:00+06:00')
    expect(formatMoment(almaty, twice + 3_600_000)).toBe('2024-02-29T23:30:00+05:00')
  })

  it('agree with Temporal in zones with and without summer time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Asia/Almaty', 'Asia/Aqtobe', 'Europe/Berlin', 'America/St_Johns'),
        fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2029, 0, 1) }),
        (id, at) => {
          const there = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id)
          expect(formatMoment(zone(id), at)).toBe(
            there.toString({ timeZoneName: 'never', calendarName: 'never', ...(at % 1000 ? { fractionalSecondDigits: 3 } : {}) }),
          )
          const wall = wallTime(zone(id), at)
          const back = Temporal.PlainDate.from(formatDay(wall.day)).toZonedDateTime({
            timeZone: id,
            plainTime: there.toPlainTime(),
          })
          expect(instantOf(zone(id), wall)).toBe(back.epochMilliseconds)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('dates agree with Temporal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        const date = Temporal.Instant.fromEpochMilliseconds(day * dayMs).toZonedDateTimeISO('UTC')
        expect(civilOf(day)).toEqual([date.year, date.month, date.day])
        expect(dayOf(date.year, date.month, date.day)).toBe(day)
        expect(weekdayIndex(day)).toBe(date.dayOfWeek - 1)
      }),
    )
    expect(parseDay('2019-02-29')).toBeUndefined()
    expect(parseDay('2020-02-29')).toBe(dayOf(2020, 2, 29))
  })
})

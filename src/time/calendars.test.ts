import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { calendarFiles, readWorld } from '../cli/world.ts'
import { nameOf, parseCalendar, parseCalendars, type SourceFile } from './calendars.ts'
import { dayOf, formatDay, parseDay, weekdayIndex } from './dates.ts'
import { statusAt, type WeekKind } from './dayTable.ts'
import { parseRegions } from './regions.ts'

const regulations = join(import.meta.dirname, '..', '..', 'regulations')
const parsed = readWorld(regulations)
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1))
const { calendars, regions } = parsed.value
const files = calendarFiles(regulations)

const at = (week: WeekKind, date: string) => statusAt(calendars.tables[week], parseDay(date) ?? Number.NaN)
const reason = (week: WeekKind, date: string) => at(week, date)?.reason

const workingDaysOf = (week: WeekKind, year: number): number => {
  let sum = 0
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) if (statusAt(calendars.tables[week], day)?.working) sum++
  return sum
}

describe('the calendars of Kazakhstan', () => {
  it.each([
    [2016, 245],
    [2017, 245],
    [2018, 246],
    [2019, 246],
    [2020, 246],
    [2021, 245],
    [2022, 246],
    [2023, 246],
    [2024, 249],
    [2025, 246],
    [2026, 247],
    [2027, 247],
  ])('%i has %i working days in a five-day week', (year, days) => {
    expect(workingDaysOf('five', year)).toBe(days)
  })

  it.each(['five', 'six'] as const)('transfers in a %s-day week exactly the holidays that fall on its days off', (week) => {
    for (const year of calendars.years.values()) {
      const off = week === 'five' ? [5, 6] : [6]
      const taken = new Set([...year.holidays, ...year.daysOff].map((entry) => entry.date))
      const expected = year.holidays.flatMap(({ date }) => {
        const holiday = parseDay(date) ?? Number.NaN
        if (!off.includes(weekdayIndex(holiday))) return []
        let next = holiday + 1
        while (off.includes(weekdayIndex(next)) || taken.has(formatDay(next))) next++
        taken.add(formatDay(next))
        return [{ of: date, date: formatDay(next) }]
      })
      expect(year.transferred[week].map(({ of, date }) => ({ of, date }))).toEqual(expected.sort((a, b) => a.date.localeCompare(b.date)))
    }
  })

  it('says why a date is what it is', () => {
    expect(at('five', '2018-08-25')).toMatchObject({ working: true, reason: 'swappedWork', act: 'P1700000864' })
    expect(at('five', '2018-08-31')).toMatchObject({ working: false, reason: 'swappedOff', act: 'P1700000864' })
    expect(at('five', '2018-08-30')).toMatchObject({ working: false, reason: 'holiday' })
    expect(at('five', '2018-12-18')).toMatchObject({ working: false, reason: 'transferred' })
    expect(at('five', '2018-08-21')).toEqual({ working: false, reason: 'dayOff', act: 'K1500000414 84(5)' })
    expect(at('five', '2018-08-26')).toEqual({ working: false, reason: 'dayOff', act: 'K1500000414 84(2)' })
    expect(nameOf(calendars, '2018-08-21')?.kk).toBe('Құрбан айттың бірінші күні')
    expect(at('five', '2028-01-01')).toBeUndefined()
  })

  it('moves a six-day week only by a swap of its own day off', () => {
    expect([reason('six', '2018-08-25'), reason('six', '2018-08-31')]).toEqual(['working', 'working'])
    expect(at('six', '2018-08-31')?.doubt).toBe('swapOnSixDayWeek')
    expect([reason('six', '2020-01-05'), reason('six', '2020-01-03')]).toEqual(['swappedWork', 'swappedOff'])
    expect([reason('six', '2020-05-11'), reason('six', '2020-05-08')]).toEqual(['working', 'working'])
  })

  it('marks what is not confirmed', () => {
    expect([...calendars.years.values()].filter((year) => !year.confirmed).map((year) => year.year)).toEqual([2026, 2027])
    expect(at('five', '2026-05-27')?.doubt).toBe('dayUnconfirmed')
    expect(at('five', '2022-03-05')).toMatchObject({ act: null, doubt: 'dayUnconfirmed' })
  })
})

/** The real files with one of them changed. */
const changed = (name: string, change: (text: string) => string): SourceFile[] =>
  files.map((file) => (file.path.endsWith(name) ? { path: file.path, text: change(file.text) } : file))
const problemsOf = (sources: SourceFile[]) => {
  const result = parseCalendars(sources)
  return result.ok ? [] : result.problems.map(({ line, path, code }) => ({ line, path, code }))
}
const lineOf = (name: string, text: string): number =>
  (files
    .find((file) => file.path.endsWith(name))
    ?.text.split('\n')
    .findIndex((line) => line.includes(text)) ?? -1) + 1

describe('a faulty calendar file', () => {
  it('is told of every fault at once, with lines', () => {
    const text = changed('kz-2018.yaml', (old) =>
      old.replace('2018-03-21', '2018-02-30').replace('off: 2018-08-31', 'of: 2018-08-31'),
    ).find((file) => file.path.endsWith('kz-2018.yaml'))
    const result = parseCalendar(text?.text ?? '', 'kz-2018.yaml')
    expect(result).toMatchObject({ ok: false })
    const codes = result.ok ? [] : result.problems.map(({ line, code }) => [line, code])
    expect(codes).toContainEqual([lineOf('kz-2018.yaml', '2018-03-21'), 'wrongDate'])
    expect(codes).toContainEqual([lineOf('kz-2018.yaml', 'off: 2018-08-31'), 'unknownKey'])
    expect(codes).toContainEqual([lineOf('kz-2018.yaml', 'off: 2018-08-31'), 'missing'])
  })

  it.each([
    ['date: 2018-05-07,', 'date: 2019-05-07,', 'otherYear'],
    ['date: 2018-05-07,', 'date: 2018-05-01,', 'duplicateDate'],
    ['day: defenderDay', 'day: defendersDay', 'unknownDay'],
    ['date: 2018-12-03, of: 2018-12-01', 'date: 2018-12-03, of: 2018-11-30', 'notHolidayOnDayOff'],
    ['date: 2018-12-03, of: 2018-12-01', 'date: 2018-12-02, of: 2018-12-01', 'transferNotLater'],
    ['worked: 2018-08-25', 'worked: 2018-08-24', 'swapWorkedWasWorking'],
    ['off: 2018-08-31', 'off: 2018-08-30', 'swapOffWasOff'],
  ])('%s → %s: %s', (from, to, code) => {
    expect(problemsOf(changed('kz-2018.yaml', (text) => text.replace(from, to)))).toContainEqual(
      expect.objectContaining({ code, line: lineOf('kz-2018.yaml', from) }),
    )
  })

  it('names a broken YAML, a year twice, an unknown act, a missing base', () => {
    expect(problemsOf(changed('kz-2018.yaml', (text) => `${text}  - [`))).toContainEqual(expect.objectContaining({ code: 'yaml' }))
    expect(problemsOf(changed('kz-2019.yaml', (text) => text.replaceAll('2019', '2018')))).toContainEqual(
      expect.objectContaining({ code: 'duplicateYear', path: 'year' }),
    )
    expect(problemsOf(changed('kz.yaml', (text) => text.replace('transfers: { act: holidaysLaw', 'transfers: { act: holidayLaw')))).toEqual(
      [expect.objectContaining({ code: 'unknownAct', path: 'transfers.act' })],
    )
    expect(problemsOf(files.filter((file) => !file.path.endsWith('kz.yaml')))).toEqual([expect.objectContaining({ code: 'noBase' })])
  })

  it('asks why a year is not confirmed', () => {
    expect(problemsOf(changed('kz-2018.yaml', (text) => text.replace('confirmed: true', 'confirmed: false')))).toEqual([
      expect.objectContaining({ code: 'missing', path: 'reason' }),
    ])
  })
})

describe('regions', () => {
  it('are three, each with home, KATO and zone', () => {
    expect(regions.regions).toMatchObject({
      aktobe: { home: 15, kato: '15', zone: 'Asia/Aqtobe' },
      almaty: { home: 75, kato: '75', zone: 'Asia/Almaty' },
      akmola: { home: 11, kato: '11', zone: 'Asia/Almaty' },
    })
  })

  it('are refused with an unknown zone, a home twice, overlapping or impossible hours', () => {
    const text = `format: qyzmet.regions/1
hours:
  provider:
    - { from: 2015-01-01, week: five, open: { mon-fri: 09:00-18:00 }, confirmed: true, source: test }
    - { from: 2016-01-01, week: five, open: { mon-fri: 09:00-18:00 }, confirmed: true, source: test }
  corporation:
    - { from: 2015-01-01, week: six, open: { mon-sat: 09:00-20:00 }, confirmed: true, source: test }
regions:
  here: { home: 1, kato: "15", zone: Asia/Atlantis, languages: [kk], name: { kk: а, ru: а, en: a } }
  there: { home: 1, kato: "75", zone: Asia/Almaty, languages: [kk], name: { kk: а, ru: а, en: a } }
`
    const codes = (source: string) => {
      const result = parseRegions(source, 'regions.yaml')
      return result.ok ? [] : result.problems.map((problem) => [problem.line, problem.code])
    }
    expect(codes(text)).toEqual([
      [9, 'unknownZone'],
      [10, 'duplicateHome'],
      [5, 'hoursOverlap'],
    ])
    expect(codes(text.replace('mon-sat: 09:00-20:00', 'mon-sat: 20:00-09:00'))).toEqual([[7, 'wrongValue']])
    expect(codes(text.replace('mon-sat: 09:00', 'mon-fri: 09:00'))).toEqual([[7, 'wrongValue']])
  })
})

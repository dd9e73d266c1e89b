import { describe, expect, it } from 'vitest'
import { statutes } from '../cases.testing.ts'
import { special, workingDays, yearOf } from './calendar.ts'
import { anchorOf, complaintsOn, dutiesOn, editionOf, forceOf, shelfOn } from './edition.ts'

const { library } = statutes
const aktobe = library.find('aktobe-teacher-attestation')
if (aktobe === undefined) throw new Error('no regulation of Aktobe')

describe('editions', () => {
  it('say whether they are in force on a day, and why not', () => {
    const { from, until } = aktobe.regulation.act.inForce
    expect(forceOf(aktobe, from.date)).toEqual({ kind: 'inForce' })
    expect(forceOf(aktobe, '2018-01-01')).toEqual({ kind: 'notYet', from: from.date })
    expect(forceOf(aktobe, '2026-11-22')).toEqual({ kind: 'over', until: until?.date, repealed: true })
  })

  it('are shown once a region and service, the nearest where none is in force', () => {
    const now = shelfOn(library, '2026-11-22').map(({ regulation }) => regulation.region)
    expect(new Set(now).size).toBe(now.length)
    expect(now).toEqual(expect.arrayContaining(['aktobe', 'almaty']))
    expect(editionOf(library, 'aktobe-teacher-attestation', { on: '2019-10-14' })?.regulation.edition).toBe('2018-07-20')
    expect(editionOf(library, 'aktobe-teacher-attestation', { edition: '1999-01-01', on: '2019-10-14' })).toBeUndefined()
    expect(editionOf(library, 'nowhere', { on: '2019-10-14' })).toBeUndefined()
  })

  it('carry the duties of the general law of the day', () => {
    const query = aktobe.regulation.steps.find((step) => step.does.some(({ act }) => act === 'queryRegister'))
    if (query === undefined) throw new Error('no query')
    expect(dutiesOn(aktobe, query, '2019-10-14').map((duty) => duty.cited)).toEqual(['law-88-V:20(3)', 'law-88-V:20(6)'])
    expect(dutiesOn(aktobe, query, '2010-01-01')).toEqual([])
  })

  it('cite for complaints only what was in force', () => {
    expect(complaintsOn(aktobe, '2019-10-14').some((one) => one.cited.startsWith('appc'))).toBe(false)
    expect(complaintsOn(aktobe, '2022-10-14').some((one) => one.cited.startsWith('law-221'))).toBe(false)
  })

  it('have one anchor a clause', () => {
    const clauses = library.regulations.flatMap(({ regulation }) => [regulation.clauses.map(({ clause }) => clause)])
    for (const all of clauses) expect(new Set(all.map(anchorOf)).size).toBe(all.length)
    expect(anchorOf('9.2 ¶1')).toMatch(/^c-[\w.-]+$/)
  })
})

describe('calendar of a year', () => {
  const year = yearOf(statutes.world.calendars, 2019)
  if (year === undefined) throw new Error('no calendar of 2019')

  it('has every date once, with both weeks', () => {
    expect(year.months.map((days) => days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    const may = year.months[4] ?? []
    expect([workingDays(may, 'five'), workingDays(may, 'six')]).toEqual([20, 24])
  })

  it('tells what departs from the plain week, and why', () => {
    const of = (date: string) => special(year).find((day) => day.date === date)
    expect(of('2019-05-04')?.five).toMatchObject({ working: true, reason: 'swappedWork', act: 'P1800000888' })
    expect(of('2019-05-10')?.six.doubt).toBe('swapOnSixDayWeek')
    expect(of('2019-03-25')?.five.reason).toBe('transferred')
    expect(of('2019-03-21')?.name?.ru).toBeTruthy()
    expect(of('2019-02-05')).toBeUndefined()
    expect(yearOf(statutes.world.calendars, 1999)).toBeUndefined()
  })
})

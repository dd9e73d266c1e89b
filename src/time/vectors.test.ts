import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWorld } from '../cli/world.ts'
import { type Deadline, deadline, type Unit } from './deadline.ts'
import type { OrganisationKind } from './reckoning.ts'
import type { World } from './schedule.ts'

// Reckoned by hand on a wall calendar; the remark says how.
const parsed = readWorld(join(import.meta.dirname, '..', '..', 'regulations'))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 1))
const world: World = parsed.value

const aktobe = 'Asia/Aqtobe'
const almaty = 'Asia/Almaty'

function due(receivedAt: string, norm: string, receiver: OrganisationKind, performer: OrganisationKind, zone: string): Deadline {
  const [, value = '', unit = ''] = /^(\d+) (min|wd|cd)$/.exec(norm) ?? []
  const answer = deadline(
    {
      id: 'v',
      norm: { value: Number(value), unit: unit as Unit, clause: null }, // the pattern above allows these three only
      receivedAt,
      zone,
      receiver: { kind: receiver },
      performer: { kind: performer },
    },
    world,
  )
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

type Vector = [
  zone: string,
  receivedAt: string,
  receiver: OrganisationKind,
  norm: string,
  performer: OrganisationKind,
  zero: string,
  dueAt: string,
]

const [P, C] = ['provider', 'corporation'] as const

describe('working days', () => {
  it.each<Vector>([
    // Sat 25 Aug 2018 was worked for Fri 31: Sat 1, Mon 2.
    [aktobe, '2018-08-24T10:00+05:00', C, '2 wd', P, '2018-08-24', '2018-08-27T18:30:00+05:00'],
    // Sat 25, Mon 27, Tue 28, Wed 29; Thu 30 Constitution Day, Fri 31 given for the Saturday; Mon 3, Tue 4 Sep.
    [aktobe, '2018-08-24T10:00+05:00', C, '6 wd', P, '2018-08-24', '2018-09-04T18:30:00+05:00'],
    // Fri 13; 16 and 17 Dec holidays; Wed 18, Thu 19.
    [almaty, '2019-12-12T10:00+06:00', P, '3 wd', P, '2019-12-12', '2019-12-19T18:30:00+06:00'],
    // The provider keeps five days: a Saturday at the Corporation is day zero, a Saturday at the provider is not.
    [almaty, '2019-10-12T15:00+06:00', C, '3 wd', P, '2019-10-12', '2019-10-16T18:30:00+06:00'],
    [almaty, '2019-10-12T15:00+06:00', P, '3 wd', P, '2019-10-14', '2019-10-17T18:30:00+06:00'],
    [almaty, '2019-10-13T11:00+06:00', C, '3 wd', P, '2019-10-14', '2019-10-17T18:30:00+06:00'],
    // The Corporation's own six-day week: Sat 12, Mon 14; it closes at eight.
    [almaty, '2019-10-11T10:00+06:00', C, '2 wd', C, '2019-10-11', '2019-10-14T20:00:00+06:00'],
    // Sat 29 Dec 2018 was worked for Mon 31; 1 and 2 January holidays.
    [almaty, '2018-12-28T10:00+06:00', P, '1 wd', P, '2018-12-28', '2018-12-29T18:30:00+06:00'],
    [almaty, '2018-12-28T10:00+06:00', P, '2 wd', P, '2018-12-28', '2019-01-03T18:30:00+06:00'],
    // Sun 5 Jan 2020 was worked for Fri 3: both weeks move, since Sunday is off in both.
    [almaty, '2019-12-31T10:00+06:00', P, '1 wd', P, '2019-12-31', '2020-01-05T18:30:00+06:00'],
    [almaty, '2019-12-31T10:00+06:00', P, '2 wd', P, '2019-12-31', '2020-01-06T18:30:00+06:00'],
    [almaty, '2019-12-31T10:00+06:00', P, '3 wd', P, '2019-12-31', '2020-01-08T18:30:00+06:00'],
    // Mon 11 May 2020 stood for Sat 9 May and was worked for Fri 8.
    [almaty, '2020-05-06T10:00+06:00', P, '1 wd', P, '2020-05-06', '2020-05-11T18:30:00+06:00'],
    // 7 January is a day off and is not transferred.
    [almaty, '2019-01-04T10:00+06:00', P, '1 wd', P, '2019-01-04', '2019-01-08T18:30:00+06:00'],
    // 21-23 March; Sat 23 moves to Mon 25 for five days, and stays for six.
    [almaty, '2019-03-20T10:00+06:00', P, '1 wd', P, '2019-03-20', '2019-03-26T18:30:00+06:00'],
    [almaty, '2019-03-20T10:00+06:00', C, '1 wd', C, '2019-03-20', '2019-03-25T20:00:00+06:00'],
    // Kurban Ait on Sun 11 Aug 2019 moves nothing.
    [almaty, '2019-08-09T10:00+06:00', P, '1 wd', P, '2019-08-09', '2019-08-12T18:30:00+06:00'],
    // Kurban Ait on Tue 21 Aug 2018 is off.
    [aktobe, '2018-08-20T10:00+05:00', P, '1 wd', P, '2018-08-20', '2018-08-22T18:30:00+05:00'],
    // Sat 5 Mar 2022 worked for Mon 7; Tue 8 holiday: after hours on Friday, day zero is that Saturday.
    [almaty, '2022-03-04T19:00+06:00', P, '1 wd', P, '2022-03-05', '2022-03-09T18:30:00+06:00'],
    // The Corporation keeps five days from 2020.
    [almaty, '2020-02-15T12:00+06:00', C, '1 wd', P, '2020-02-17', '2020-02-18T18:30:00+06:00'],
    [almaty, '2026-11-20T10:00+05:00', P, '3 wd', P, '2026-11-20', '2026-11-25T18:30:00+05:00'],
  ])('%s %s at the %s, %s of the %s: day zero %s, due %s', (zone, receivedAt, receiver, norm, performer, zero, dueAt) => {
    const found = due(receivedAt, norm, receiver, performer, zone)
    expect(found).toMatchObject({ dayZero: zero, dueAt, dueDate: dueAt.slice(0, 10) })
  })
})

describe('after hours', () => {
  it.each<[zone: string, receivedAt: string, receiver: OrganisationKind, zero: string]>([
    [aktobe, '2018-08-23T18:30:00+05:00', P, '2018-08-23'],
    [aktobe, '2018-08-23T18:30:01+05:00', P, '2018-08-24'],
    // Intake ends at 17:30, the working day an hour later: the law looks at the working day.
    [aktobe, '2018-08-23T17:45+05:00', P, '2018-08-23'],
    [aktobe, '2018-08-23T07:00+05:00', P, '2018-08-23'],
    [aktobe, '2018-08-23T13:30+05:00', P, '2018-08-23'],
    // The Saturday that was worked is a day zero for both.
    [aktobe, '2018-08-24T18:31+05:00', P, '2018-08-25'],
    [aktobe, '2018-08-24T19:59+05:00', C, '2018-08-24'],
    [aktobe, '2018-08-24T20:01+05:00', C, '2018-08-25'],
    // Late on the eve of holidays: 16 and 17 December.
    [almaty, '2019-12-13T21:00+06:00', C, '2019-12-14'],
    [almaty, '2019-12-13T18:31+06:00', P, '2019-12-18'],
    [almaty, '2020-02-17T18:01+06:00', C, '2020-02-18'],
    // The offset written does not matter, the moment does: these are Friday 10:00 and Sunday 23:30 in Aktobe.
    [aktobe, '2018-08-24T05:00Z', P, '2018-08-24'],
    [aktobe, '2019-10-14T00:30+06:00', C, '2019-10-14'],
    [aktobe, '2018-08-24T23:30+06:00', C, '2018-08-25'],
  ])('%s %s at the %s: %s', (zone, receivedAt, receiver, zero) => {
    expect(due(receivedAt, '1 wd', receiver, P, zone).dayZero).toBe(zero)
  })
})

describe('minutes', () => {
  it.each<Vector>([
    [aktobe, '2019-10-14T10:00+05:00', P, '20 min', P, '2019-10-14', '2019-10-14T10:20:00+05:00'],
    [aktobe, '2019-10-14T10:00:30+05:00', P, '20 min', P, '2019-10-14', '2019-10-14T10:20:30+05:00'],
    // Ten before lunch, ten after it.
    [aktobe, '2019-10-14T12:50+05:00', P, '20 min', P, '2019-10-14', '2019-10-14T14:40:00+05:00'],
    [aktobe, '2019-10-14T13:15+05:00', P, '15 min', P, '2019-10-14', '2019-10-14T14:45:00+05:00'],
    // Exactly up to lunch, exactly up to closing.
    [aktobe, '2019-10-14T12:40+05:00', P, '20 min', P, '2019-10-14', '2019-10-14T13:00:00+05:00'],
    [aktobe, '2019-10-11T18:10+05:00', P, '20 min', P, '2019-10-11', '2019-10-11T18:30:00+05:00'],
    [aktobe, '2019-10-14T08:00+05:00', P, '20 min', P, '2019-10-14', '2019-10-14T09:20:00+05:00'],
    // Over the weekend; over a weekend whose Saturday was worked.
    [aktobe, '2019-10-11T18:20+05:00', P, '15 min', P, '2019-10-11', '2019-10-14T09:05:00+05:00'],
    [aktobe, '2018-08-24T18:20+05:00', P, '15 min', P, '2018-08-24', '2018-08-25T09:05:00+05:00'],
    [almaty, '2019-10-12T19:50+06:00', C, '15 min', C, '2019-10-12', '2019-10-14T09:05:00+06:00'],
    // The Corporation has no lunch break.
    [almaty, '2019-10-14T13:00+06:00', C, '15 min', C, '2019-10-14', '2019-10-14T13:15:00+06:00'],
    // Taken in by the Corporation after the provider has closed.
    [almaty, '2019-10-11T19:00+06:00', C, '15 min', P, '2019-10-11', '2019-10-14T09:15:00+06:00'],
    // 480 minutes are a whole day of the provider, and no working day: 240 to lunch, 240 after it.
    [almaty, '2019-10-14T09:00+06:00', P, '480 min', P, '2019-10-14', '2019-10-14T18:30:00+06:00'],
    [almaty, '2019-10-14T09:00+06:00', P, '481 min', P, '2019-10-14', '2019-10-15T09:01:00+06:00'],
    // The clocks of Almaty went back in the night before 1 March 2024.
    [almaty, '2024-02-29T18:20+06:00', P, '15 min', P, '2024-02-29', '2024-03-01T09:05:00+05:00'],
  ])('%s %s at the %s, %s of the %s: day zero %s, due %s', (zone, receivedAt, receiver, norm, performer, zero, dueAt) => {
    expect(due(receivedAt, norm, receiver, performer, zone)).toMatchObject({ dayZero: zero, dueAt })
  })
})

describe('calendar days', () => {
  it.each<Vector>([
    [almaty, '2019-10-14T10:00+06:00', P, '18 cd', P, '2019-10-14', '2019-11-01T18:30:00+06:00'],
    // The twentieth day is Sun 3 Nov.
    [almaty, '2019-10-14T10:00+06:00', P, '20 cd', P, '2019-10-14', '2019-11-04T18:30:00+06:00'],
    // Mon 16 Dec is a holiday, and so is the 17th.
    [almaty, '2019-12-03T10:00+06:00', P, '13 cd', P, '2019-12-03', '2019-12-18T18:30:00+06:00'],
    // A term may end on a Saturday that is worked.
    [aktobe, '2018-08-20T10:00+05:00', P, '5 cd', P, '2018-08-20', '2018-08-25T18:30:00+05:00'],
    // Days off inside a term count.
    [aktobe, '2018-12-28T10:00+05:00', P, '6 cd', P, '2018-12-28', '2019-01-03T18:30:00+05:00'],
  ])('%s %s at the %s, %s of the %s: day zero %s, due %s', (zone, receivedAt, receiver, norm, performer, zero, dueAt) => {
    expect(due(receivedAt, norm, receiver, performer, zone)).toMatchObject({ dayZero: zero, dueAt })
  })

  it('counts every day of the term and none of the days it is moved by', () => {
    const found = due('2019-10-14T10:00+06:00', '20 cd', P, P, almaty)
    expect(found.days.filter((day) => day.counts)).toHaveLength(20)
    expect(found.days.slice(-2)).toEqual([
      { date: '2019-11-03', counts: true, reason: 'dayOff', act: 'K1500000414 84(2)' },
      { date: '2019-11-04', counts: false, reason: 'working', act: 'K1500000414 71(1)' },
    ])
    expect(found.rules.map((rule) => rule.id)).toContain('endMovesBefore2021')
  })
})

describe('1 March 2024', () => {
  it.each<Vector>([
    [almaty, '2024-02-28T10:00+06:00', P, '1 wd', P, '2024-02-28', '2024-02-29T18:30:00+06:00'],
    [almaty, '2024-02-28T10:00+06:00', P, '2 wd', P, '2024-02-28', '2024-03-01T18:30:00+05:00'],
    [aktobe, '2024-02-28T10:00+05:00', P, '1 wd', P, '2024-02-28', '2024-02-29T18:30:00+05:00'],
    [aktobe, '2024-02-28T10:00+05:00', P, '2 wd', P, '2024-02-28', '2024-03-01T18:30:00+05:00'],
  ])('%s %s at the %s, %s of the %s: day zero %s, due %s', (zone, receivedAt, receiver, norm, performer, zero, dueAt) => {
    expect(due(receivedAt, norm, receiver, performer, zone)).toMatchObject({ dayZero: zero, dueAt })
  })
})

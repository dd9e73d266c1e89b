import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWorld } from '../../cli/world.ts'
import { loadLanguages } from '../../language/load.ts'
import type { Language } from '../../language/messages.ts'
import { createSpeech } from '../../language/speech.ts'
import { leftUntil } from '../../time/left.ts'
import { parseMoment, zoneOf } from '../../time/moments.ts'
import { leftWords } from './left.ts'

const parsed = readWorld(join(import.meta.dirname, '../../../regulations'))
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
const world = parsed.value
const loaded = loadLanguages(join(import.meta.dirname, '../../language'))
const zone = zoneOf('Asia/Almaty')
if (zone === undefined) throw new Error('no zone')

/** Provider: Monday to Friday 9:00 to 18:30, lunch 13:00 to 14:30. Times without a date are of Monday 14 October 2019. */
function said(now: string, due: string, unit = 'wd', language: Language = 'kk', kind: 'provider' | 'corporation' = 'provider'): string {
  const moment = (text: string) => `${text.length === 5 ? `2019-10-14T${text}` : text}:00+06:00`
  const [at, dueAt] = [parseMoment(moment(now)), parseMoment(moment(due))]
  if (at === undefined || dueAt === undefined || zone === undefined) throw new Error('no moment')
  const left = leftUntil({ kind, region: 'almaty' }, zone, at, dueAt, world)
  return leftWords(left, unit, moment(due), createSpeech(loaded[language], language, 'Asia/Almaty'))
}

describe('what is left, in words', () => {
  it('on the day: working time, lunch left out', () => {
    expect(said('09:00', '11:15')).toBe('2 сағат 15 минут жұмыс уақыты қалды')
    expect(said('12:45', '14:45')).toBe('30 минут жұмыс уақыты қалды')
    expect(said('13:30', '14:45')).toBe('15 минут жұмыс уақыты қалды')
    expect(said('08:00', '09:21', 'min', 'ru')).toBe('еще 21 минута рабочего времени')
    expect(said('09:00', '11:15', 'wd', 'en')).toBe('2 hours 15 minutes of working time left')
    expect(said('11:15', '11:15')).toBe('бір минуттан аз қалды')
  })

  it('tomorrow by the hour; over a weekend by the date', () => {
    expect(said('17:00', '2019-10-15T11:30')).toBe('ертең 11:30-ға дейін')
    expect(said('17:00', '2019-10-15T09:00')).toBe('ертең 09:00-ге дейін')
    expect(said('17:00', '2019-10-15T11:30', 'min', 'ru')).toBe('завтра до 11:30')
    expect(said('2019-10-11T17:00', '2019-10-14T11:30')).toBe('14.10, 11:30-ға дейін')
  })

  it('later by days of the norm, each kind as its own', () => {
    expect(said('10:00', '2019-10-17T18:30')).toBe('3 жұмыс күні қалды')
    expect(said('10:00', '2019-10-17T18:30', 'wd', 'ru')).toBe('осталось 3 рабочих дня')
    expect(said('10:00', '2019-10-21T18:30', 'wd', 'ru')).toBe('осталось 5 рабочих дней')
    expect(said('10:00', '2019-10-21T18:30', 'cd')).toBe('7 күнтізбелік күн қалды')
    // The Corporation works on Saturdays.
    expect(said('10:00', '2019-10-21T18:30', 'wd', 'kk', 'corporation')).toBe('6 жұмыс күні қалды')
  })

  it('over: by the performer’s days, on the same day by their time', () => {
    expect(said('10:00', '09:30')).toBe('30 минутқа кешікті')
    expect(said('2019-10-15T09:05', '18:30')).toBe('1 жұмыс күніне кешікті')
    expect(said('2019-10-15T09:05', '18:30', 'wd', 'ru')).toBe('опоздание: 1 рабочий день')
    expect(said('2019-10-22T09:05', '18:30', 'wd', 'ru')).toBe('опоздание: 6 рабочих дней')
    expect(said('20:00', '18:30')).toBe('мерзімі өтті')
    // Due on Friday evening, looked at on Saturday: no working day has passed.
    expect(said('2019-10-19T10:00', '2019-10-18T18:30')).toBe('мерзімі өтті')
    expect(said('17:00', '11:30')).toBe('4 сағатқа кешікті')
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { missingWords } from './completeness.ts'
import { loadLanguages } from './load.ts'
import { createSpeech } from './speech.ts'
import { createTranslator } from './translator.ts'

const src = join(import.meta.dirname, '..')
const loaded = loadLanguages(import.meta.dirname)

const sources = (dir: string) =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(src.length + 1), text: readFileSync(path, 'utf8') }))

describe('the three languages', () => {
  it('miss nothing: keys, parameters, plural forms, words that the source asks for', () => {
    expect(missingWords(loaded, sources(src))).toEqual([])
  })

  it.each([
    ['a key', { kk: { a: { b: 'бір' } }, ru: { a: {} }, en: { a: { b: 'one' } } }, 'ru: a.b is missing'],
    ['a key too many', { kk: { a: {} }, ru: { a: { b: 'один' } }, en: { a: {} } }, 'ru: a.b does not stand in Kazakh'],
    ['a parameter', { kk: { a: '{x}' }, ru: { a: '{x}' }, en: { a: 'x' } }, 'en: a has the parameters '],
    ['words', { kk: { a: ' ' }, ru: { a: 'а' }, en: { a: 'a' } }, 'kk: a is empty'],
    [
      'a plural form',
      {
        kk: { a: { one: '{count}', other: '{count}' } },
        ru: { a: { one: '{count}', other: '{count}' } },
        en: { a: { one: '{count}', other: '{count}' } },
      },
      'ru: a has the forms one,other and needs few,many,one,other',
    ],
  ])('would tell that %s is missing', (_, words, problem) => {
    expect(missingWords(words, [])).toEqual([problem])
  })

  it('would tell a key that the source asks for in vain', () => {
    const text = "<h1>{t('nobody.wrote.this', { count: 1 })}</h1>"
    expect(missingWords({ kk: {}, ru: {}, en: {} }, [{ path: 'Page.tsx', text }])).toEqual(['Page.tsx: no words for nobody.wrote.this'])
  })
})

describe('translator', () => {
  const t = createTranslator(
    {
      a: {
        hello: 'Сәлем, {name}',
        docs: { one: '{count} документ', few: '{count} документа', many: '{count} документов', other: '{count} документа' },
      },
    },
    'ru',
  )

  it('fills parameters and chooses plurals', () => {
    expect(t('a.hello', { name: 'Айгүл' })).toBe('Сәлем, Айгүл')
    expect([1, 2, 5, 21].map((count) => t('a.docs', { count }))).toEqual(['1 документ', '2 документа', '5 документов', '21 документ'])
  })

  it('throws on a missing key, a missing parameter and a plural without count', () => {
    expect(() => t('a.none')).toThrow('no words for "a.none" in ru')
    expect(() => t('a.hello')).toThrow('needs the parameter "name"')
    expect(() => t('a.docs')).toThrow('needs a number "count"')
    expect(t.has('a.none')).toBe(false)
  })
})

describe('speech', () => {
  const kk = createSpeech(loaded.kk, 'kk', 'Asia/Aqtobe')
  const ru = createSpeech(loaded.ru, 'ru', 'Asia/Almaty')

  it('writes dates as the language does', () => {
    expect(kk.weekdayDate('2026-11-22')).toBe('2026 ж. 22 қараша, жексенбі')
    expect(kk.date(Temporal.PlainDate.from('2026-11-22'))).toBe('2026 ж. 22 қараша')
    expect(ru.date('2026-11-22')).toBe('22 ноября 2026 г.')
    expect(ru.shortDate('2026-11-22')).toBe('22.11.2026')
  })

  it('has all month and weekday names in Kazakh', () => {
    const months = Array.from({ length: 12 }, (_, m) =>
      kk
        .date(Temporal.PlainDate.from({ year: 2026, month: m + 1, day: 5 }))
        .split(' ')
        .at(-1),
    )
    expect(months).toEqual('қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' '))
    const days = Array.from({ length: 7 }, (_, d) =>
      kk
        .weekdayDate(Temporal.PlainDate.from('2026-11-16').add({ days: d }))
        .split(', ')
        .at(-1),
    )
    expect(days).toEqual('дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі'.split(' '))
  })

  it('shows moments in the zone of the region, as the law of that day had it', () => {
    const at = '2019-10-14T04:00:00Z'
    expect(kk.time(at)).toBe('09:00')
    expect(ru.time(at)).toBe('10:00')
    expect(ru.shortDateTime('2026-01-01T19:30:00Z')).toBe('02.01.2026, 00:30')
  })

  it('says lengths and norms', () => {
    expect(kk.length({ workingDays: 2, hours: 3, minutes: 5 })).toBe('2 жұмыс күні 3 сағат 5 минут')
    expect(ru.length({ workingDays: 1, minutes: 21 })).toBe('1 рабочий день 21 минута')
    expect(ru.length({})).toBe('0 минут')
    expect(kk.norm({ value: 20, unit: 'min' })).toBe('20 минут')
    expect(ru.norm({ value: 18, unit: 'cd' })).toBe('18 календарных дней')
  })

  it('orders Kazakh letters as the alphabet does, and numbers inside by value', () => {
    const alphabet = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя'
    expect([...alphabet].reverse().sort(kk.compare).join('')).toBe(alphabet)
    expect(['10-іс', '9-іс'].sort(kk.compare)).toEqual(['9-іс', '10-іс'])
  })
})

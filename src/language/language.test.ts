import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from './load.ts'
import { isPlural, languages, leaves, paramsOf } from './messages.ts'
import { createSpeech } from './speech.ts'
import { createTranslator, localeOf } from './translator.ts'

const src = join(import.meta.dirname, '..')
const loaded = loadLanguages(import.meta.dirname)
const tables = Object.fromEntries(languages.map((language) => [language, new Map(leaves(loaded[language]))]))

const files = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))

/** `t('a.b')` and `words: 'a.b'`-like keys cannot all be seen; the literal call is the rule of the house, so it is what we scan. */
const literalKeys = (text: string): string[] => [...text.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((found) => found[1] ?? '')

describe('the three languages', () => {
  it.each(languages)('%s has exactly the keys of Kazakh', (language) => {
    expect([...(tables[language]?.keys() ?? [])].sort()).toEqual([...(tables.kk?.keys() ?? [])].sort())
  })

  it.each(languages)('%s has the params of Kazakh, no empty words, and every plural category', (language) => {
    const needed = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories.toSorted()
    const problems: string[] = []
    for (const [key, leaf] of tables[language] ?? []) {
      const kazakh = tables.kk?.get(key)
      if (kazakh !== undefined && paramsOf(kazakh).join() !== paramsOf(leaf).join()) problems.push(`${key}: params ${paramsOf(leaf)}`)
      if (kazakh !== undefined && isPlural(kazakh) !== isPlural(leaf)) problems.push(`${key}: plural in one language only`)
      if (isPlural(leaf) && Object.keys(leaf).toSorted().join() !== needed.join()) problems.push(`${key}: categories ${Object.keys(leaf)}`)
      const texts = typeof leaf === 'string' ? [leaf] : Object.values(leaf)
      if (texts.some((text) => typeof text !== 'string' || text.trim() === '')) problems.push(`${key}: empty`)
    }
    expect(problems).toEqual([])
  })

  it('has words for every key that the source asks for', () => {
    const missing = files(src).flatMap((file) =>
      literalKeys(readFileSync(file, 'utf8'))
        .filter((key) => !tables.kk?.has(key))
        .map((key) => `${file.slice(src.length + 1)}: ${key}`),
    )
    expect(missing).toEqual([])
  })

  it('would see a missing key', () => {
    expect(literalKeys("<h1>{t('nobody.wrote.this', { count: 1 })}</h1>")).toEqual(['nobody.wrote.this'])
    expect(tables.kk?.has('nobody.wrote.this')).toBe(false)
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

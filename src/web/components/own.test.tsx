import type { Child } from 'hono/jsx'
import { describe, expect, it } from 'vitest'
import { loadLanguages } from '../../language/load.ts'
import { type Language, languages } from '../../language/messages.ts'
import { createSpeech } from '../../language/speech.ts'
import { Clause } from './clause/clause.tsx'
import { Deadline } from './deadline/deadline.tsx'
import { DocumentChecklist } from './document-checklist/document-checklist.tsx'
import { loadGallery } from './gallery/gallery.ts'
import { parseHtml } from './html.testing.ts'
import { Invented } from './invented/invented.tsx'
import { clock, NormMeter } from './norm-meter/norm-meter.tsx'
import { SpeechContext } from './speech.ts'
import { WorkList } from './work-list/work-list.tsx'

const loaded = loadLanguages(`${import.meta.dirname}/../../language`)
const html = (element: Child, language: Language = 'kk', zone = 'Asia/Aqtobe'): string =>
  String(<SpeechContext.Provider value={createSpeech(loaded[language], language, zone)}>{element}</SpeechContext.Provider>)

const gallery = await loadGallery()

describe('gallery', () => {
  it('shows every component', () => {
    const without = gallery.filter(({ examples, theirs }) => examples.length + theirs.length === 0).map(({ name }) => name)
    expect(without, 'a component says what it looks like in <name>/<name>.examples.tsx').toEqual([])
    expect(gallery.length).toBeGreaterThan(40)
  })

  it.each(languages)('renders every example in %s', (language) => {
    for (const { name, examples, theirs } of gallery)
      for (const example of [...examples, ...theirs])
        expect(parseHtml(html(example.element, language)).length, `${name}, ${example.name}`).toBeGreaterThan(0)
  })

  it('names each example of a component by its state', () => {
    for (const { name, examples } of gallery) expect(new Set(examples.map((one) => one.name)).size, name).toBe(examples.length)
  })
})

describe('outside a page', () => {
  it('a component that speaks says so', () => {
    expect(() => String(<Clause number="1" />)).toThrow('outside <Page>')
  })
})

describe('deadline', () => {
  const proof = {
    norm: { value: 2, unit: 'wd' as const, clause: '1' },
    receivedAt: '2018-08-24T10:00:00+05:00',
    dayZero: '2018-08-24',
    days: [
      { date: '2018-08-24', counts: false, reason: 'dayZero' as const },
      { date: '2018-08-25', counts: true, reason: 'swappedWork' as const, act: 'P1700000864' },
      { date: '2018-08-26', counts: false, reason: 'dayOff' as const },
      { date: '2018-08-27', counts: true, reason: 'working' as const },
    ],
    rules: [{ id: 'day-zero', source: '88-V <20>' }],
    calendar: { id: 'kz-2018', confirmed: false },
  }

  it('shows the day, the hour in the zone, what is left and each line of the proof', () => {
    const shown = html(
      <Deadline dueDate="2018-08-27" dueAt="2018-08-27T18:30:00+05:00" state="running" left={{ workingDays: 1 }} proof={proof} />,
    )
    for (const words of [
      '2018 ж. 27 тамыз, дүйсенбі, сағат 18:30-ға дейін',
      'Қалды: 1 жұмыс күні',
      'ауыстырылған жұмыс күні',
      'P1700000864',
      '88-V &lt;20&gt;',
    ]) {
      expect(shown).toContain(words)
    }
    expect(shown.match(/q-proof__day--skipped/g)).toHaveLength(2)
    expect(shown).toContain('күнтізбесі расталмаған')
    expect([...shown.matchAll(/(\d)-күн</g)].map((found) => found[1])).toEqual(['1', '2'])
  })

  it('says what is left only while the term runs', () => {
    expect(html(<Deadline dueDate="2018-08-27" state="done" left={{ hours: 1 }} />)).not.toContain('Қалды')
  })
})

describe('norm meter', () => {
  it('writes clocks', () => {
    expect([0, 59, 725, 3725, -3].map(clock)).toEqual(['0:00', '0:59', '12:05', '1:02:05', '0:00'])
  })

  it('turns from left to over at the limit, and says when it stands still', () => {
    expect(html(<NormMeter spentSeconds={1200} limitSeconds={1200} running />)).toContain('Қалды: 0:00')
    const over = html(<NormMeter spentSeconds={1201} limitSeconds={1200} running />)
    expect(over).toContain('Нормадан асты: 0:01')
    expect(over).toContain('value="1200"')
    expect(html(<NormMeter spentSeconds={5} limitSeconds={60} />)).toContain('Жұмыс уақытынан тыс')
  })
})

describe('work list', () => {
  it('tells its order to screen readers and names each check box', () => {
    const shown = html(
      <WorkList
        choose="cases"
        columns={[
          { key: 'number', label: 'Іс', sortHref: '?sort=number' },
          { key: 'due', label: 'Мерзімі', sortHref: '?sort=-due', sorted: 'ascending' },
        ]}
        rows={[{ number: '15-1', href: '/cases/15-1', cells: { due: 'бүгін' } }]}
      />,
    )
    expect(shown.match(/aria-sort/g)).toHaveLength(1)
    expect(shown).toContain('aria-sort="ascending"')
    expect(shown).toContain('aria-label="15-1 ісін таңдау"')
    expect(shown).toContain('href="/cases/15-1"')
  })
})

describe('document checklist', () => {
  it('asks nothing about a document that a state system holds', () => {
    const shown = html(<DocumentChecklist items={[{ code: 'diploma', title: 'Диплом', need: 'ifNotInIS', held: true }]} />)
    expect(shown).not.toContain('<input')
    expect(shown).toContain('талап етуге болмайды')
  })

  it('gives back what was typed, right or wrong', () => {
    const shown = html(
      <DocumentChecklist items={[{ code: 'a', title: 'Куәлік', need: 'required', validUntil: '2019-02-30"', original: true }]} />,
    )
    expect(shown).toContain('value="2019-02-30&quot;"')
    expect(shown).toContain('name="documents.a.original" value="yes" checked')
  })
})

describe('an invented act', () => {
  it.each(languages)('says so in %s, and a real one says nothing', (language) => {
    const text = { kk: 'Ойдан шығарылған', ru: 'Вымышлен' }
    const found = html(<Invented text={text} />, language)
    expect(found).toContain(language === 'ru' ? 'Вымышлен' : 'Ойдан шығарылған')
    expect(found.includes('lang="kk"')).toBe(language === 'en')
    expect(html(<Invented text={undefined} />, language)).not.toContain('moj-alert')
  })
})

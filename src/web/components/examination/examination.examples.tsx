import type { Example } from '../gallery/gallery.ts'
import { Examination, type ExaminedDocument } from './examination.tsx'

const both = (kk: string, ru: string) => ({ kk, ru })
const ground = both('Материалдар талаптарға сай емес', 'Материалы не соответствуют требованиям')
const clause = both('бұйрық № 632, 10(2)', 'приказ № 632, 10(2)')
const noSeal = both('Құжаттың көшірмесінде мөр жоқ', 'На копии документа нет печати')
const bringSeal = both('Мөр басылған көшірмені тапсыру', 'Представить копию с печатью')
const diploma = both('Білімі туралы диплом', 'Диплом об образовании')

const choices = [
  { code: 'fact.noSeal', text: noSeal.kk, ground: '10(2)' },
  { code: 'own.notMeeting', text: 'Басқасы – өз сөзіңізбен', ground: `10(2): ${ground.kk}` },
]
const document = (code: string, title: { kk: string; ru: string }, more: Partial<ExaminedDocument> = {}): ExaminedDocument => ({
  code,
  title: title.kk,
  printed: title,
  clause: { number: '9(3)' },
  seen: 'көшірме, түпнұсқасымен · Парақ саны: 2',
  finding: { value: '' },
  reason: { value: '', choices },
  fact: { value: '' },
  remedy: { value: '' },
  ...more,
})

export const examples = (): readonly Example[] => [
  {
    name: 'one right, one with a defect, one absent',
    element: (
      <Examination
        name="shown"
        language="kk"
        words={{
          'fact.noSeal': { ground, clause, fact: noSeal, remedy: bringSeal },
          'own.notMeeting': { ground, clause, fact: null, remedy: bringSeal },
        }}
        documents={[
          document('application', both('Өтініш', 'Заявление'), { finding: { value: 'yes' } }),
          document('diploma', diploma, {
            finding: { value: 'no' },
            reason: { value: 'fact.noSeal', choices },
            fact: { value: noSeal.kk },
            remedy: { value: '', error: 'Кемшілікті қалай жоюға болатынын жазыңыз.' },
          }),
          document('courses', both('Курс туралы құжат', 'Документ о курсах'), {
            finding: undefined,
            seen: undefined,
            tag: { text: 'тапсырылмаған', classes: 'govuk-tag--red' },
          }),
        ]}
      />
    ),
  },
]

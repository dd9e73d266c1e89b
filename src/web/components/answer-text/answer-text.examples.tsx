import type { Example } from '../gallery/gallery.ts'
import { AnswerText, type PrintedAnswer } from './answer-text.tsx'

const both = (kk: string, ru: string) => ({ kk, ru })
const ground = both('Материалдар талаптарға сай емес', 'Материалы не соответствуют требованиям')
const clause = both('бұйрық № 632, 10(2)', 'приказ № 632, 10(2)')
const noSeal = both('Құжаттың көшірмесінде мөр жоқ', 'На копии документа нет печати')
const diploma = both('Білімі туралы диплом', 'Диплом об образовании')

const answer: PrintedAnswer = {
  title: both('Дәлелді бас тарту', 'Мотивированный отказ'),
  body: both('Құжаттарыңыз қаралды.', 'Ваши документы рассмотрены.'),
  labels: {
    ground: both('Негіз', 'Основание'),
    clause: both('Тармақ', 'Пункт'),
    document: both('Құжат', 'Документ'),
    fact: both('Істегі дерек', 'Факт в деле'),
    remedy: both('Қалай жоюға болады', 'Как устранить'),
  },
  heading: both('Бас тарту негізі {n}', 'Основание отказа {n}'),
  findings: [
    { heading: both('Бас тарту негізі 1', 'Основание отказа 1'), ground, clause, document: diploma, fact: noSeal, remedy: both('', '') },
  ],
  again: both('Қайта өтініш бере аласыз.', 'Вы можете обратиться повторно.'),
  complaint: {
    heading: both('Шағымдану тәртібі', 'Порядок обжалования'),
    rows: [{ label: both('Қайда', 'Куда'), value: both('жоғары тұрған орган', 'вышестоящий орган') }],
  },
  asks: null,
  documents: null,
}

export const examples = (): readonly Example[] => [
  {
    name: 'a refusal that lacks a remedy',
    element: <AnswerText title="Жауап қағазда осылай басылады" kind="refusal" refusal={answer} standing={{ open: 2, unreasoned: 1 }} />,
  },
]

import { createHash } from 'node:crypto'
import { type Applicant, readStories, type Story } from '../../src/desk/demonstration/stories.ts'
import { checkDigit } from '../../src/law/identifiers.ts'

/** Invented cases by the thousand, the same for the same seed: the demonstration's stories told again of other people on other days. */
export interface Told {
  readonly story: Story
  readonly applicant: Applicant
}

const surnames = [
  'Ахметов',
  'Байжанов',
  'Ермеков',
  'Жұмабаев',
  'Исаев',
  'Қасымов',
  'Мұқанов',
  'Нұрланов',
  'Оспанов',
  'Сейтқалиев',
  'Төлегенов',
  'Шарипов',
]
const women = ['Айгерім', 'Әсел', 'Гүлнар', 'Динара', 'Жанар', 'Ләззат', 'Мәдина', 'Раушан', 'Сәуле', 'Ұлжан']
const men = ['Асқар', 'Болат', 'Ғалым', 'Ерлан', 'Қайрат', 'Мұрат', 'Нұржан', 'Өмірбек', 'Серік', 'Талғат']
const fathers = ['Асан', 'Бекболат', 'Дәулет', 'Ержан', 'Қуаныш', 'Марат', 'Сағат', 'Тоқтар']

const dayMs = 86_400_000

/** An eighth of the cases is open and at most six weeks old; the others ended in the year before, as far back as their act was in force. */
export function inventStories(count: number, until: number): Told[] {
  const { stories } = readStories()
  const fit = stories.filter(({ story }) => story.waits !== 'outside' && story.register === 'found' && story.representative === undefined)
  const [open, ended] = [fit.filter(({ story }) => story.waits !== undefined), fit.filter(({ story }) => story.waits === undefined)]
  return Array.from({ length: count }, (_, index) => {
    const draw = (name: string): number => share(`${index}/${name}`)
    const isOpen = draw('open') < 0.125
    const pool = isOpen ? open : ended
    const pattern = pool[Math.floor(draw('story') * pool.length)]
    if (pattern === undefined) throw new Error('there is no story to tell')
    const applicant = inventApplicant(index, draw, pattern.applicant)
    const oldest = oldestDay[pattern.story.region] ?? '2019-09-09'
    const reach = Math.min(isOpen ? 42 : 365, Math.floor((until - Date.parse(oldest)) / dayMs) - 4)
    const begins = workingMoment(until, isOpen ? 0 : 21, reach, draw)
    return { story: { ...pattern.story, id: `bench-${index}`, applicant: applicant.iin, begins, times: {}, also: [] }, applicant }
  })
}

/** The first Monday of each edition, some days after it came into force, that the stories are told under. */
const oldestDay: Readonly<Record<string, string>> = { almaty: '2019-09-09', aktobe: '2018-08-20', akmola: '2019-07-08' }

/** Local time on a working day between nine and half past twelve, so many days before the end. */
function workingMoment(until: number, least: number, most: number, draw: (name: string) => number): string {
  const days = least + Math.floor(draw('day') * Math.max(1, most - least))
  const day = new Date(until - (days + 1) * dayMs)
  const weekday = day.getUTCDay()
  if (weekday === 0 || weekday === 6) day.setUTCDate(day.getUTCDate() - (weekday === 0 ? 2 : 1))
  const minute = 9 * 60 + Math.floor(draw('minute') * 210)
  return `${day.toISOString().slice(0, 10)}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

function inventApplicant(index: number, draw: (name: string) => number, pattern: Applicant): Applicant {
  const pick = (name: string, from: readonly string[]): string => from[Math.floor(draw(name) * from.length)] ?? ''
  const woman = draw('woman') < 0.8
  const surname = `${pick('surname', surnames)}${woman ? 'а' : ''}`
  const name = pick('name', woman ? women : men)
  const patronymic = `${pick('father', fathers)}${woman ? 'қызы' : 'ұлы'}`
  return { ...pattern, iin: inventIin(index, woman, draw), surname, name, patronymic }
}

/** A day's number above 9000 is higher than any that is given, as in the demonstration. */
function inventIin(index: number, woman: boolean, draw: (name: string) => number): string {
  for (let turn = 0; ; turn++) {
    const two = (value: number): string => String(value).padStart(2, '0')
    const year = two(60 + Math.floor(draw(`year/${turn}`) * 40))
    const month = two(1 + Math.floor(draw(`month/${turn}`) * 12))
    const day = two(1 + Math.floor(draw(`of/${turn}`) * 28))
    const eleven = `${year}${month}${day}${woman ? 4 : 3}9${String((index + turn * 37) % 1000).padStart(3, '0')}`
    const check = checkDigit(eleven)
    if (check !== null) return `${eleven}${check}`
  }
}

const share = (name: string): number => createHash('sha256').update(`pages/${name}`).digest().readUInt32BE(0) / 2 ** 32

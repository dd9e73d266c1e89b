import type { Languages } from '../../language/load.ts'
import { createTranslator, type Translator } from '../../language/translator.ts'
import type { People } from '../../people/people.ts'
import type { Deadline } from '../../time/deadline.ts'
import { hoursOf } from '../../time/schedule.ts'
import { explain, renderLine } from '../../time/words.ts'
import type { Statutes } from '../statutes.ts'
import type { PaperSources } from './sources.ts'

interface Books {
  readonly people: Pick<People, 'organisation' | 'staffById'>
  readonly statutes: Statutes
  readonly languages: Languages
  readonly publicUrl: string
  readonly demonstration: boolean
}

/** Where papers find their names and words. */
export function paperSources({ people, statutes, languages, publicUrl, demonstration }: Books): PaperSources {
  const t = { kk: createTranslator(languages.kk, 'kk'), ru: createTranslator(languages.ru, 'ru') }
  return {
    organisation: people.organisation,
    staff: people.staffById,
    say: (key, params = {}) => ({ kk: t.kk(key, params), ru: t.ru(key, params) }),
    explain: (_, proof) =>
      explain(proof as Deadline, statutes.world).map((line) => ({ kk: renderLine(t.kk, line), ru: renderLine(t.ru, line) })), // the proof of a due date is the Deadline that the engine's count was given
    hours: (id, day) => {
      const organisation = people.organisation(id)
      if (organisation === undefined) return { kk: '—', ru: '—' }
      const { at, region, hours } = organisation
      const period = hoursOf(statutes.world, { kind: at, region, ...(hours ? { hours } : {}) }).findLast(
        (one) => one.from <= day && (one.until === undefined || day <= one.until),
      )
      if (period === undefined) return { kk: '—', ru: '—' }
      const say = (language: 'kk' | 'ru') =>
        [
          ...Object.entries(period.open).map(([days, span]) => `${daysIn(t[language], days)}: ${span.replace('-', '–')}`),
          ...(period.lunch === undefined ? [] : [t[language]('desk.paper.lunch', { span: period.lunch.replace('-', '–') })]),
          ...(period.intakeUntil === undefined ? [] : [t[language]('desk.paper.intakeUntil', { time: period.intakeUntil })]),
        ].join('; ')
      return { kk: say('kk'), ru: say('ru') }
    },
    publicUrl,
    demonstration,
  }
}

/** `mon-fri` in words. */
const daysIn = (t: Translator, days: string) =>
  days
    .split('-')
    .map((day) => t(`desk.paper.day.${day}`))
    .join('–')

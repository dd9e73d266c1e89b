import type { GroundOfRefusal } from '../../engine/case/events.ts'
import type { PaperOf, PaperText } from '../../papers/paper.ts'
import { paperLanguages, readWords } from '../../papers/words.ts'
import type { CaseFile } from '../outcome.ts'
import { asks, complaintOn, documents, findingOn, submitted } from './build.ts'
import { both } from './sources.ts'

/** The text of an answer before it is a paper: the same words, in both languages of paper, without letterhead and signature. */
export interface AnswerText {
  readonly title: PaperText
  readonly body: PaperText
  readonly labels: Readonly<Record<'ground' | 'clause' | 'document' | 'fact' | 'remedy', PaperText>>
  readonly findings: readonly (PaperOf<'reasonedRefusal'>['findings'][number] & { readonly heading: PaperText })[]
  /** Heading of one more finding; `{n}` is its number. */
  readonly heading: PaperText
  readonly again: PaperText | null
  readonly complaint: {
    readonly heading: PaperText
    readonly rows: readonly { readonly label: PaperText; readonly value: PaperText }[]
  } | null
  readonly asks: { readonly label: PaperText; readonly value: PaperText } | null
  readonly documents: { readonly heading: PaperText; readonly titles: readonly PaperText[] } | null
}

const words = readWords()

/** A phrase of the papers in both languages; `{name}` is filled from `params`, which may differ by language. */
function say(key: string, params: Readonly<Record<string, PaperText | number>> = {}): PaperText {
  const [kk, ru] = paperLanguages.map((language) =>
    (words[language][key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const given = params[name]
      return given === undefined ? whole : String(typeof given === 'number' ? given : given[language])
    }),
  )
  return { kk: kk ?? '', ru: ru ?? '' }
}

/** `14 октября 2019 года`, as papers write it; the day is that of the moment's own offset. */
function dayOn(at: string): PaperText {
  const [year = '', month = '', day = ''] = at.slice(0, 10).split('-')
  const named = say(`monthsOn.${Number(month) - 1}`)
  return say('date', { day: Number(day), month: named, year: Number(year) })
}

/** What will be printed if the case is answered so now. `now` is the law's time, RFC 3339. */
export function answerText(file: CaseFile, kind: 'result' | 'refusal', grounds: readonly GroundOfRefusal[], now: string): AnswerText {
  const { state, bound } = file
  const paperKind = kind === 'result' ? 'result' : 'reasonedRefusal'
  const form = bound.law.regulation.papers.find((paper) => paper.kind === paperKind)
  const date = dayOn(submitted({ state }).submittedAt)
  const refused = kind === 'refusal'
  const complaint = refused ? complaintOn(file, now) : null
  return {
    title: form === undefined ? say(`${paperKind}.kind`) : both(form.title),
    body: say(`${paperKind}.body`, { date }),
    labels: {
      ground: say('finding.ground'),
      clause: say('finding.clause'),
      document: say('finding.document'),
      fact: say('finding.fact'),
      remedy: say('finding.remedy'),
    },
    findings: refused
      ? grounds.map((given, index) => ({ heading: say('finding.heading', { n: index + 1 }), ...findingOn(file, given) }))
      : [],
    heading: say('finding.heading'),
    again: refused ? say('reasonedRefusal.again') : null,
    complaint:
      complaint === null
        ? null
        : {
            heading: say('complaint.heading'),
            rows: (['body', 'term', 'order'] as const).map((part) => ({ label: say(`complaint.${part}`), value: complaint[part] })),
          },
    asks: refused ? null : asks({ file, state }),
    documents: refused ? null : { heading: say('result.documents'), titles: documents({ file, state }).map(({ title }) => title) },
  }
}

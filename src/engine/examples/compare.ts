import type { Example } from '../../law/schema/examples.ts'
import type { CaseEvent, DueSet } from '../case/events.ts'

export interface Disagreement {
  readonly what: string
  readonly expected: string
  readonly got: string
}

type Then = Example['then']

/** Holds what happened against `then` of an example. Everything that ran must be named there, so that nothing runs unseen. */
export function compare(events: readonly CaseEvent[], then: Then): Disagreement[] {
  return [
    ...same(
      'path',
      then.path.map((p) => `${p.step} (${p.clause}) → ${p.outcome}`),
      events.flatMap((e) => (e.type === 'StepDone' ? [`${e.data.step} (${e.clause}) → ${e.data.outcome}`] : [])),
    ),
    ...same('end', [then.end ?? ''], [events.findLast((e) => e.type === 'CaseEnded')?.data.ending ?? '']),
    ...same('papers', then.papers, papersOf(events)),
    ...same('duties', then.duties, dutiesOf(events)),
    ...same(
      'dues',
      then.dues.map((d) => `${d.clause}${d.late ? ' late' : ''}`).sort(),
      duesOf(events)
        .map((d) => `${d.clause}${late(events, d) ? ' late' : ''}`)
        .sort(),
    ),
    ...then.dues.flatMap((expected) => wrongDue(events, expected)),
  ]
}

function same(what: string, expected: readonly string[], got: readonly string[]): Disagreement[] {
  const [a, b] = [expected.join(' | '), got.join(' | ')]
  return a === b ? [] : [{ what, expected: a, got: b }]
}

function papersOf(events: readonly CaseEvent[]): string[] {
  const forms = new Map<string, string>()
  return events.flatMap((e) => {
    if (e.type === 'PaperIssued') {
      forms.set(e.data.paper, e.data.form)
      return [e.data.form]
    }
    return e.type === 'PaperReissued' ? [forms.get(e.data.of) ?? ''] : []
  })
}

const byDuty: readonly CaseEvent['type'][] = ['ConsentRecorded', 'ApplicantIdentified']

/** Clauses of the general law under which acts were done: they name their act, the regulation's own clauses do not. */
export const dutiesOf = (events: readonly CaseEvent[]) =>
  events.flatMap((e) => (byDuty.includes(e.type) && e.clause?.includes(':') ? [e.clause] : []))

export const duesOf = (events: readonly CaseEvent[]): DueSet[] =>
  events.flatMap((e) => (e.type === 'StepOpened' || e.type === 'ServiceStarted' ? e.data.dues : []))

function late(events: readonly CaseEvent[], due: DueSet): boolean {
  return events.some(
    (e) =>
      (e.type === 'DueMissed' && e.data.id === due.id) ||
      ((e.type === 'StepDone' || e.type === 'CaseEnded') && e.data.met.some((m) => m.id === due.id && m.late)),
  )
}

function wrongDue(events: readonly CaseEvent[], expected: Then['dues'][number]): Disagreement[] {
  const candidates = duesOf(events).filter((d) => d.clause === expected.clause && (expected.step === undefined || d.step === expected.step))
  const isDay = expected.due.length === 10
  if (candidates.some((d) => (isDay ? d.proof.dueDate === expected.due : Date.parse(d.dueAt) === Date.parse(expected.due)))) return []
  const got = candidates.map((d) => (isDay ? d.proof.dueDate : d.dueAt)).join(' | ')
  return [{ what: `dues ${expected.clause}${expected.step === undefined ? '' : ` of ${expected.step}`}`, expected: expected.due, got }]
}

import type { Fact } from '../../law/schema/acts.ts'
import type { CaseEvent, DueSet, EventOf, Item } from './events.ts'
import type { CaseState, Due, IssuedPaper } from './state.ts'

/** Parts of a state as an event leaves them: what `evolve` is put together from. */

export const running = (due: DueSet): Due => ({ ...due, state: 'running', endedAt: null })

/** Still counted: not ended, late or not. */
export const isRunning = (due: Due) => due.endedAt === null && due.state !== 'met' && due.state !== 'metLate' && due.state !== 'stopped'

export function endDues(dues: readonly Due[], met: readonly { id: string; late: boolean }[], at: string): Due[] {
  return dues.map((due) => {
    const end = met.find((m) => m.id === due.id)
    return end === undefined || !isRunning(due) ? due : { ...due, state: end.late ? 'metLate' : 'met', endedAt: at }
  })
}

export function left(state: CaseState, at: string, what: readonly Fact[]): CaseState {
  const facts = { ...state.facts }
  for (const fact of what) facts[fact] = { at, step: state.step?.id ?? null }
  return { ...state, facts }
}

/** A returned step is done anew: what it and the step after it had left no longer opens the way. */
export function withoutFactsOf(state: CaseState, ...steps: string[]): CaseState['facts'] {
  return Object.fromEntries(Object.entries(state.facts).filter(([, fact]) => fact.step === null || !steps.includes(fact.step)))
}

export const without = (facts: CaseState['facts'], names: readonly Fact[]): CaseState['facts'] =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.some((one) => one === name)))

/** Papers that carry an answer: what a new act takes the place of. */
export const answerPapers: readonly string[] = ['result', 'reasonedRefusal', 'refusalNotice']

export function withCustody(
  state: CaseState,
  what: Item,
  to: (custody: NonNullable<CaseState['custody'][Item]>) => NonNullable<CaseState['custody'][Item]>,
): CaseState {
  const before = state.custody[what]
  return before === undefined ? state : { ...state, custody: { ...state.custody, [what]: to(before) } }
}

export function paperOf(event: Extract<CaseEvent, { type: 'PaperIssued' }>, copyOf: IssuedPaper['copyOf']): IssuedPaper {
  const { paper, form, kind, copies } = event.data
  return {
    id: paper,
    form,
    kind,
    at: event.at,
    by: event.actor,
    clause: event.clause,
    copies,
    copyOf,
    books: event.personal?.books ?? null,
    replacedAt: null,
  }
}

/** Whoever did it has the paper in their hands; a system has none. */
export const keeperOf = ({ actor }: CaseEvent) => (actor.kind === 'staff' ? actor.id : null)

export function reassigned(state: CaseState, { at, actor, data }: EventOf<'WorkReassigned'>): CaseState {
  const { role, from, to, step, items, cause } = data
  const open = state.step
  const named = state.assignee
  const wasNamed = named === null || named.role !== role ? from === null : named.id === from || from === null
  const custody = Object.entries(state.custody).map(([what, one]) => [what, items.some((i) => i === what) ? { ...one, keeper: to } : one])
  return {
    ...state,
    step: open !== null && open.id === step ? { ...open, assignee: to, handed: { from, at, by: actor, cause } } : open,
    assignee: wasNamed ? (to === null ? null : { id: to, role }) : named,
    custody: Object.fromEntries(custody),
  }
}

export function corrected(state: CaseState, entry: string, after: unknown): CaseState {
  const [part, field] = entry.split('.')
  if (field === undefined) return state
  if (part === 'application' && state.application) return { ...state, application: { ...state.application, [field]: after } }
  if (part === 'applicant') return { ...state, applicant: { ...state.applicant, [field]: after } }
  if (entry === 'identification.number' && state.identification && typeof after === 'string')
    return withNumber(state, state.identification, after)
  return state
}

/** The number was read once for two acts: both carry it. */
function withNumber(state: CaseState, identification: NonNullable<CaseState['identification']>, number: string): CaseState {
  const before = identification.number
  const documents = state.documents.map((one) => (one.number !== undefined && one.number === before ? { ...one, number } : one))
  return { ...state, documents, identification: { ...identification, number } }
}

import { readBy } from '../../engine/acts/index.ts'
import { tasksOf } from '../../engine/case/duties.ts'
import type { StepInput } from '../../engine/case/input.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { runFrom } from '../../engine/case/run.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { Act } from '../../law/schema/acts.ts'
import type { DocumentRule } from '../../law/schema/standard.ts'
import type { Step } from '../../law/schema/step.ts'

/** What state systems hold is said with the documents; what they answer, they say themselves. */
const withoutSection = ['answer', 'inStateSystems'] as const
export type SectionName = Exclude<keyof StepInput, (typeof withoutSection)[number]>
const isSection = (name: keyof StepInput): name is SectionName => !withoutSection.some((other) => other === name)

/** A part of a step's form: what an act reads, with the clause under which it is asked for. */
export interface Section {
  readonly name: SectionName
  readonly act: Act
  readonly clause: string
  /** True where the general law attached it, not the regulation. */
  readonly duty: boolean
  /** Of the documents: the number of the identity document is asked for with them, because an act of this desk needs it. */
  readonly identifies?: boolean
}

/** Everything a step asks of its performer, in the order of the law: duties first, since data may not be asked for before there is consent. */
export function sectionsOf(law: CaseLaw, state: CaseState, step: Step, now: string): Section[] {
  const sections: Section[] = []
  for (const { act, clause, duty } of tasksOf(law, state, step, now)) {
    for (const name of readBy(act)) {
      if (!isSection(name) || sections.some((known) => known.name === name) || !isAsked(name, act, state, step)) continue
      const identifies = name === 'documents' && isIdentityNeeded(law, state, step, now)
      sections.push({ name, act, clause, duty: duty !== null, ...(identifies ? { identifies } : {}) })
    }
  }
  return sections
}

/** Whoever takes the documents and later establishes identity, or hands out the answer, reads the identity document once. */
const isIdentityNeeded = (law: CaseLaw, state: CaseState, step: Step, now: string): boolean =>
  runFrom(law, step.id).some((one) => tasksOf(law, state, one, now).some(({ act }) => act.act === 'identify' || act.act === 'giveAnswer'))

function isAsked(name: SectionName, act: Act, state: CaseState, step: Step): boolean {
  const examinesNow = step.does.some((other) => other.act === 'examine')
  switch (name) {
    case 'consent':
      return state.consent?.given !== true
    case 'refusal':
      if (act.act === 'prepareAnswer' && act.when === 'conforming') return false
      return examinesNow || state.examination?.conforming === false
    case 'marksChecked':
      return state.registerAnswer !== null && state.registerAnswer.marks.length > 0 && state.registerAnswer.checked === null
    case 'taken':
      return act.act === 'takeOver' && !isHeldByTaker(state, act.what)
    default:
      return true
  }
}

function isHeldByTaker(state: CaseState, what: 'package' | 'answer'): boolean {
  const [holder, open] = [state.custody[what]?.holder, state.step]
  return holder !== undefined && open !== null && holder.role === open.role && holder.organisation === (open.organisation ?? '')
}

/** Documents that may be handed in through the case's channel. Those of representatives only are among them: who brought the papers is said in the same form. */
export const documentsAsked = (law: CaseLaw, state: Pick<CaseState, 'channel'>): DocumentRule[] =>
  law.standard.documents.filter((rule) => rule.channels?.includes(state.channel) ?? true)

/**
 * The document by which the applicant is known: the one that the Standard has shown and given back. What is read from it is asked for once,
 * whichever acts need it.
 */
export const identityRule = (law: CaseLaw, state: Pick<CaseState, 'channel'>): DocumentRule | undefined =>
  documentsAsked(law, state).find((rule) => rule.returned && rule.requirement === 'required' && rule.applicants === undefined)

/** Identity read from that document when it was handed in. */
export function identityAtHand(law: CaseLaw, state: CaseState): { kind: (typeof identityKinds)[number]; number: string } | undefined {
  const rule = identityRule(law, state)
  const shown = state.documents.find(({ id }) => id === rule?.id)
  return shown?.number === undefined ? undefined : { kind: shown.kind ?? 'idCard', number: shown.number }
}

export const identityKinds = ['idCard', 'passport', 'residencePermit', 'digitalId'] as const
export const waysPresented = ['original', 'copy', 'copyWithOriginal', 'digital'] as const
export const consentForms = ['written', 'eds', 'phone'] as const
export const leastRows = 1
export const mostRows = 20

/** How many rows the grounds of refusal have in the form that was sent. */
export const rowsOf = (typed: URLSearchParams): number => {
  const given = Number(typed.get('refusal.rows') ?? leastRows)
  return Number.isInteger(given) ? Math.min(Math.max(given, leastRows), mostRows) : leastRows
}

import type { GeneralLaw } from '../../law/schema/general.ts'
import type { Regulation } from '../../law/schema/regulation.ts'
import type { StandardEdition } from '../../law/schema/standard.ts'
import type { DueProof } from './events.ts'

/** The law one case is bound to, with the arithmetic of its calendars. */
export interface CaseLaw {
  readonly regulation: Regulation
  readonly standard: StandardEdition
  readonly general: readonly GeneralLaw[]
  readonly files: Readonly<Record<string, string>>
  readonly count: Count
}

/** Counts a norm from a moment. Given by the time floor; `organisation` lets an organisation have hours of its own. */
export type Count = (question: {
  readonly value: number
  readonly unit: 'min' | 'wd' | 'cd'
  readonly clause: string
  /** RFC 3339 with the region's offset. */
  readonly from: string
  readonly receiver: Party
  readonly performer: Party
}) => { readonly proof: DueProof; readonly warnAt: string }

export interface Party {
  readonly kind: 'provider' | 'corporation'
  readonly organisation: string | null
}

export const stepOf = (law: CaseLaw, id: string) => law.regulation.steps.find((s) => s.id === id)

/** The clause of another act, as it is cited: `law-88-V:20(6)`; an act that is cited as a whole has its name alone. */
export const cite = (law: Pick<GeneralLaw, 'id'>, clause: string) =>
  clause.includes(':') || clause === law.id ? clause : `${law.id}:${clause}`

export const within = (rule: { from: string; until?: string | undefined }, at: string) =>
  rule.from <= at.slice(0, 10) && (rule.until === undefined || at.slice(0, 10) <= rule.until)

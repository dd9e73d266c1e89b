import type { CaseFile } from '../../../../desk/outcome.ts'
import type { Scan } from '../../../../desk/scanRoom.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import type { LocalText } from '../../../../language/translator.ts'
import type { Step } from '../../../../law/schema/step.ts'
import type { Staff } from '../../../../people/model.ts'
import type { ExaminationForm } from '../../../forms/examination.ts'
import type { Section } from '../../../forms/sections.ts'
import type { FormView } from '../../../forms/view.ts'
import type { Naming } from '../../../wording/naming.ts'
import type { SigningWays } from '../signing/Ways.tsx'
import type { ListPlace } from '../work/place.ts'

/** Everything that the parts of a step's page look at. */
export interface StepView {
  readonly number: string
  readonly version: number
  readonly law: CaseLaw
  readonly state: CaseState
  /** What the act says of itself where it is invented. */
  readonly invented: LocalText | undefined
  /** What the options of the Standard are called. */
  readonly asks: string
  /** What an applicant states of whom more documents are asked; null where none depends on it. */
  readonly holders: string | null
  readonly step: Step
  readonly sections: readonly Section[]
  /** Whether the reader may send the case back to whoever had it before. */
  readonly mayReturn: boolean
  /** Where the step examines or refuses. */
  readonly examination: ExaminationForm | null
  readonly file: CaseFile
  readonly form: FormView
  readonly naming: Naming
  /** Scans that lie in the case. */
  readonly scans: readonly Scan[]
  /** The law's time, RFC 3339 in the region's zone. */
  readonly now: string
  /** Who may be named as the performer of what follows. */
  readonly performers: readonly Staff[]
  /** Of an application that was not accepted or was refused before: what was missing or wrong, by document. */
  readonly before?: Readonly<Record<string, string>>
  /** Name of this request: the same form sent twice is one command. */
  readonly key: string
  /** With whose keys the step may be signed. */
  readonly ways: SigningWays
  readonly csrf: string
  /** The list from which the step was opened. */
  readonly place?: ListPlace | undefined
}

/** Whether the step decides over what others prepared: it gives the case to somebody, or signs an answer that is there. */
export const decidesOverOthers = ({ step, state }: Pick<StepView, 'step' | 'state'>): boolean =>
  step.does.some(({ act }) => act === 'refer') || (state.answer !== null && step.does.some(({ act }) => act === 'sign'))

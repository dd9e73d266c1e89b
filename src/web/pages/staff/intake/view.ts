import type { Difference } from '../../../../desk/compared.ts'
import type { History } from '../../../../desk/reading.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import type { CaseState, Correctable } from '../../../../engine/case/state.ts'
import type { LocalText } from '../../../../language/translator.ts'
import type { Actor } from '../../../../ledger/ledger.ts'
import type { FormView } from '../../../forms/view.ts'
import type { Naming } from '../../../wording/naming.ts'
import type { StepView } from '../step/view.ts'
import type { ListPlace } from '../work/place.ts'
import type { Part } from './parts.ts'

/** Everything that the screen of an intake shows. */
export interface IntakeView {
  readonly history: History
  readonly number: string
  readonly version: number
  readonly law: CaseLaw
  readonly state: CaseState
  readonly naming: Naming
  readonly viewer: Actor
  readonly invented: LocalText | undefined
  readonly asks: string
  readonly holders: string | null
  /** The law's time, RFC 3339 in the region's zone. */
  readonly now: string
  readonly csrf: string
  readonly key: string
  /** The list from which the case was opened. */
  readonly place?: ListPlace | undefined
  readonly parts: readonly Part[]
  /** The form of the open step; null where nothing is the reader's to do. */
  readonly open: StepView | null
  /** What was typed is shown once more before the step is done. */
  readonly checking: boolean
  /** The one step takes in and hands out: its button leads to the check. */
  readonly checks: boolean
  readonly compared: readonly Difference[] | null
  /** An entry of what is done that is being corrected, with the form for it. */
  readonly change: { readonly entry: Correctable; readonly form: FormView } | null
  /** An earlier application of the same person from which this one may begin. */
  readonly again: { readonly number: string; readonly endedAt: string; readonly taken: boolean } | null
  /** What the package lacks, by the engine's own reckoning: tells what a check will come out as. */
  readonly lacking: { readonly missing: readonly string[]; readonly expired: readonly string[] } | null
}

import type { Installation } from '../house/installation.ts'
import type { Round } from '../plan.ts'

/** One kind of fault. `strike` is called under load, at the round's moment, and ends when the fault is over. */
export interface Fault {
  /** Callers speak to the first server alone; absent: to both. */
  readonly oneServer?: boolean
  readonly prepare?: (house: Installation, round: Round) => Promise<void>
  readonly strike: (house: Installation, round: Round) => Promise<Struck>
  /** Undoes `prepare`, once the load has ended. */
  readonly undo?: (house: Installation, round: Round) => Promise<void>
}

export interface Struck {
  /** What was hit, in words of the round's line. */
  readonly text: string
  /** Why nothing was hit: the round counts as not run. */
  readonly missed?: string
}

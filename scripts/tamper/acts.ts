import type pg from 'pg'
import type { Problem } from '../../src/ledger/verify/problem.ts'
import { caseActs } from './caseActs.ts'
import { eventActs } from './eventActs.ts'
import type { Scene } from './scene.ts'
import { sealActs } from './sealActs.ts'
import { valueActs } from './valueActs.ts'
import { viewActs } from './viewActs.ts'

/** What somebody who rules the database does to it, and what `verify` must say of it. */
export interface Act {
  readonly name: string
  readonly does: (client: pg.ClientBase, scene: Scene) => Promise<unknown>
  /** Each must be among the problems told. */
  readonly tells: (scene: Scene) => readonly Told[]
  /** Seen only by whoever has kept a seal. */
  readonly needsKept?: true
}

export type Told = Pick<Problem, 'kind'> & { readonly case?: string; readonly seq?: number; readonly says?: RegExp }

/** Every table that refuses changes, and those that somebody can change at once. */
export const guarded = ['event', 'read_journal', 'law_file', 'law_version', 'seal', 'seal_leaf', 'seal_node']

export const acts: readonly Act[] = [...eventActs, ...valueActs, ...viewActs, ...caseActs, ...sealActs]

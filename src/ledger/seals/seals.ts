import type { Database } from '../postgres/database.ts'
import { makeSeal } from './makeSeal.ts'
import { type CaseProof, caseProof } from './proof.ts'
import { newestSeal } from './readSeals.ts'
import type { Seal } from './seal.ts'

export type { CaseProof } from './proof.ts'
export type { Seal } from './seal.ts'

/** Seals over all cases: what makes the loss of a whole case visible, also to whoever only kept one hash. */
export interface Seals {
  /** Seals what moved since the seal before. null: nothing did, or another process seals. @param at RFC 3339, by the law's clock */
  make(at: string): Promise<Seal | null>
  newest(): Promise<Seal | null>
  /** null: there is no such case. */
  proof(home: number, caseNumber: string): Promise<CaseProof | null>
}

export function openSeals(database: Database): Seals {
  return {
    make: (at) => makeSeal(database, at),
    newest: () => newestSeal(database),
    proof: (home, caseNumber) => caseProof(database, home, caseNumber),
  }
}

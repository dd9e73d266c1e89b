import type { CaseHeads } from './caseHeads.ts'
import { seal, unseal } from './cipher.ts'

/** Small values under the key of a case, for floors that keep them in tables of their own: when the case is destroyed nothing opens them any more. */
export interface CaseKeys {
  /** `context` names what it is and where it lies, so that it cannot be moved. null: the case was destroyed. */
  seal(home: number, caseNumber: string, context: string, plain: string): Promise<Buffer | null>
  /** null: the case was destroyed. Throws where key, context or a bit of the bytes is another. */
  unseal(home: number, caseNumber: string, context: string, sealed: Buffer): Promise<string | null>
}

export function caseKeys(heads: Pick<CaseHeads, 'keyOf'>): CaseKeys {
  return {
    seal: async (home, caseNumber, context, plain) => {
      const key = await heads.keyOf(home, caseNumber)
      return key && seal(key, `${context} ${home}/${caseNumber}`, Buffer.from(plain, 'utf8'))
    },
    unseal: async (home, caseNumber, context, sealed) => {
      const key = await heads.keyOf(home, caseNumber)
      return key && unseal(key, `${context} ${home}/${caseNumber}`, sealed).toString('utf8')
    },
  }
}

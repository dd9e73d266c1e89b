import type { ConsentTokens } from '../register/shep/consent.ts'
import { kdpService } from '../register/shep/kdp.ts'
import { type AttendedParts, attend } from './attend.ts'

/** A consent service whose every question stands in the journal beside the register's that it is asked for. */
export function attendedConsent(
  tokens: ConsentTokens,
  homeOf: (caseNumber: string) => number | null,
  parts: AttendedParts,
  timeoutMs: number,
): ConsentTokens {
  return {
    ...tokens,
    async ask(question, access, { signal } = {}) {
      const { caseNumber, queryId } = question
      const home = homeOf(caseNumber)
      if (home === null) throw new RangeError(`${caseNumber} is no number of a case`)
      const key = `${queryId}/consent`
      const wanted = { home, case: caseNumber, key, service: kdpService, direction: 'out', timeoutMs, signal } as const
      return attend(
        parts,
        wanted,
        (options) => tokens.ask(question, access, options),
        (said) => ({ outcome: said.kind === 'token' ? 'consented' : said.code, answeredAt: said.kind === 'token' ? parts.now() : null }),
      )
    },
  }
}

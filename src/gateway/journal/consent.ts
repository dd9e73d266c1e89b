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
        async (options) => {
          // Between the look before and this turn another process may have been given one.
          const known = await tokens.known(question)
          return known === null ? tokens.ask(question, access, options) : ({ kind: 'token', token: known } as const)
        },
        (said) => ({ outcome: said.kind === 'token' ? 'consented' : said.code, answeredAt: said.kind === 'token' ? parts.now() : null }),
      )
    },
  }
}

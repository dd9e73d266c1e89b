import type { PersonRegister, RegisterAnswer } from '../register/register.ts'
import { type AttendedParts, attend, questionMs } from './attend.ts'
import type { AttemptEnd } from './journal.ts'

/** A register whose every question stands in the journal, leaves alone of its name, and not at all while the register is known to be out. */
export function attendedRegister(
  register: PersonRegister,
  service: string,
  homeOf: (caseNumber: string) => number | null,
  parts: AttendedParts,
  timeoutMs = questionMs,
): PersonRegister {
  return {
    async ask(question, { signal } = {}): Promise<RegisterAnswer> {
      const home = homeOf(question.caseNumber)
      if (home === null) throw new RangeError(`${question.caseNumber} is no number of a case`)
      const wanted = { home, case: question.caseNumber, key: question.queryId, service, direction: 'out', timeoutMs, signal } as const
      const said = await attend(parts, wanted, (options) => register.ask(question, options), endOf)
      if ('exchange' in said) return said
      return { ...said, exchange: { id: '', answerId: null, service, sentAt: parts.now(), answeredAt: null } }
    },
  }
}

const endOf = (said: RegisterAnswer): Omit<AttemptEnd, 'tookMs'> => ({
  outcome: said.kind === 'technicalFailure' ? said.code : said.kind,
  answeredAt: said.exchange.answeredAt,
  answerId: said.exchange.answerId,
})

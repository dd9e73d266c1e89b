import type { Exchange } from '../exchange.ts'
import type { BilingualText, CallOptions, TechnicalFailure } from '../failure.ts'
import type { Person } from './person.ts'

/** Id of the register's service on the gateway. */
export const registerService = 'GBDFL_UniversalServiceSync'
/** The same with a token of consent by telephone. */
export const registerServiceWithToken = 'GBDFLUniversal_token'

/** A question about one person. */
export interface RegisterQuestion {
  /** Twelve digits, already checked. */
  readonly iin: string
  readonly caseNumber: string
  /** The case's own name for this question; asking again after a failure keeps it. */
  readonly queryId: string
  /** Recorded before the question (Law 88-V, article 20(6)). `at`: RFC 3339. */
  readonly consent: { readonly at: string; readonly form: 'written' | 'eds' | 'phone' }
  /** Why the person is read: goes into the journal on both sides. */
  readonly purpose: string
  /** Name of the worker in whose name the person is read; the service that gives consent tokens wants to know it. */
  readonly employee?: string
}

/**
 * What a register can say. Only `notFound` may lead a case to the step "no data": the register itself said that it has nobody. A failure says
 * nothing of the person. `notFound` keeps the register's own code and words, ready in both languages.
 */
export type RegisterAnswer =
  | { readonly kind: 'found'; readonly person: Person; readonly exchange: Exchange }
  | { readonly kind: 'notFound'; readonly code: string; readonly text: BilingualText; readonly exchange: Exchange }
  | (TechnicalFailure & { readonly exchange: Exchange })

/** The register of individuals (ЖТ МДҚ), service `GBDFL_UniversalServiceSync` of the gateway. */
export interface PersonRegister {
  /**
   * Asks once, without repeating: whoever calls repeats by `nextAttempt`. An outage is an answer (`technicalFailure`), never an exception.
   * @throws ConsentMissing where no consent is given with the question; nothing has left then.
   */
  ask(question: RegisterQuestion, options?: CallOptions): Promise<RegisterAnswer>
}

/** A question without consent came as far as the wire: the case should have refused it long before. */
export class ConsentMissing extends Error {
  constructor(queryId: string) {
    super(`Query ${queryId} carries no consent: the register of individuals is not asked (Law 88-V, article 20(6)).`)
    this.name = 'ConsentMissing'
  }
}

/** Every implementation's first line. */
export function requireConsent({ consent, queryId }: RegisterQuestion): void {
  if (!consent?.at || !consent.form) throw new ConsentMissing(queryId)
}

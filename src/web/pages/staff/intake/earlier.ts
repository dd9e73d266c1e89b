import type { Who } from '../../../../desk/who.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import { parseIin } from '../../../../law/identifiers.ts'
import type { House } from '../../../house.ts'

/** An application that came to nothing, from which a new one begins. */
export interface Earlier {
  readonly number: string
  readonly state: CaseState
}

const failed: readonly string[] = ['refused', 'notAccepted', 'impossible', 'withdrawn']
const looked = 10

/**
 * The newest earlier application of a person at the reader's organisation that was refused, not accepted or taken back. Each case that is opened for
 * it goes into the journal; what the reader may not read does not exist.
 */
export async function earlierOf(house: House, who: Who, iin: string, service: string): Promise<Earlier | null> {
  const found = await readCases(house, who, iin, ({ ended }) => failed.includes(ended?.kind ?? ''), service)
  return found
}

/** Where somebody's telephone was written down last: nobody is asked twice. */
export async function contactOf(house: House, who: Who, iin: string, not: string): Promise<CaseState['applicant'] | null> {
  const found = await readCases(house, who, iin, ({ applicant }) => Object.values(applicant).some(Boolean), null, not)
  return found?.state.applicant ?? null
}

async function readCases(
  house: House,
  who: Who,
  typed: string,
  fits: (state: CaseState) => boolean,
  service: string | null,
  not?: string,
): Promise<Earlier | null> {
  const iin = parseIin(typed)
  const { organisation } = who.actor
  if (!iin.ok || organisation === undefined) return null
  const rows = await house.ledger.cases.byIin(iin.value.value, { scope: [organisation], limit: looked })
  for (const { case: number, open } of rows) {
    if (number === not || (service !== null && open)) continue
    const history = await house.reading.case(number, who, 'step')
    const regulation = history?.file.bound.law.regulation
    if (history && (service === null || regulation?.service === service) && fits(history.file.state)) {
      return { number, state: history.file.state }
    }
    // The newest decides: what was accepted after a refusal needs no second application.
    if (service !== null && history && regulation?.service === service) return null
  }
  return null
}

/** What an earlier application has to say in a new one's form: who applies and for what; never that anything was seen, taken or agreed to. */
export function typedFrom({ state }: Earlier): URLSearchParams {
  const { application } = state
  if (!application) return new URLSearchParams()
  const { representative: _, holds, ...own } = application
  const fields = Object.entries(own).map(([field, value]): [string, string | undefined] => [`application.${field}`, value])
  const all = [...fields, ['application.holds', holds ? 'yes' : undefined], ['application.by', 'self']] as const
  return new URLSearchParams(all.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])))
}

export type Fault = { readonly kind: 'missing' | 'expired' } | { readonly kind: 'wrong'; readonly fact: string }

/** What stood in the way then, by document. */
export function faultsOf({ state }: Earlier): ReadonlyMap<string, Fault> {
  const faults = new Map<string, Fault>()
  const { completeness, examination, answer } = state
  for (const id of completeness?.missing ?? []) faults.set(id, { kind: 'missing' })
  for (const id of completeness?.expired ?? []) faults.set(id, { kind: 'expired' })
  for (const { document, ok, fact } of examination?.findings ?? []) if (!ok) faults.set(document, { kind: 'wrong', fact: fact ?? '' })
  for (const { document, fact } of answer?.grounds ?? []) if (document !== undefined) faults.set(document, { kind: 'wrong', fact })
  return faults
}

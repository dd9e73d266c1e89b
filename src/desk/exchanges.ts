import { answerOfRegister } from '../gateway/answers.ts'
import { marksOf } from '../gateway/register/marks.ts'
import type { PersonRegister } from '../gateway/register/register.ts'
import type { Actor, Ledger } from '../ledger/ledger.ts'
import { fullName } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import type { CaseFile } from './outcome.ts'
import type { Told } from './outside.ts'
import type { Purpose } from './reading.ts'
import type { Statutes } from './statutes.ts'

export interface ExchangeParts {
  readonly register: PersonRegister
  readonly shelf: CaseShelf
  readonly ledger: Pick<Ledger, 'journal'>
  readonly people: Pick<People, 'staffById'>
  readonly statutes: Statutes
  readonly clock: LawClock
}

/**
 * Asks the register about the applicant. Only the register's own "no such person" is "not found"; everything else is a failure that says nothing.
 * That somebody was read, by whom and for which case, stands in the journal before the case, and so anybody, is told what the register said.
 */
export async function askRegister(parts: ExchangeParts, file: CaseFile, query: string, retryAt: string): Promise<Told> {
  const { application, consent } = file.state
  if (!application || !consent?.given) throw new Error(`case ${file.number} asks the register without an applicant or consent`)
  const form = consent.form === 'eds' || consent.form === 'phone' ? consent.form : 'written'
  const asker = await askerOf(parts, file, query)
  const employee = asker === undefined ? undefined : parts.people.staffById(asker.id)
  const answer = await parts.register.ask({
    iin: application.iin,
    caseNumber: file.number,
    queryId: query,
    consent: { at: consent.at, form },
    purpose: file.bound.law.regulation.id,
    ...(employee === undefined ? {} : { employee: fullName(employee.name) }),
  })
  if (answer.kind !== 'technicalFailure' && asker !== undefined) await noteReading(parts, file, asker)
  const told = answerOfRegister(answer, retryAt)
  if (told.kind !== 'found' || answer.kind !== 'found') return { answer: told, ...heldIn(answer) }
  const today = momentIn(parts.statutes.zoneOf(file.bound.law.regulation.region), parts.clock.now()).slice(0, 10)
  return { answer: { ...told, marks: marksOf(answer.person, today) } }
}

/** The worker whose step asked. */
async function askerOf({ shelf }: ExchangeParts, { number }: CaseFile, query: string): Promise<Actor | undefined> {
  const history = await shelf.history(number)
  return history?.events.findLast(({ type, data }) => type === 'RegisterQueried' && data.query === query)?.actor
}

async function noteReading({ ledger, statutes, clock }: ExchangeParts, { home, number, bound }: CaseFile, asker: Actor): Promise<void> {
  const purpose: Purpose = 'register'
  const { region } = bound.law.regulation
  await ledger.journal.record({
    home: statutes.homeOf(region),
    at: momentIn(statutes.zoneOf(region), clock.now()),
    who: asker.id,
    role: asker.role ?? '',
    purpose,
    cases: [{ home, case: number }],
  })
}

const heldIn = ({
  heldMs,
  outOfTurn,
}: {
  readonly kind: string
  readonly heldMs?: number
  readonly outOfTurn?: true
}): Omit<Told, 'answer'> => ({
  heldMs,
  outOfTurn,
})

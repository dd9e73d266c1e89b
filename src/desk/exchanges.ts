import { setTimeout as sleep } from 'node:timers/promises'
import { answerOfRegister, answerOfSending, answerOfStatus } from '../gateway/answers.ts'
import { technicalFailure } from '../gateway/failures.ts'
import type { IncomingMessage, MessageChannel, Receipt } from '../gateway/messages/channel.ts'
import type { PayloadOf } from '../gateway/messages/payload.ts'
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
  readonly channel: MessageChannel
  readonly shelf: CaseShelf
  readonly ledger: Pick<Ledger, 'files' | 'journal'>
  readonly people: Pick<People, 'staffById' | 'organisation'>
  readonly statutes: Statutes
  readonly clock: LawClock
}

/** Id of a service's messages to the workstation on the gateway, `QYZMET_TEACHER_ATTESTATION`; the real ones are not public. */
export const reggService = (service: string): string => `QYZMET_${service.replaceAll('-', '_').toUpperCase()}`

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
  if (told.kind !== 'found' || answer.kind !== 'found') return { answer: told, heldMs: heldIn(answer) }
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

const heldIn = (said: { readonly kind: string; readonly heldMs?: number }): number | undefined => said.heldMs

/** How long the delivery of one message is watched before it is asked for again; in milliseconds. */
const watchFor = 5_000

/** Sends the signed request and waits until the other workstation has taken it. Sent again under the same name, it is taken once. */
export async function sendRequest(parts: ExchangeParts, file: CaseFile, message: string, retryAt: string): Promise<Told> {
  const payload = await applicationOf(parts, file, message)
  const serviceId = reggService(payload.service)
  const sent = await parts.channel.sendMessage({ serviceId, messageType: 'REQUEST', messageDate: payload.eventAt, payload })
  const sending = answerOfSending(sent, retryAt)
  if (sent.kind !== 'accepted') return sending.kind === 'answer' ? { answer: sending.answer, heldMs: sent.heldMs } : late(retryAt)
  for (let waited = 0; waited < watchFor; waited += 50) {
    const delivery = answerOfStatus(await parts.channel.getMessageStatus(sent.messageId), retryAt)
    if (delivery.kind === 'answer') return { answer: delivery.answer }
    if (delivery.kind === 'repeat') break
    await sleep(50)
  }
  return late(retryAt)
}

/** Not delivered in the time it was watched: nothing is known but that it is not there yet. */
function late(retryAt: string): Told {
  const { code, text } = technicalFailure('govtech-transport-error')
  return { answer: { kind: 'technicalFailure', code, text: `${text.kk} / ${text.ru}`, retryAt } }
}

/** The regional gateway's workstation in the same process: takes a request whose law is the one it holds, and no other. */
export function listenAtWorkstation(
  parts: Pick<ExchangeParts, 'statutes' | 'clock' | 'shelf'>,
  channel: MessageChannel,
): () => Promise<void> {
  return channel.listen({
    async message(message: IncomingMessage): Promise<Receipt> {
      const { payload } = message
      const file = await parts.shelf.find(payload.case.number, true)
      const region = file?.bound.law.regulation.region
      const at = momentIn(region === undefined ? 'UTC' : parts.statutes.zoneOf(region), parts.clock.now())
      if (file === null) return { kind: 'notAccepted', at, resend: false, code: 'unknownCase' }
      if (file.bound.law.sha256.regulation !== payload.law.sha256) return { kind: 'notAccepted', at, resend: false, code: 'lawDiffers' }
      return { kind: 'accepted', at }
    },
  })
}

async function applicationOf(parts: ExchangeParts, file: CaseFile, message: string): Promise<PayloadOf<'application'>> {
  const { state, bound } = file
  const { application, consent, seal } = state
  if (!application || !consent || !seal?.file) throw new Error(`case ${file.number} is sent before it is whole`)
  const provider = parts.people.organisation(state.provider.id)
  const operator = parts.people.staffById(seal.signer)
  const branch = parts.people.organisation(state.branch ?? '')
  const signed = await parts.ledger.files.get(file.home, file.number, seal.file)
  if (!provider || !operator?.iin || !branch || signed === null)
    throw new Error(`case ${file.number} names people or files that are not there`)
  const { surname, name, patronymic, representative, asks, holds, language } = application
  const { regulation } = bound.law
  return {
    format: 'qyzmet.message/1',
    kind: 'application',
    message,
    law: { regulation: regulation.id, edition: regulation.edition, sha256: bound.law.sha256.regulation },
    eventAt: state.step?.awaiting?.since ?? state.openedAt,
    case: { home: file.home, number: file.number },
    service: regulation.service,
    channel: state.channel,
    providerBin: provider.bin,
    applicant: { iin: application.iin, surname, name, ...(patronymic ? { patronymic } : {}), ...state.applicant },
    ...(representative ? { representative } : {}),
    asks,
    holds,
    answerIn: language,
    consent: { form: consent.form === 'eds' || consent.form === 'phone' ? consent.form : 'written', at: consent.at },
    documents: state.documents.map(({ id, presented, pages, count, validUntil }) => ({
      id,
      presented,
      pages,
      count,
      ...(validUntil ? { validUntil } : {}),
    })),
    operator: { iin: operator.iin, name: fullName(operator.name), organisationBin: branch.bin },
    seal: JSON.parse(new TextDecoder().decode(signed)).signature,
  }
}

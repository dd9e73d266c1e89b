import { z } from 'zod'
import type { Answer } from '../engine/case/input.ts'
import type { Effect, Json } from '../ledger/ledger.ts'
import type { CaseShelf } from './caseShelf.ts'
import type { Desk } from './desk.ts'
import type { CaseFile } from './outcome.ts'
import type { SentAs } from './talks/deliver.ts'

/** What an effect carries: which step of which case waits. */
const payload = z.object({
  number: z.string(),
  step: z.string(),
  query: z.string().optional(),
  message: z.string().optional(),
  attempt: z.number().default(0),
  /** When it was first asked, ms since 1970 by the machine's clock: for whoever watches. */
  asked: z.number().optional(),
  /** Where a message lies on the gateway. */
  sentAs: z.object({ exchange: z.string(), correlation: z.string() }).optional(),
})
type Waiting = z.infer<typeof payload>

/** What an outside system said; `heldMs`: nothing was sent yet, since it is known to be out or it is not this one's turn, and it comes again after so many ms. */
export interface Told {
  readonly answer: Answer
  readonly heldMs?: number | undefined
  /** It only was not its turn: nothing is known to be out, and the case hears nothing. */
  readonly outOfTurn?: true | undefined
  /** The gateway has the message; it is asked for there next time. */
  readonly sentAs?: SentAs | undefined
}

export interface OutsideParts {
  readonly desk: Desk
  readonly shelf: CaseShelf
  /** Asks the register of individuals; failures are answers. */
  readonly ask: (file: CaseFile, query: string, retryAt: string) => Promise<Told>
  /** Sends the signed request to the regional gateway's workstation; failures are answers. */
  readonly send: (file: CaseFile, message: string, retryAt: string, sentAs?: SentAs) => Promise<Told>
  readonly machine: () => number
  /** RFC 3339 by the law's clock, so many milliseconds from now. */
  readonly inLawTime: (file: CaseFile, milliseconds: number) => string
  /** Milliseconds until the next try after so many failures. */
  readonly patience: (failures: number, seed: string) => number
  /** Runs an effect later without a word to the case. */
  readonly later: (file: CaseFile, effect: Effect) => Promise<void>
}

/**
 * Handlers of the effects. An effect may run twice (a server dies between the answer and its commit): the second answer finds the step
 * no longer waiting, or carries the same key, and changes nothing. A failure is recorded as an outage and asks again later, for as long as it lasts.
 */
export function outsideHandlers(parts: OutsideParts): Record<'queryRegister' | 'sendRequest', (payload: Json) => Promise<void>> {
  return {
    queryRegister: (given) => carry(parts, 'queryRegister', payload.parse(given), parts.ask),
    sendRequest: (given) => carry(parts, 'sendRequest', payload.parse(given), parts.send),
  }
}

async function carry(parts: OutsideParts, task: string, waiting: Waiting, act: OutsideParts['send']): Promise<void> {
  const name = waiting.query ?? waiting.message ?? ''
  const file = await parts.shelf.find(waiting.number, true)
  if (file?.state.step?.id !== waiting.step || file.state.step.awaiting === undefined) return
  const { sentAs: before, ...asking } = waiting
  const attempt = waiting.attempt + 1
  const wait = parts.patience(attempt, name)
  const { answer, heldMs, outOfTurn, sentAs } = await act(file, name, parts.inLawTime(file, wait), before)
  const again = { ...asking, asked: waiting.asked ?? parts.machine(), ...(sentAs === undefined ? {} : { sentAs: { ...sentAs } }) }
  const runAt = new Date(parts.machine() + (heldMs ?? wait)).toISOString()
  // That the service is out is told to the case once; while it stays so, each look whether it is back would only make the chain longer.
  if (heldMs !== undefined && (outOfTurn || file.state.step.awaiting.failures > 0)) {
    // With its moment, so that it is never the name of the effect in hand: graphile-worker would make one job of both, and end both with it.
    await parts.later(file, { task, key: `${name}/held/${runAt}`, payload: again, runAt })
    return
  }
  // Where the failure cannot mend itself nothing is asked again until a person has looked and done the step anew.
  const mayMend = answer.kind === 'technicalFailure' && answer.retryAt !== undefined
  const retry: Effect = { task, key: `${name}/${attempt}`, payload: { ...again, attempt }, runAt }
  await parts.desk.answer(waiting.number, waiting.step, answer, { key: `${task}/${name}/${attempt}` }, mayMend ? retry : undefined)
}

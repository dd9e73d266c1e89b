import { stepOf } from '../engine/case/law.ts'
import type { ToldCommand } from '../observe/metrics/metrics.ts'
import type { CaseShelf } from './caseShelf.ts'
import type { Desk } from './desk.ts'
import type { Outcome } from './outcome.ts'
import type { Taken } from './talks/take.ts'

/** The desk, telling of each command what came of it, under which regulation and in which of its steps. */
export function countedDesk(desk: Desk, shelf: Pick<CaseShelf, 'find'>, told: (command: ToldCommand) => void): Desk {
  async function counted<Came extends Outcome | Taken>(
    kind: string,
    wanted: { number?: string; step?: string },
    work: () => Promise<Came>,
  ): Promise<Came> {
    const began = performance.now()
    const tell = async (outcome: string, number: string | undefined) => {
      const seconds = (performance.now() - began) / 1000
      told({ ...(await namesOf(number, wanted.step, kind)), outcome, seconds })
    }
    try {
      const outcome = await work()
      await tell(nameOf(outcome), 'number' in outcome ? outcome.number : wanted.number)
      return outcome
    } catch (cause) {
      await tell('failed', undefined)
      throw cause
    }
  }

  /** Only names that the regulation has: an address may hold any word in the place of a step. */
  async function namesOf(number: string | undefined, step: string | undefined, kind: string) {
    // What a command has just written lies on the shelf; what is not there is not worth reading from the ledger.
    const file = number === undefined ? null : await shelf.find(number, false).catch(() => null)
    if (file === null) return { regulation: '', step: kind }
    const known = step !== undefined && stepOf(file.bound.court, step) !== undefined
    return { regulation: file.bound.law.regulation.id, step: known ? step : kind }
  }

  return {
    open: (opening, who, request) => counted('open', {}, () => desk.open(opening, who, request)),
    step: (number, step, input, who, request) => counted('step', { number, step }, () => desk.step(number, step, input, who, request)),
    // Nothing is done by it.
    prepare: desk.prepare,
    judge: desk.judge,
    signsItself: desk.signsItself,
    office: (number, command, who, request) => counted(command.do, { number }, () => desk.office(number, command, who, request)),
    answer: (number, step, answer, request, retry) =>
      counted('answer', { number, step }, () => desk.answer(number, step, answer, request, retry)),
    take: (taking) => counted('take', { number: taking.number }, () => desk.take(taking)),
    message: (number, message, became, request, retry) =>
      counted('message', { number }, () => desk.message(number, message, became, request, retry)),
    mark: (number, dues) => counted('mark', { number }, () => desk.mark(number, dues)),
    release: (number, from, role) => counted('release', { number }, () => desk.release(number, from, role)),
  }
}

function nameOf(outcome: Outcome | Taken): string {
  if (outcome.kind === 'refused') return outcome.refusal.code
  return outcome.kind === 'done' && outcome.repeated ? 'repeated' : outcome.kind
}

import { toCaseEvent } from '../../src/desk/events.ts'
import type { Statutes } from '../../src/desk/statutes.ts'
import type { Command } from '../../src/engine/case/command.ts'
import { decide } from '../../src/engine/case/decide.ts'
import type { CaseEvent } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import type { CaseLaw } from '../../src/engine/case/law.ts'
import { isRefusal } from '../../src/engine/case/refusal.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import type { Sent } from '../load/journal.ts'
import { ledgerKey } from './commands.ts'
import type { CommandRow, SeenCase, Violation } from './seen.ts'

/** One command of a case with what it left: the case before and after it. */
export interface Written {
  readonly row: CommandRow
  readonly events: readonly CaseEvent[]
  readonly before: CaseState | null
  readonly after: CaseState
  readonly law: CaseLaw
}

/** What the house itself sends: the clock's marks, answers of outside systems, what became of messages to the other workstation, work given back. */
const ownKeys = /^(mark|release|queryRegister|sendRequest|sent)\//

/**
 * The rows of commands must cover a case's events without gap or overlap, and the events of each command sent by a caller must be those that
 * the law decides for it: decided anew by the pure engine from the case as it was.
 */
export function judgeCase(
  seen: SeenCase,
  sentByKey: ReadonlyMap<string, Sent>,
  statutes: Statutes,
): { written: Written[]; violations: Violation[] } {
  const violations: Violation[] = []
  const tell = (kind: Violation['kind'], text: string) => violations.push({ kind, text: `case ${seen.number}: ${text}` })
  if (seen.events.length === 0) tell('halfWritten', 'there is a row of the case, and no event')
  if (seen.events.some(({ seq }, index) => seq !== index + 1) || seen.events.length !== seen.version)
    tell('halfWritten', `the case says ${seen.version} events, there are ${seen.events.map(({ seq }) => seq).join(' ')}`)
  const rows = seen.commands.toSorted((a, b) => a.version - b.version)
  const last = rows.at(-1)?.version ?? 0
  if (last < seen.version) tell('halfWritten', `events ${last + 1} to ${seen.version} belong to no command`)
  const written: Written[] = []
  let [from, state]: [number, CaseState | null] = [0, null]
  for (const row of rows) {
    const sent = sentByKey.get(row.key)
    const events = seen.events.slice(from, row.version).map(toCaseEvent)
    if (sent === undefined && !ownKeys.test(row.key)) tell('strange', `nobody sent ${row.key} at ${row.version}`)
    if (row.version > seen.version) tell('halfWritten', `${row.key} led to ${row.version}, the case is at ${seen.version}`)
    if (row.version <= from) tell('twice', `${row.key} led to ${row.version}, and so did another command`)
    if (row.version <= from || row.version > seen.version) continue
    const after: CaseState | null = fold(state, events)
    if (after === null) break
    const law = statutes.boundFrom(after.files, new Map()).court
    const wrong = sent === undefined ? null : difference(law, state, sent, events)
    if (wrong !== null) tell('halfWritten', `${sent?.key}: ${wrong}`)
    written.push({ row, events, before: state, after, law })
    ;[from, state] = [row.version, after]
  }
  return { written, violations }
}

function fold(state: CaseState | null, events: readonly CaseEvent[]): CaseState | null {
  try {
    return events.reduce((s: CaseState | null, event) => evolve(s, event), state)
  } catch {
    // The chain's own check says what is wrong with them.
    return null
  }
}

/** What the law decides for the command as the case stood, against what was written; null where both are the same. */
function difference(law: CaseLaw, before: CaseState | null, sent: Sent, events: readonly CaseEvent[]): string | null {
  const [first] = events
  if (first === undefined) return 'it left no event'
  if (first.actor.id !== sent.sender) return `it was written in the name of ${first.actor.id}`
  const expected = expectedOf(law, before, sent, first)
  if (typeof expected === 'string') return expected
  const [wanted, got] = [namesOf(expected), namesOf(events)]
  return wanted === got ? null : `the law decides ${wanted}; written is ${got}`
}

const signature = { signer: 'check', digest: '0'.repeat(64), algorithm: 'check' }

function expectedOf(law: CaseLaw, before: CaseState | null, { wanted }: Sent, first: CaseEvent): readonly CaseEvent[] | string {
  const command = commandOf(wanted, first)
  if (command === null) return `${wanted.do} was written as ${first.type}`
  const decided = decide(law, before, command, first.at)
  if (!isRefusal(decided)) return decided.events
  // The signature is made on the way; a decision needs one of any kind.
  const signed = command.do === 'step' ? decide(law, before, { ...command, input: { ...command.input, signature } }, first.at) : decided
  return isRefusal(signed) ? `the law refuses it: ${signed.refused.code}` : signed.events
}

function commandOf(wanted: Sent['wanted'], first: CaseEvent): Command | null {
  if (wanted.do === 'step') return { do: 'step', actor: first.actor, number: wanted.number, step: wanted.step, input: wanted.input }
  if (first.type !== 'CaseOpened' || first.data.channel !== wanted.channel || first.data.provider.id !== wanted.provider) return null
  const { channel, provider, branch, location } = first.data
  return { do: 'open', actor: first.actor, number: '', channel, provider, branch, location, secret: first.personal?.secret ?? '' }
}

const namesOf = (events: readonly CaseEvent[]) =>
  events.map((event) => (event.type === 'StepDone' ? `StepDone ${event.data.step} ${event.data.outcome}` : event.type)).join(', ')

export const byLedgerKey = (sent: readonly Sent[]): Map<string, Sent> => new Map(sent.map((one) => [ledgerKey(one), one]))

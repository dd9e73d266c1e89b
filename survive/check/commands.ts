import { createHash } from 'node:crypto'
import { type Answer, isNo, isYes, type Sent } from '../load/journal.ts'
import type { CommandRow, Violation } from './seen.ts'

/** The key under which the ledger knows what a caller sent: the API makes it of sender and `Idempotency-Key`. */
export const ledgerKey = ({ sender, key }: Pick<Sent, 'sender' | 'key'>): string =>
  `api/${createHash('sha256').update(`${sender}|${key}`).digest('hex')}`

export interface Verdict {
  readonly sent: Sent
  readonly acknowledged: boolean
  readonly row: CommandRow | null
}

/**
 * Each command against the rows of its key. Acknowledged: there once, as it was answered. Refused: not there. Anything else may be there or not,
 * and which of both is part of the verdict. What "wholly" means is judged case by case.
 * @param repeats answers to what was sent once more under the same key when all was over, by key
 */
export function judgeCommands(
  sent: readonly Sent[],
  rows: readonly CommandRow[],
  repeats: ReadonlyMap<string, readonly Answer[]>,
): { verdicts: Verdict[]; violations: Violation[] } {
  const byKey = Map.groupBy(rows, ({ key }) => key)
  const violations: Violation[] = []
  const verdicts = sent.map((one): Verdict => {
    const tell = (kind: Violation['kind'], text: string) => violations.push({ kind, text: `${one.key} ${asked(one)}: ${text}` })
    const found = byKey.get(ledgerKey(one)) ?? []
    const [row = null] = found
    const yes = [...one.answers, ...(repeats.get(one.key) ?? [])].filter(isYes)
    if (found.length > 1) tell('twice', `${found.length} rows of its key: ${found.map(rowText).join(', ')}`)
    const results = new Set(yes.map(({ number, version }) => `${number} at ${version}`))
    if (results.size > 1) tell('twoResults', [...results].join(', '))
    const [first] = yes
    if (first && row === null) tell('lost', `acknowledged as ${first.number} at ${first.version}, and there is no row of its key`)
    if (first && row && (row.case !== first.number || row.version !== first.version))
      tell('twoResults', `acknowledged as ${first.number} at ${first.version}, the ledger says ${rowText(row)}`)
    const no = one.answers.find(isNo)
    if (no && row) tell('refusedYetThere', `refused with ${no.status} ${no.code ?? ''}, the ledger says ${rowText(row)}`)
    const repeatedNo = (repeats.get(one.key) ?? []).find(isNo)
    if (repeatedNo && row) tell('twoResults', `sent again when all was over: ${repeatedNo.status} ${repeatedNo.code ?? ''}`)
    return { sent: one, acknowledged: one.answers.some(isYes), row }
  })
  return { verdicts, violations }
}

const asked = ({ wanted }: Sent) => (wanted.do === 'open' ? 'open' : `${wanted.step} of ${wanted.number}`)
const rowText = (row: CommandRow) => `${row.case} at ${row.version}`

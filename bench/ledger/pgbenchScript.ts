import { oneStatement } from './oneStatement.ts'
import type { Recorded, Statement, Value } from './recorded.ts'

export interface Script {
  readonly text: string
  /** For `-D`: the values of all rows; they go over the wire as parameters, as any client would send them. */
  readonly variables: ReadonlyMap<string, string>
}

/** A step in one statement and one round trip, or a statement for each table and row between `begin` and `commit`, each with its own. */
export type Manner = 'one' | 'each'

/** The recorded cases as a script of pgbench in which each transaction is the next step of the client's case. */
export function pgbenchScript({ cases }: Recorded, manner: Manner): Script {
  const names = new Map<string, string>()
  const variable = (value: string) => {
    const name = names.get(value) ?? `v${names.size}`
    names.set(value, name)
    return `:${name}`
  }
  const term = (value: Value): string => {
    if (value === null) return 'null'
    // pgbench takes no empty variable.
    if (value === '') return `''`
    if (typeof value === 'string') return variable(value)
    const [before, after] = value
    return `(${[...(before === '' ? [] : [variable(before)]), ':c', ...(after === '' ? [] : [variable(after)])].map((part) => `${part}::text`).join(' || ')})`
  }
  const written = ({ text, values }: Statement) =>
    `${text.replaceAll(/\$(\d+)/g, (_, number: string) => term(values[Number(number) - 1] ?? null))};`
  const starts = cases.map((_, index) => cases.slice(0, index).reduce((sum, { steps }) => sum + steps.length, 0))
  const total = cases.reduce((sum, { steps }) => sum + steps.length, 0)
  const branches = cases.flatMap(({ steps }, index) =>
    steps.map((step, at) => {
      const position = (starts[index] ?? 0) + at
      return [
        `\\${position === 0 ? 'if' : 'elif'} :at = ${position}`,
        ...(at === 0 ? ['\\set c random(100000000000000000, 999999999999999999)'] : []),
        ...(manner === 'one' ? [written(oneStatement(step))] : ['begin;', ...step.statements.map(written), 'commit;']),
        `\\set at ${(position + 1) % total}`,
      ].join('\n')
    }),
  )
  // Clients begin with different cases, so that not all of them open one at the same moment.
  const first = `\\if :at < 0\n${starts.map((start, index) => `\\${index === 0 ? 'if' : 'elif'} :client_id % ${starts.length} = ${index}\n\\set at ${start}`).join('\n')}\n\\endif\n\\endif`
  return {
    text: `${first}\n${branches.join('\n')}\n\\endif\n`,
    variables: new Map([['at', '-1'], ['c', '0'], ...[...names].map(([value, name]): [string, string] => [name, value])]),
  }
}

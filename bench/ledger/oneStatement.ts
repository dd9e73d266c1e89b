import type { RecordedStep, Statement, Value } from './recorded.ts'

/** All statements of a step as one: each but the last in a `with`, which PostgreSQL runs to its end whether it is read or not. */
export function oneStatement({ statements }: RecordedStep): Statement {
  const values: Value[] = []
  const moved = statements.map((statement) => {
    const from = values.length
    values.push(...statement.values)
    return statement.text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + from}`)
  })
  const last = moved.pop() ?? ''
  if (moved.length === 0) return { text: last, values }
  return { text: `with ${moved.map((text, index) => `s${index} as (${text})`).join(', ')} ${last}`, values }
}

import type pg from 'pg'
import type { Statement } from '../../src/ledger/postgres/database.ts'

/** What the planner found in a statement: each table that is read, with the conditions on it, and how subqueries hang in it. */
interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Subplan Name'?: string
  readonly 'Parent Relationship'?: string
  readonly Operation?: string
  readonly Plans?: readonly Node[]
  readonly [member: string]: unknown
}

export type Sort = { readonly kind: 'local' | 'oneHome' | 'manyHomes' } | { readonly kind: 'refused'; readonly why: string }

/**
 * How a cluster that is spread by home would take a statement. Citus has each statement planned by PostgreSQL first and takes from it on which tables the
 * column of distribution is fixed (its `relation restriction` context), so the same is asked here: every table that is spread must be met by `home = <number>`, a
 * member of each index or filter condition. Such a statement goes to one shard, and there everything is supported. What goes to several may not have, by
 * Citus's own list of limits: recursive CTEs, `for update` and `for share`, grouping sets, tablesample, subqueries correlated by anything but home, joins not on home, a
 * local table beside a spread one; and by our own rule, no `lateral` and no `distinct on`, which it plans or does not plan by what stands in them.
 * https://docs.citusdata.com/en/stable/develop/reference_workarounds.html
 */
export async function sortOf(client: pg.ClientBase, { text, values = [] }: Statement, spread: ReadonlySet<string>): Promise<Sort> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (verbose, costs off, format json) ${text}`, values)
  const [{ Plan: plan } = { Plan: { 'Node Type': 'none' } }] = rows[0]?.['QUERY PLAN'] ?? []
  const nodes = [...within(plan)]
  const tables = nodes.filter((node) => node['Relation Name'] !== undefined)
  const ours = tables.filter((node) => spread.has(String(node['Relation Name'])))
  if (ours.length === 0) return { kind: 'local' }
  if (tables.length > ours.length) return refused(`${name(tables.find((node) => !ours.includes(node)))} stays on the coordinator`)
  const open = ours.filter((node) => !isOfOneHome(node, text))
  if (open.length === 0) return { kind: 'oneHome' }
  return shardsOf(text, nodes, ours)
}

const refused = (why: string): Sort => ({ kind: 'refused', why })
const name = (node: Node | undefined): string => String(node?.['Relation Name'])

function* within(node: Node): Generator<Node> {
  yield node
  for (const child of node.Plans ?? []) yield* within(child)
}

/** A row that is put in says its home itself: the first of its columns in each of our statements. */
function isOfOneHome(node: Node, text: string): boolean {
  if (node['Node Type'] === 'ModifyTable') return node.Operation !== 'Insert' || /insert into \w+(?: as \w+)? \(home\b/.test(text)
  return saysOf(node, /\bhome = \d+\b/)
}

const never = /\b(recursive|lateral|for (?:no key )?update|for (?:key )?share|distinct on|grouping sets|rollup|cube|tablesample)\b/

function shardsOf(text: string, nodes: readonly Node[], ours: readonly Node[]): Sort {
  const word = never.exec(text.toLowerCase())
  if (word) return refused(`${word[1]}, and no home on ${ours.map(name).join(', ')}`)
  const isByHome = (node: Node) => [...within(node)].some((one) => saysOf(one, /\bhome = \w+\.home\b/))
  const correlated = nodes.filter((node) => node['Parent Relationship'] === 'SubPlan')
  if (!correlated.every(isByHome)) return refused('a subquery that is correlated by something else than home')
  const scans = ours.filter((node) => node['Node Type'] !== 'ModifyTable')
  const joins = nodes.filter((node) => /Join|Nested Loop/.test(node['Node Type']))
  if (scans.length > 1 && !joins.every(isByHome)) return refused('a join that is not on home')
  return { kind: 'manyHomes' }
}

const saysOf = (node: Node, pattern: RegExp): boolean =>
  Object.values(node).some((value) => typeof value === 'string' && pattern.test(value))

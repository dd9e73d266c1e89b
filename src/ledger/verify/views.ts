import type pg from 'pg'
import { rowArray, rowTypes } from '../postgres/rowArrays.ts'
import { noViews, type ViewName, type Views, viewNames } from '../views/rows.ts'
import { wholeRow } from '../views/wholeRow.ts'
import type { ChainOfCase } from './chain.ts'
import type { Problem } from './problem.ts'

/** Compares the views of these cases, all of one home, with what a replay gives; a destroyed case has none. */
export async function viewProblems(
  client: pg.ClientBase,
  home: number,
  chains: ChainOfCase[],
  replay: (chain: ChainOfCase) => Views,
): Promise<Problem[]> {
  const problems: Problem[] = []
  const expected = new Map<string, Views>()
  for (const chain of chains) {
    try {
      expected.set(chain.case, chain.destroyed ? noViews : replay(chain))
    } catch (cause) {
      problems.push({ kind: 'replay', home, case: chain.case, seq: null, text: String(cause) })
    }
  }
  for (const view of viewNames) {
    const rows = [...expected].flatMap(([number, views]) => views[view].map((row) => wholeRow(view, home, number, row)))
    for (const { side, number, key } of await selectDifferences(client, view, home, [...expected.keys()], rows))
      problems.push({ kind: 'view', home, case: number, seq: null, text: `${view} ${key}: ${side}` })
  }
  return problems
}

/** The expected rows take the way that appended rows take: what differs is the table's, not the notation's. */
async function selectDifferences(client: pg.ClientBase, view: ViewName, home: number, numbers: string[], rows: object[]) {
  const { rows: found } = await client.query<{ number: string; key: string; side: string }>(
    `with expected as (select * from unnest($3::${view}[])),
       actual as (select * from ${view} where home = $1 and case_number = any ($2))
     select coalesce(e.case_number, a.case_number) as number, coalesce(e.key, a.key) as key,
       case when a.key is null then 'absent' when e.key is null then 'not from the events' else 'other than the events say' end as side
     from expected as e
     full join actual as a on a.case_number = e.case_number and a.key = e.key
     where e is distinct from a
     order by 1, 2`,
    [home, numbers, rowArray((await rowTypes(client, [view]))[view], rows)],
  )
  return found
}

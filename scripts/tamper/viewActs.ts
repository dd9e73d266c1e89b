import type pg from 'pg'
import { type ViewName, viewNames } from '../../src/ledger/views/rows.ts'
import type { Act, Told } from './acts.ts'

/** A column of each view that somebody would like to have otherwise. */
const edited: Readonly<Record<ViewName, string>> = {
  case_view: `status = 'served2'`,
  work_item: `assignee = 'somebody'`,
  due: `due_at = due_at + interval '1 day'`,
  custody_item: `holder_person = 'somebody'`,
  search_key: `word = 'somebody'`,
}

/** Two cases of one home that have rows in this view; which ones they are depends on the view. */
async function pairIn(client: pg.ClientBase, view: ViewName): Promise<[string, string]> {
  const { rows } = await client.query<{ numbers: string[] }>(
    `select array_agg(distinct case_number) as numbers from ${view} group by home having count(distinct case_number) > 1 order by 1 limit 1`,
  )
  const [a, b] = rows[0]?.numbers ?? []
  if (a === undefined || b === undefined) throw new Error(`no two cases have rows in ${view}`)
  return [a, b]
}

const tells =
  (view: ViewName): (() => Told[]) =>
  () => [{ kind: 'view', says: new RegExp(`^${view} `) }]

const of = (view: ViewName): Act[] => [
  {
    name: `${view}: a row is edited`,
    does: async (client) => client.query(`update ${view} set ${edited[view]} where case_number = $1`, [(await pairIn(client, view))[0]]),
    tells: tells(view),
  },
  {
    name: `${view}: a row is deleted`,
    does: async (client) =>
      client.query(
        `delete from ${view} where (home, case_number, key) = (select home, case_number, key from ${view} where case_number = $1 limit 1)`,
        [(await pairIn(client, view))[0]],
      ),
    tells: tells(view),
  },
  {
    name: `${view}: a row is inserted`,
    does: async (client) =>
      client.query(
        `insert into ${view} select (jsonb_populate_record(v, jsonb_build_object('key', 'invented', 'receipt_digest', null))).*
         from ${view} as v where case_number = $1 limit 1`,
        [(await pairIn(client, view))[0]],
      ),
    tells: tells(view),
  },
  {
    name: `${view}: rows of two cases change places`,
    does: async (client) => {
      const [a, b] = await pairIn(client, view)
      for (const [from, to] of [
        [a, 'aside'],
        [b, a],
        ['aside', b],
      ])
        await client.query(`update ${view} set case_number = $2 where case_number = $1`, [from, to])
    },
    tells: tells(view),
  },
]

export const viewActs: readonly Act[] = viewNames.flatMap(of)

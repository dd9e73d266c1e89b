import type pg from 'pg'
import type { Database } from '../postgres/database.ts'
import type { NewLeaf, NewStamp, Renewed } from './evidence.ts'

/** The stamp's number comes from the rows themselves: of two that are kept at once one fails whole, and is made again another day. */
async function insertStamp(client: pg.ClientBase, { digest, root, token, evidence, stampedAt, until }: NewStamp): Promise<number> {
  const { rows } = await client.query<{ number: number }>(
    `insert into evidence_stamp (number, digest, root, token, evidence, stamped_at, until)
     select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6 from evidence_stamp
     returning number`,
    [digest, Buffer.from(root), Buffer.from(token), Buffer.from(evidence), stampedAt, until],
  )
  return rows[0]?.number ?? 0
}

const deleteStamp = (client: pg.ClientBase, number: number) => client.query('delete from evidence_stamp where number = $1', [number])

export async function keepLeaves(database: Database, stamp: NewStamp, leaves: readonly NewLeaf[]): Promise<number> {
  return database.transaction(async (client) => {
    const number = await insertStamp(client, stamp)
    const { rowCount } = await client.query(
      // A destruction that is under way is waited for, and one that comes waits: no row is left behind it.
      `with given as (
         select * from unnest($1::integer[], $2::text[], $3::bytea[], $4::integer[], $5::bytea[]) as g(home, case_number, sha256, chain, tree)),
       alive as (
         select k.home, k.case_number
         from case_key as k
         where (k.home, k.case_number) in (select g.home, g.case_number from given as g) and k.wrapped is not null
         order by k.home, k.case_number
         for share)
       insert into evidence_leaf (home, case_number, sha256, chain, stamp, tree)
       select g.home, g.case_number, g.sha256, g.chain, $6, g.tree
       from given as g
       join alive as a on a.home = g.home and a.case_number = g.case_number
       on conflict (home, case_number, sha256, chain) do nothing`,
      [
        leaves.map(({ home }) => home),
        leaves.map((one) => one.case),
        leaves.map(({ sha256 }) => Buffer.from(sha256, 'hex')),
        leaves.map(({ chain }) => chain),
        leaves.map(({ tree }) => Buffer.from(tree)),
        number,
      ],
    )
    if (!rowCount) await deleteStamp(client, number)
    return rowCount ?? 0
  })
}

export async function keepRenewal(database: Database, stamp: NewStamp, over: readonly Renewed[]): Promise<number> {
  return database.transaction(async (client) => {
    const number = await insertStamp(client, stamp)
    const { rowCount } = await client.query(
      `update evidence_stamp as s
       set renewed_by = $1, renewed_tree = g.tree, evidence = g.evidence
       from unnest($2::integer[], $3::bytea[], $4::bytea[]) as g(number, tree, evidence)
       where s.number = g.number and s.renewed_by is null`,
      [number, over.map((one) => one.number), over.map(({ tree }) => Buffer.from(tree)), over.map(({ evidence }) => Buffer.from(evidence))],
    )
    if (!rowCount) await deleteStamp(client, number)
    return rowCount ?? 0
  })
}

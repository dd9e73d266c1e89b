import type pg from 'pg'
import type { Act } from './acts.ts'
import { rehash } from './eventActs.ts'

/** Everything that has rows of a case, but the seals. */
const tables = [
  'event',
  'personal',
  'case_key',
  'command',
  'file',
  'file_chunk',
  'case_view',
  'work_item',
  'due',
  'custody_item',
  'search_key',
]

async function remove(client: pg.ClientBase, number: string): Promise<void> {
  for (const table of tables) await client.query(`delete from ${table} where case_number = $1`, [number])
  await client.query('delete from case_head where number = $1', [number])
}

async function rename(client: pg.ClientBase, from: string, to: string): Promise<void> {
  for (const table of tables) await client.query(`update ${table} set case_number = $2 where case_number = $1`, [from, to])
  await client.query('update case_head set number = $2 where number = $1', [from, to])
}

/** As the case was some events ago: what came later is gone from every table. */
async function rollBack(client: pg.ClientBase, number: string, version: number): Promise<void> {
  await client.query('delete from event where case_number = $1 and seq > $2', [number, version])
  await client.query('delete from personal where case_number = $1 and seq > $2', [number, version])
  await client.query('delete from command where case_number = $1 and version > $2', [number, version])
  await rehash(client, number)
}

/** Whole cases. */
export const caseActs: readonly Act[] = [
  {
    name: 'a case is taken away with all its rows',
    does: (client, { first }) => remove(client, first),
    tells: ({ first }) => [{ kind: 'missing', case: first }],
  },
  {
    name: 'a case row is deleted',
    does: (client, { first }) => client.query('delete from case_head where number = $1', [first]),
    tells: ({ first }) => [
      { kind: 'orphan', case: first },
      { kind: 'missing', case: first },
    ],
  },
  {
    name: 'a case is taken away, and its leaves with it',
    does: async (client, { first }) => {
      await remove(client, first)
      await client.query('delete from seal_leaf where case_number = $1', [first])
    },
    tells: () => [{ kind: 'seal', says: /leaf \d+ is missing|leaves \d+ to \d+ are missing/ }],
  },
  {
    name: 'a case is set back by some events, in every table',
    does: (client, { first }) => rollBack(client, first, 2),
    tells: ({ first }) => [{ kind: 'rolledBack', case: first }],
  },
  {
    name: 'two cases exchange their numbers',
    does: async (client, { first, second }) => {
      await rename(client, first, 'aside')
      await rename(client, second, first)
      await rename(client, 'aside', second)
    },
    tells: ({ first, second }) => [
      { kind: 'body', case: first, seq: 1 },
      { kind: 'body', case: second, seq: 1 },
    ],
  },
  {
    name: 'a case is copied under another number',
    does: async (client, { first }) => {
      for (const table of ['event', 'personal', 'case_key'])
        await client.query(
          `insert into ${table} select (jsonb_populate_record(t, '{"case_number": "copy"}')).* from ${table} as t where case_number = $1`,
          [first],
        )
      await client.query(`insert into case_head select home, 'copy', version, head from case_head where number = $1`, [first])
    },
    tells: () => [{ kind: 'body', case: 'copy', seq: 1 }],
  },
]

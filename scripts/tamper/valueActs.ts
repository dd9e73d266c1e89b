import { personalContext } from '../../src/ledger/append/prepare.ts'
import { seal } from '../../src/ledger/keys/cipher.ts'
import { openPersonal } from '../../src/ledger/read.ts'
import type { Act } from './acts.ts'

const bend = `set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256)`
/** The first event of a case that has values, and a file that an event names: one that none has named yet may go. */
const firstValue = `(select min(seq) from personal where case_number = $1)`
const firstFile = `(select min(f.sha256) from file as f where f.case_number = $1 and exists (
  select from event as e where e.case_number = $1 and strpos(e.body, '"file":"' || encode(f.sha256, 'hex')) > 0))`

/** Personal values, keys and files. */
export const valueActs: readonly Act[] = [
  {
    name: 'a value is edited',
    does: (client, { first }) =>
      client.query(`update personal set sealed = ${bend} where case_number = $1 and seq = ${firstValue}`, [first]),
    tells: ({ first }) => [{ kind: 'personal', case: first, seq: 1 }],
  },
  {
    name: 'a value is replaced by another, sealed with the right key',
    does: async (client, { home, first, keyRing }) => {
      const { rows } = await client.query<{ sealed: Buffer; wrapped: Buffer }>(
        `select p.sealed, k.wrapped from personal as p join case_key as k on k.case_number = p.case_number where p.case_number = $1 and p.seq = 1`,
        [first],
      )
      const [row] = rows
      if (row === undefined) throw new Error('the first event has no values')
      const key = await keyRing.unwrap(row.wrapped, `${home}/${first}`)
      const values = openPersonal(key, home, first, 1, row.sealed)
      for (const one of Object.values(values)) one.value = 'invented'
      const sealed = seal(key, personalContext(home, first, 1), Buffer.from(JSON.stringify(values)))
      await client.query('update personal set sealed = $2 where case_number = $1 and seq = 1', [first, sealed])
    },
    tells: ({ first }) => [{ kind: 'personal', case: first, seq: 1, says: /not the value of the digest/ }],
  },
  {
    name: 'a value is deleted',
    does: (client, { first }) => client.query(`delete from personal where case_number = $1 and seq = ${firstValue}`, [first]),
    tells: ({ first }) => [{ kind: 'personal', case: first, seq: 1 }],
  },
  {
    name: 'a value is inserted where the event has none',
    does: (client, { first }) =>
      client.query(
        `insert into personal select home, case_number, (
           select min(seq) from event as e where e.case_number = $1 and not exists (select from personal as p where p.case_number = $1 and p.seq = e.seq)), sealed
         from personal where case_number = $1 and seq = ${firstValue}`,
        [first],
      ),
    tells: ({ first }) => [{ kind: 'personal', case: first }],
  },
  {
    name: 'values of an event that is not there',
    does: (client, { first }) =>
      client.query(
        `insert into personal select home, case_number, 9999, sealed from personal where case_number = $1 and seq = ${firstValue}`,
        [first],
      ),
    tells: ({ first }) => [{ kind: 'orphan', case: first, seq: 9999 }],
  },
  {
    name: 'values of two events of a case change places',
    does: (client, { first }) =>
      client.query(
        `update personal as p set sealed = o.sealed
         from personal as o
         where p.case_number = $1 and o.case_number = $1
           and (p.seq, o.seq) in (select a, b from (select min(seq), max(seq) from personal where case_number = $1) as m(a, b)
                                  union all select b, a from (select min(seq), max(seq) from personal where case_number = $1) as m(a, b))`,
        [first],
      ),
    tells: ({ first }) => [{ kind: 'personal', case: first, seq: 1 }],
  },
  {
    name: 'values of two cases change places',
    does: async (client, { first, second }) => {
      const swap = (from: string, to: string) =>
        client.query('update personal set case_number = $2 where case_number = $1 and seq = 1', [from, to])
      await swap(first, 'aside')
      await swap(second, first)
      await swap('aside', second)
    },
    tells: ({ first, second }) => [
      { kind: 'personal', case: first, seq: 1 },
      { kind: 'personal', case: second, seq: 1 },
    ],
  },
  {
    name: 'a key is deleted',
    does: (client, { first }) => client.query('delete from case_key where case_number = $1', [first]),
    tells: ({ first }) => [{ kind: 'personal', case: first, says: /key of the case is not there/ }],
  },
  {
    name: 'keys of two cases change places',
    does: (client, { first, second }) =>
      client.query(
        `update case_key as k set wrapped = o.wrapped from case_key as o
         where (k.case_number, o.case_number) in (($1, $2), ($2, $1))`,
        [first, second],
      ),
    tells: ({ first, second }) => [
      { kind: 'personal', case: first, seq: 1 },
      { kind: 'personal', case: second, seq: 1 },
    ],
  },
  {
    name: 'a case is destroyed without an order',
    does: async (client, { first }) => {
      await client.query('update case_key set wrapped = null where case_number = $1', [first])
      for (const table of ['personal', 'file_chunk', 'case_view', 'work_item', 'due', 'custody_item', 'search_key'])
        await client.query(`delete from ${table} where case_number = $1`, [first])
    },
    tells: ({ first }) => [{ kind: 'destroyed', case: first, says: /no event says by whose order/ }],
  },
  {
    name: 'a destroyed case gets a key again',
    does: (client, { destroyed, first }) =>
      client.query('update case_key set wrapped = (select wrapped from case_key where case_number = $2) where case_number = $1', [
        destroyed,
        first,
      ]),
    tells: ({ destroyed }) => [{ kind: 'destroyed', case: destroyed }],
  },
  {
    name: 'pieces of a file come back to a destroyed case',
    does: (client, { destroyed, first }) =>
      client.query(
        `insert into file_chunk select home, $1, (select min(sha256) from file where case_number = $1), position, sealed
         from file_chunk where case_number = $2 and position = 0 limit 1`,
        [destroyed, first],
      ),
    tells: ({ destroyed }) => [{ kind: 'destroyed', case: destroyed, says: /pieces are still there/ }],
  },
  {
    name: 'a file is edited',
    does: (client, { first }) =>
      client.query(`update file_chunk set sealed = ${bend} where case_number = $1 and sha256 = ${firstFile}`, [first]),
    tells: ({ first }) => [{ kind: 'file', case: first }],
  },
  {
    name: 'pieces of a file are deleted',
    does: (client, { first }) => client.query(`delete from file_chunk where case_number = $1 and sha256 = ${firstFile}`, [first]),
    tells: ({ first }) => [{ kind: 'file', case: first }],
  },
  {
    name: 'a file is deleted with its pieces',
    does: async (client, { first }) => {
      await client.query(`delete from file_chunk where case_number = $1 and sha256 = ${firstFile}`, [first])
      await client.query(`delete from file where case_number = $1 and sha256 = ${firstFile}`, [first])
    },
    tells: ({ first }) => [{ kind: 'file', case: first, says: /an event names it, and it is not there/ }],
  },
  {
    name: 'a file’s row is deleted, its pieces stay',
    does: (client, { first }) => client.query(`delete from file where case_number = $1 and sha256 = ${firstFile}`, [first]),
    tells: ({ first }) => [
      { kind: 'orphan', case: first, says: /pieces of a file/ },
      { kind: 'file', case: first },
    ],
  },
  {
    name: 'a piece is inserted',
    does: (client, { first }) =>
      client.query(
        `insert into file_chunk select home, case_number, sha256, position + 1, sealed from file_chunk where case_number = $1 and sha256 = ${firstFile}
         order by position desc limit 1`,
        [first],
      ),
    tells: ({ first }) => [{ kind: 'file', case: first }],
  },
  {
    name: 'a file’s length is edited',
    does: (client, { first }) => client.query(`update file set size = size + 1 where case_number = $1 and sha256 = ${firstFile}`, [first]),
    tells: ({ first }) => [{ kind: 'file', case: first, says: /bytes/ }],
  },
  {
    name: 'files of two cases change places',
    does: (client, { first, second }) =>
      client.query(
        `update file_chunk as c set sealed = o.sealed from file_chunk as o
         where c.position = 0 and o.position = 0 and (c.case_number, o.case_number) in (($1, $2), ($2, $1))`,
        [first, second],
      ),
    tells: ({ first, second }) => [
      { kind: 'file', case: first },
      { kind: 'file', case: second },
    ],
  },
]

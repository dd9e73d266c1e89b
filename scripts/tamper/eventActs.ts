import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Act } from './acts.ts'

const body = (number: string, seq: number, from: string, to: string) =>
  `update event set body = replace(body, '${from}', '${to}') where case_number = '${number}' and seq = ${seq}`

/** Makes the chain of a case whole again from an event on, as somebody would who knows how it is hashed. */
export async function rehash(client: pg.ClientBase, number: string): Promise<void> {
  const { rows } = await client.query<{ seq: number; body: string }>('select seq, body from event where case_number = $1 order by seq', [
    number,
  ])
  let hash = Buffer.alloc(0)
  for (const { seq, body: text } of rows) {
    hash = createHash('sha256').update(hash).update(text, 'utf8').digest()
    await client.query('update event set hash = $3 where case_number = $1 and seq = $2', [number, seq, hash])
  }
  await client.query('update case_head set head = $2, version = $3 where number = $1', [number, hash, rows.length])
}

export const eventActs: readonly Act[] = [
  {
    name: 'an event is edited',
    does: (client, { first }) => client.query(body(first, 3, '"at":"20', '"at":"21')),
    tells: ({ first }) => [{ kind: 'hash', case: first, seq: 3 }],
  },
  {
    name: 'an event is edited, with its hash',
    does: async (client, { first }) => {
      await client.query(body(first, 3, '"at":"20', '"at":"21'))
      await client.query(
        `update event as e set hash = sha256(b.hash || convert_to(e.body, 'UTF8'))
         from event as b where e.case_number = $1 and e.seq = 3 and b.case_number = $1 and b.seq = 2`,
        [first],
      )
    },
    tells: ({ first }) => [{ kind: 'hash', case: first, seq: 4 }],
  },
  {
    name: 'an event is edited, with every hash after it and the case row',
    does: async (client, { first }) => {
      await client.query(body(first, 3, '"at":"20', '"at":"21'))
      await rehash(client, first)
    },
    tells: ({ first }) => [{ kind: 'changed', case: first }],
  },
  {
    name: 'an event is written in another notation',
    does: (client, { first }) => client.query(body(first, 2, '"case":', '"case": ')),
    tells: ({ first }) => [{ kind: 'body', case: first, seq: 2 }],
  },
  {
    name: 'the last event is deleted',
    does: (client, { first }) =>
      client.query(`delete from event where case_number = $1 and seq = (select max(seq) from event where case_number = $1)`, [first]),
    tells: ({ first }) => [{ kind: 'head', case: first }],
  },
  {
    name: 'an event in the middle is deleted',
    does: (client, { first }) => client.query(`delete from event where case_number = $1 and seq = 3`, [first]),
    tells: ({ first }) => [
      { kind: 'sequence', case: first, seq: 4 },
      { kind: 'hash', case: first, seq: 4 },
    ],
  },
  {
    name: 'an event in the middle is deleted, the rest is numbered and hashed anew',
    does: async (client, { first }) => {
      await client.query('delete from event where case_number = $1 and seq = 3', [first])
      await client.query('update event set seq = -seq where case_number = $1 and seq > 3', [first])
      await client.query(
        `update event set seq = -seq - 1, body = replace(body, '"seq":' || -seq, '"seq":' || (-seq - 1)) where case_number = $1 and seq < 0`,
        [first],
      )
      await rehash(client, first)
    },
    tells: ({ first }) => [{ kind: 'rolledBack', case: first }],
  },
  {
    name: 'an event is inserted between two',
    does: async (client, { first }) => {
      await client.query('update event set seq = -seq where case_number = $1 and seq > 2', [first])
      await client.query('update event set seq = 1 - seq where case_number = $1 and seq < 0', [first])
      await client.query('insert into event select home, case_number, 3, hash, body from event where case_number = $1 and seq = 2', [first])
    },
    tells: ({ first }) => [
      { kind: 'hash', case: first, seq: 3 },
      { kind: 'body', case: first, seq: 3 },
    ],
  },
  {
    name: 'an event is appended in the right form, with its hash and the case row',
    does: async (client, { first }) => {
      await client.query(
        `insert into event
         select home, case_number, seq + 1, hash, replace(body, '"seq":' || seq, '"seq":' || (seq + 1))
         from event where case_number = $1 order by seq desc limit 1`,
        [first],
      )
      await rehash(client, first)
    },
    tells: ({ first }) => [{ kind: 'command', case: first }],
  },
  {
    name: 'two events of a case change places',
    does: async (client, { first }) => {
      await client.query('update event set seq = -seq where case_number = $1 and seq in (2, 3)', [first])
      await client.query('update event set seq = 5 + seq where case_number = $1 and seq < 0', [first])
    },
    tells: ({ first }) => [
      { kind: 'hash', case: first, seq: 2 },
      { kind: 'body', case: first, seq: 3 },
    ],
  },
  {
    name: 'events of two cases change places',
    does: async (client, { first, second }) => {
      const swap = async (from: string, to: string) =>
        client.query('update event set case_number = $2 where case_number = $1 and seq = 3', [from, to])
      await swap(first, 'aside')
      await swap(second, first)
      await swap('aside', second)
    },
    tells: ({ first, second }) => [
      { kind: 'body', case: first, seq: 3 },
      { kind: 'body', case: second, seq: 3 },
    ],
  },
  {
    name: 'the case row is set back',
    does: (client, { first }) => client.query('update case_head set version = 2 where number = $1', [first]),
    tells: ({ first }) => [
      { kind: 'head', case: first },
      { kind: 'command', case: first },
    ],
  },
  {
    name: 'an idempotency key leads nowhere',
    does: (client, { first }) =>
      client.query(`insert into command select home, 'invented', number, version + 1, '', '{}' from case_head where number = $1`, [first]),
    tells: ({ first }) => [{ kind: 'command', case: first }],
  },
  {
    name: 'a text of the law is edited',
    does: (client) => client.query(`update law_file set text = text || ' '`),
    tells: ({ first, second }) => [
      { kind: 'law', case: first },
      { kind: 'law', case: second },
    ],
  },
  {
    name: 'a text of the law is deleted',
    does: (client) => client.query('delete from law_file'),
    tells: ({ first }) => [{ kind: 'law', case: first }],
  },
]

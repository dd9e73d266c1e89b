import { createHash } from 'node:crypto'
import type pg from 'pg'
import { growingTree, type KeptNode } from '../../src/ledger/seals/merkle.ts'
import { hashOfHead, sealHash, sealText } from '../../src/ledger/seals/seal.ts'
import type { Act } from './acts.ts'

const newest = '(select max(number) from seal)'

/** Seals the cases as they are now, from the beginning: what somebody does who takes a case away and wants to leave no trace. */
async function sealAnew(client: pg.ClientBase): Promise<void> {
  await client.query('delete from seal')
  await client.query('delete from seal_leaf')
  await client.query('delete from seal_node')
  const nodes: KeptNode[] = []
  const tree = growingTree(0, [], (node) => nodes.push(node))
  const { rows } = await client.query<{ home: number; number: string; version: number; head: Buffer }>(
    'select home, number, version, head from case_head order by home, number',
  )
  for (const [position, { home, number, version, head }] of rows.entries()) {
    tree.append(hashOfHead({ home, case: number, version, head: head.toString('hex') }))
    await client.query('insert into seal_leaf (home, case_number, version, head, position) values ($1, $2, $3, $4, $5)', [
      home,
      number,
      version,
      head,
      position,
    ])
  }
  for (const { level, position, hash } of nodes)
    await client.query('insert into seal_node (level, position, hash) values ($1, $2, $3)', [level, position, hash])
  const facts = {
    number: 1,
    at: '2019-12-31T11:00:00+06:00',
    previous: '',
    size: tree.size,
    root: tree.root().toString('hex'),
    cases: tree.size,
  }
  const text = sealText({ format: 'qyzmet-seal-1', ...facts })
  await client.query('insert into seal (number, hash, body) values (1, $1, $2)', [sealHash(text), text])
}

export const sealActs: readonly Act[] = [
  {
    name: 'a seal is edited',
    does: (client) => client.query(`update seal set body = replace(body, '"at":"2019', '"at":"2018') where number = 1`),
    tells: () => [{ kind: 'seal', says: /seal 1: the hash is not that of its text/ }],
  },
  {
    name: 'a seal is edited, with its hash',
    does: async (client) => {
      const { rows } = await client.query<{ body: string }>('select body from seal where number = 1')
      const body = (rows[0]?.body ?? '').replace('"at":"2019', '"at":"2018')
      await client.query('update seal set body = $1, hash = $2 where number = 1', [body, createHash('sha256').update(body).digest()])
    },
    tells: () => [{ kind: 'seal', says: /seal 2: it does not name the seal before it/ }],
  },
  {
    name: 'the first seal is deleted',
    does: (client) => client.query('delete from seal where number = 1'),
    tells: () => [{ kind: 'seal', says: /seal 1 is not there/ }],
  },
  {
    name: 'the newest seal is deleted',
    does: (client) => client.query(`delete from seal where number = ${newest}`),
    tells: () => [{ kind: 'seal', says: /belong to no seal/ }],
  },
  {
    name: 'two seals change places',
    does: async (client) => {
      await client.query('update seal set number = -number where number in (1, 2)')
      await client.query('update seal set number = 3 + number where number < 0')
    },
    tells: () => [{ kind: 'seal', says: /seal 1: the text is of seal 2/ }],
  },
  {
    name: 'a seal is inserted',
    does: (client) => client.query(`insert into seal select number + 1, hash, body from seal where number = ${newest}`),
    tells: () => [{ kind: 'seal', says: /the text is of seal/ }],
  },
  {
    name: 'a sealed head is edited',
    does: (client, { first }) => client.query('update seal_leaf set head = sha256(head) where case_number = $1', [first]),
    tells: ({ first }) => [
      { kind: 'changed', case: first },
      { kind: 'seal', says: /the root is not that of its leaves/ },
    ],
  },
  {
    name: 'leaves change places',
    does: async (client) => {
      await client.query('update seal_leaf set position = -1 where position = 0')
      await client.query('update seal_leaf set position = 0 where position = 1')
      await client.query('update seal_leaf set position = 1 where position = -1')
    },
    tells: () => [{ kind: 'seal', says: /seal 1: the root is not that of its leaves/ }],
  },
  {
    name: 'a leaf of a case that never was is inserted',
    does: (client) => client.query(`insert into seal_leaf select 1, 'invented', 1, sha256(''), max(position) + 1 from seal_leaf`),
    tells: () => [
      { kind: 'seal', says: /belong to no seal/ },
      { kind: 'missing', case: 'invented' },
    ],
  },
  {
    name: 'a kept hash of the tree is inserted',
    does: (client) => client.query(`insert into seal_node values (1, 77, sha256(''))`),
    tells: () => [{ kind: 'seal', says: /kept hash 1\/77/ }],
  },
  {
    name: 'the newest seal is taken away with its leaves',
    does: async (client) => {
      const { rows } = await client.query<{ size: number }>(
        `select (body::jsonb ->> 'size')::integer as size from seal where number = ${newest} - 1`,
      )
      await client.query(`delete from seal where number = ${newest}`)
      await client.query('delete from seal_leaf where position >= $1', [rows[0]?.size])
    },
    tells: ({ kept }) => [{ kind: 'seal', says: new RegExp(`seal ${kept.number} is not there`) }],
    needsKept: true,
  },
  {
    name: 'a case is taken away with every trace, and everything is sealed anew',
    does: async (client, { first }) => {
      for (const table of [
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
      ])
        await client.query(`delete from ${table} where case_number = $1`, [first])
      await client.query('delete from case_head where number = $1', [first])
      await sealAnew(client)
    },
    tells: ({ kept }) => [{ kind: 'seal', says: new RegExp(`seal ${kept.number} is not there`) }],
    needsKept: true,
  },
]

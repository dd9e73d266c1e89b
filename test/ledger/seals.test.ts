import { describe, expect, it } from 'vitest'
import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { readKept } from '../../src/ledger/seals/kept.ts'
import { sealHash, sealText } from '../../src/ledger/seals/seal.ts'
import { type KeptSeal, sealProblems } from '../../src/ledger/verify/seals.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { anEvent, law, lawText, move } from './commands.ts'
import { testKeyRing, withDatabase } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

const at = '2019-10-14T10:00:00+06:00'

async function opened(ledger: PostgresLedger, count: number, home = 7) {
  await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
  const commands = Array.from({ length: count }, () => openReplayable({ home }))
  for (const command of commands) await ledger.append(command)
  return commands
}

const problems = async (ledger: PostgresLedger, kept?: KeptSeal) =>
  (await verify(ledger.database, testKeyRing, { rowsOf, ...(kept && { kept }) })).problems

describe('a seal', () => {
  it('names the seal before it, and covers what moved since', () =>
    withDatabase(async ({ ledger }) => {
      expect(await ledger.seals.make(at)).toBeNull()
      const [first] = await opened(ledger, 3)
      if (first === undefined) throw new Error('nothing was opened')
      const one = await ledger.seals.make(at)
      expect(one).toMatchObject({ number: 1, at, previous: '', size: 3, cases: 3 })
      expect(await ledger.seals.make(at)).toBeNull()
      await ledger.append(move(first, 2))
      await opened(ledger, 1, 3)
      const two = await ledger.seals.make('2019-10-14T11:00:00+06:00')
      expect(two).toMatchObject({ number: 2, previous: one?.hash, size: 5, cases: 4 })
      expect(await ledger.seals.newest()).toEqual(two)
      if (two === null) throw new Error('no second seal')
      const { hash, ...facts } = two
      expect(sealHash(sealText(facts)).toString('hex')).toBe(hash)
      expect(await ledger.database.transaction((client) => sealProblems(client))).toEqual([])
    }))

  it('is made once when several servers seal together', () =>
    withDatabase(async ({ ledger }) => {
      await opened(ledger, 20)
      const made = await Promise.all(Array.from({ length: 5 }, () => ledger.seals.make(at)))
      expect(made.filter((one) => one !== null)).toHaveLength(1)
      expect(await problems(ledger)).toEqual([])
    }))

  it('is made while commands go on, and covers each head that it counts', () =>
    withDatabase(async ({ ledger }) => {
      const commands = await opened(ledger, 30)
      const busy = Promise.all(
        commands.map(async (command) => {
          for (let version = 2; version < 12; version++) await ledger.append(move(command, version, { events: [anEvent('received')] }))
        }),
      )
      for (let turn = 0; turn < 10; turn++) await ledger.seals.make(at)
      await busy
      await ledger.seals.make(at)
      expect(await ledger.database.transaction((client) => sealProblems(client))).toEqual([])
      expect((await ledger.seals.newest())?.cases).toBe(30)
    }))

  it('grows over whole subtrees, which are kept for paths', () =>
    withDatabase(async ({ ledger }) => {
      await ledger.database.pool.query(
        `insert into case_head select 7, 'A-' || lpad(n::text, 6, '0'), 1, sha256(n::text::bytea) from generate_series(1, 700) as n`,
      )
      await ledger.seals.make(at)
      await ledger.database.pool.query(
        `insert into case_head select 8, 'A-' || lpad(n::text, 6, '0'), 1, sha256(n::text::bytea) from generate_series(1, 200) as n`,
      )
      expect(await ledger.seals.make(at)).toMatchObject({ number: 2, size: 900 })
      const { rows } = await ledger.database.pool.query('select level, position from seal_node order by 1, 2')
      expect(rows).toEqual([0, 1, 2].map((position) => ({ level: 1, position })))
      expect(await ledger.database.transaction((client) => sealProblems(client))).toEqual([])
    }))
})

describe('a seal that somebody kept', () => {
  it('is found again, by its hash or whole', () =>
    withDatabase(async ({ ledger }) => {
      const [first] = await opened(ledger, 2)
      if (first === undefined) throw new Error('nothing was opened')
      const kept = await ledger.seals.make(at)
      if (kept === null) throw new Error('no seal')
      await ledger.append(move(first, 2, { events: [anEvent('received')] }))
      await ledger.seals.make(at)
      expect(readKept(JSON.stringify(kept))).toEqual(kept)
      expect(readKept(`${kept.hash}\n`)).toEqual({ hash: kept.hash })
      const seal = async (given: KeptSeal) => (await problems(ledger, given)).filter(({ kind }) => kind === 'seal')
      expect(await seal(kept)).toEqual([])
      expect(await seal({ hash: kept.hash })).toEqual([])
      expect(await seal({ hash: 'f'.repeat(64) })).toMatchObject([{ text: expect.stringContaining('f'.repeat(64)) }])
    }))

  it('tells of a ledger whose seals were all made anew', () =>
    withDatabase(async ({ ledger }) => {
      const [first, second] = await opened(ledger, 2)
      const kept = await ledger.seals.make(at)
      if (kept === null || first === undefined || second === undefined) throw new Error('no seal')
      // Somebody who rules the database takes a case away with every trace of it, and seals again.
      const gone = ['event', 'personal', 'case_key', 'command', 'case_view', 'work_item', 'due', 'custody_item', 'search_key']
        .map((table) => `delete from ${table} where case_number = '${first.case}'`)
        .join(';')
      await ledger.database.pool.query(
        `set session_replication_role = replica; ${gone}; delete from case_head where number = '${first.case}';
         delete from seal; delete from seal_leaf; delete from seal_node; set session_replication_role = default`,
      )
      await ledger.seals.make(at)
      expect(await problems(ledger)).toEqual([])
      expect(await problems(ledger, kept)).toMatchObject([{ kind: 'seal', text: expect.stringContaining('seal 1 was') }])
    }))

  it.each(['', 'abc', '{}', 'null', '[1]', JSON.stringify({ format: 'qyzmet-seal-1' })])('is not %j', (text) => {
    expect(readKept(text)).toBeNull()
  })

  it('is not one whose hash is another’s', () =>
    withDatabase(async ({ ledger }) => {
      await opened(ledger, 1)
      const seal = await ledger.seals.make(at)
      expect(readKept(JSON.stringify({ ...seal, cases: 7 }))).toBeNull()
    }))
})

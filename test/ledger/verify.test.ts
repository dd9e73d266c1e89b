import { describe, expect, it } from 'vitest'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { destroyedBy, law, lawText } from './commands.ts'
import { testKeyRing, withDatabase } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

const check = (ledger: PostgresLedger) => verify(ledger.database, testKeyRing, { rowsOf })

/** Two cases, one with a file; then the tamperer's SQL, who has switched our triggers off. */
async function afterTampering(sql: (first: string, second: string) => string) {
  return withDatabase(async ({ ledger }) => {
    await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
    const first = openReplayable()
    const second = openReplayable()
    await ledger.files.put(7, first.case, Buffer.from('scan'))
    for (const command of [first, second]) await ledger.append(command)
    expect(await check(ledger)).toEqual({ cases: 2, events: 4, problems: [] })
    await ledger.database.pool.query(
      `set session_replication_role = replica; ${sql(first.case, second.case)}; set session_replication_role = default`,
    )
    const { problems } = await check(ledger)
    return problems.map(({ kind, case: number, seq }) => [
      kind,
      number === first.case ? 'first' : number === second.case ? 'second' : number,
      seq,
    ])
  })
}

describe('verify', () => {
  const found: [string, (first: string, second: string) => string, unknown[]][] = [
    [
      'an edited event',
      (a) => `update event set body = replace(body, '"papers":3', '"papers":4') where case_number = '${a}'`,
      [['hash', 'first', 1]],
    ],
    [
      'an event edited with its hash',
      (a) =>
        `update event set body = replace(body, '"papers":3', '"papers":4'), hash = sha256(convert_to(replace(body, '"papers":3', '"papers":4'), 'UTF8')) where case_number = '${a}' and seq = 1`,
      [['hash', 'first', 2]],
    ],
    [
      'a body that is not canonical',
      (a) => `update event set body = replace(body, '"case":', '"case": ') where case_number = '${a}' and seq = 2`,
      [
        ['hash', 'first', 2],
        ['body', 'first', 2],
      ],
    ],
    [
      'a deleted last event',
      (a) => `delete from event where case_number = '${a}' and seq = 2`,
      [
        ['head', 'first', null],
        ['head', 'first', null],
        ['view', 'first', null],
        ['view', 'first', null],
      ],
    ],
    [
      'a deleted first event',
      (a) => `delete from event where case_number = '${a}' and seq = 1`,
      [
        ['sequence', 'first', 2],
        ['hash', 'first', 2],
        ['head', 'first', null],
        ['orphan', 'first', 1],
        ['view', 'first', null],
        ['view', 'first', null],
      ],
    ],
    [
      'exchanged events',
      (a) => `update event set seq = -seq where case_number = '${a}'; update event set seq = 3 + seq where case_number = '${a}'`,
      [
        ['hash', 'first', 1],
        ['body', 'first', 1],
        ['personal', 'first', 1],
        ['personal', 'first', 1],
        ['hash', 'first', 2],
        ['body', 'first', 2],
        ['personal', 'first', 2],
        ['personal', 'first', 2],
        ['head', 'first', null],
        ['view', 'first', null],
      ],
    ],
    [
      'exchanged values',
      (a, b) => `update personal set sealed = (select sealed from personal where case_number = '${b}') where case_number = '${a}'`,
      [
        ['personal', 'first', 1],
        ['view', 'first', null],
      ],
    ],
    [
      'deleted values',
      (a) => `delete from personal where case_number = '${a}'`,
      [
        ['personal', 'first', 1],
        ['personal', 'first', 1],
        ['view', 'first', null],
      ],
    ],
    ['an edited view', (a) => `update work_item set organisation = 'other' where case_number = '${a}'`, [['view', 'first', null]]],
    ['a deleted view row', (a) => `delete from case_view where case_number = '${a}'`, [['view', 'first', null]]],
    [
      'an invented view row',
      (a) =>
        `insert into due select home, '${a}', 'x', 'service', null, now(), null, 'running', now(), '{}' from case_head where number = '${a}'`,
      [['view', 'first', null]],
    ],
    [
      'a case row set back',
      (a) => `update case_head set version = 1 where number = '${a}'`,
      [
        ['head', 'first', null],
        ['command', 'first', null],
      ],
    ],
    [
      'a removed case row',
      (a) => `delete from case_head where number = '${a}'`,
      [
        ['orphan', 'first', null],
        ['orphan', 'first', null],
        ['orphan', 'first', null],
        ['command', 'first', null],
      ],
    ],
    [
      'a lost law file',
      () => 'delete from law_file',
      [
        // Said once for both events of a command.
        ['law', 'first', 1],
        ['law', 'second', 1],
      ],
    ],
    [
      'an edited law file',
      () => `update law_file set text = text || ' '`,
      [
        // Said once for both events of a command.
        ['law', 'first', 1],
        ['law', 'second', 1],
      ],
    ],
    [
      'a bent file',
      (a) => `update file_chunk set sealed = set_byte(sealed, 13, (get_byte(sealed, 13) + 1) % 256) where case_number = '${a}'`,
      [['file', 'first', null]],
    ],
    ['a lost piece of a file', (a) => `delete from file_chunk where case_number = '${a}'`, [['file', 'first', null]]],
  ]

  it.each(found)('finds %s', async (_, sql, problems) => {
    const told = await afterTampering(sql)
    expect(told.map(String).sort()).toEqual(problems.map(String).sort())
  })

  it('is content with a case that was lawfully destroyed', () =>
    withDatabase(async ({ ledger }) => {
      await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
      const command = openReplayable()
      await ledger.append(command)
      await ledger.destroy(7, command.case, destroyedBy())
      expect(await check(ledger)).toEqual({ cases: 1, events: 3, problems: [] })
    }))

  it('tells values that another installation’s key would have to open', () =>
    withDatabase(async ({ ledger }) => {
      await ledger.law.remember([{ path: 'test.yaml', text: lawText, sha256: law.sha256 }])
      await ledger.append(openReplayable())
      const { problems } = await verify(ledger.database, keyRingOf(Buffer.alloc(32)), { rowsOf })
      expect(problems.map(({ kind }) => kind)).toEqual(['personal', 'view'])
    }))

  it('looks only at the homes it is asked for', () =>
    withDatabase(async ({ ledger }) => {
      for (const home of [1, 2, 2]) await ledger.append(openReplayable({ home }))
      expect(await verify(ledger.database, testKeyRing, { rowsOf, homes: [2] })).toMatchObject({ cases: 2, events: 4 })
    }))
})

describe('what happened', () => {
  it('is not edited by a slip in a program', () =>
    withDatabase(async ({ ledger }) => {
      await ledger.append(openReplayable())
      await expect(ledger.database.pool.query(`update event set body = ''`)).rejects.toThrow(/append-only/)
      await expect(ledger.database.pool.query('delete from event')).rejects.toThrow(/append-only/)
    }))
})

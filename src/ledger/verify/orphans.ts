import type pg from 'pg'
import type { Problem } from './problem.ts'

/** Rows that no case, event or key accounts for. */
export async function orphanProblems(client: pg.ClientBase, homes: number[] | null): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const table of ['event', 'case_view', 'work_item', 'due', 'custody_item', 'search_key'])
    for (const { home, case_number } of await selectWithoutCase(client, table, homes))
      problems.push({ kind: 'orphan', home, case: case_number, seq: null, text: `${table} has rows of a case that is not there` })
  for (const { home, case_number, seq } of await selectValuesWithoutEvent(client, homes))
    problems.push({ kind: 'orphan', home, case: case_number, seq, text: 'personal values of an event that is not there' })
  for (const { home, case_number, sha256 } of await selectChunksWithoutFile(client, homes))
    problems.push({ kind: 'orphan', home, case: case_number, seq: null, text: `pieces of a file that is not there: ${sha256}` })
  for (const { home, case_number, key } of await selectStrayCommands(client, homes))
    problems.push({ kind: 'command', home, case: case_number, seq: null, text: `the command ${key} led to no event of the case` })
  for (const { home, number, version } of await selectUnasked(client, homes))
    problems.push({ kind: 'command', home, case: number, seq: version, text: 'no command led to the newest event' })
  return problems
}

async function selectWithoutCase(client: pg.ClientBase, table: string, homes: number[] | null) {
  const { rows } = await client.query<{ home: number; case_number: string }>(
    `select distinct t.home, t.case_number
     from ${table} as t
     where ($1::integer[] is null or t.home = any ($1))
       and not exists (select from case_head as h where h.home = t.home and h.number = t.case_number)
     order by 1, 2`,
    [homes],
  )
  return rows
}

async function selectValuesWithoutEvent(client: pg.ClientBase, homes: number[] | null) {
  const { rows } = await client.query<{ home: number; case_number: string; seq: number }>(
    `select p.home, p.case_number, p.seq
     from personal as p
     where ($1::integer[] is null or p.home = any ($1))
       and not exists (select from event as e where e.home = p.home and e.case_number = p.case_number and e.seq = p.seq)
     order by 1, 2, 3`,
    [homes],
  )
  return rows
}

async function selectChunksWithoutFile(client: pg.ClientBase, homes: number[] | null) {
  const { rows } = await client.query<{ home: number; case_number: string; sha256: string }>(
    `select distinct c.home, c.case_number, encode(c.sha256, 'hex') as sha256
     from file_chunk as c
     where ($1::integer[] is null or c.home = any ($1))
       and not exists (select from file as f where f.home = c.home and f.case_number = c.case_number and f.sha256 = c.sha256)
     order by 1, 2, 3`,
    [homes],
  )
  return rows
}

async function selectStrayCommands(client: pg.ClientBase, homes: number[] | null) {
  const { rows } = await client.query<{ home: number; case_number: string; key: string }>(
    `select c.home, c.case_number, c.key
     from command as c
     left join case_head as h on h.home = c.home and h.number = c.case_number
     where ($1::integer[] is null or c.home = any ($1)) and c.version > coalesce(h.version, 0)
     order by 1, 2, 3`,
    [homes],
  )
  return rows
}

/** Every append leaves its key, the last one with the newest event. */
async function selectUnasked(client: pg.ClientBase, homes: number[] | null) {
  const { rows } = await client.query<{ home: number; number: string; version: number }>(
    `select h.home, h.number, h.version
     from case_head as h
     left join (select c.home, c.case_number, max(c.version) as version from command as c group by 1, 2) as c
       on c.home = h.home and c.case_number = h.number
     where ($1::integer[] is null or h.home = any ($1)) and coalesce(c.version, 0) < h.version
     order by 1, 2`,
    [homes],
  )
  return rows
}

import type pg from 'pg'
import type { Payload } from '../ledger/recorded.ts'

/** What a service without a ledger would keep of a case: its row, its events, rows for lists, an outbox. */
export const tables = `
  create table case_file (number text primary key, version integer not null, state jsonb not null) with (fillfactor = 80);
  create table event (case_number text not null, seq integer not null, body jsonb not null, primary key (case_number, seq));
  create table list_row (case_number text not null, key integer not null, place text not null, doc jsonb not null, primary key (case_number, key))
    with (fillfactor = 80);
  create index list_row_place on list_row (place, case_number);
  create table outbox (id bigint generated always as identity primary key, case_number text not null, payload jsonb not null)`

/** A new case begins empty; the first command moves it as every later one does. */
export async function open(client: pg.ClientBase, number: string): Promise<void> {
  await client.query({ name: 'open', text: `insert into case_file (number, version, state) values ($1, 0, '{}')`, values: [number] })
}

/** Load, decide, write: what a command does inside a transaction that somebody else begins and commits. Four round trips, five with effects. */
export async function advance(client: pg.ClientBase, number: string, { command, events, views, effects }: Payload): Promise<void> {
  const { rows } = await client.query<{ version: number }>({
    name: 'load',
    text: 'select version, state from case_file where number = $1 for update',
    values: [number],
  })
  const version = rows[0]?.version
  if (version === undefined) throw new Error(`no case ${number}`)
  await client.query({
    name: 'events',
    text: 'insert into event (case_number, seq, body) select $1, $2 + e.at, e.body::jsonb from unnest($3::text[]) with ordinality as e(body, at)',
    values: [number, version, events],
  })
  await client.query({
    name: 'case',
    text: 'update case_file set version = $2, state = $3 where number = $1',
    values: [number, version + events.length, JSON.stringify({ command: command.length, view: views[0] ?? null })],
  })
  await client.query({
    name: 'lists',
    text: `insert into list_row (case_number, key, place, doc)
      select $1, v.at, left(md5(v.doc), 2), v.doc::jsonb from unnest($2::text[]) with ordinality as v(doc, at)
      on conflict (case_number, key) do update set place = excluded.place, doc = excluded.doc`,
    values: [number, views],
  })
  if (effects.length === 0) return
  await client.query({
    name: 'outbox',
    text: 'insert into outbox (case_number, payload) select $1, e::jsonb from unnest($2::text[]) as e',
    values: [number, effects],
  })
}

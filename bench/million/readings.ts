import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { StoredEvent } from '../../src/ledger/ledger.ts'
import { type CopyValue, copyRows } from './copy.ts'

/** What the journal would hold of those who did the steps: each opened the case before, and found it in a list of some twenty. */
const listed = 20

export interface Read {
  readonly home: number
  readonly number: string
  readonly events: readonly StoredEvent[]
}

export async function writeReadings(client: pg.ClientBase, cases: readonly Read[]): Promise<void> {
  const rows = cases.flatMap(({ home, number, events }) => performers(events).map((e) => rowOf(home, e, 'step', [`${home}/${number}`])))
  for (let from = 0; from < cases.length; from += listed) {
    const some = cases.slice(from, from + listed)
    const by = some[0]?.events.find(({ actor }) => actor.kind === 'staff')
    if (by !== undefined)
      rows.push(
        rowOf(
          some[0]?.home ?? 0,
          by,
          'work',
          some.map(({ home, number }) => `${home}/${number}`),
        ),
      )
  }
  await copyRows(client, 'read_journal', ['home', 'id', 'at', 'who', 'role', 'purpose', 'cases'], rows)
}

/** Of each performer the first event. */
const performers = (events: readonly StoredEvent[]): StoredEvent[] => [
  ...new Map(events.filter(({ actor }) => actor.kind === 'staff').map((event) => [event.actor.id, event])).values(),
]

const rowOf = (home: number, { at, actor }: StoredEvent, purpose: string, cases: string[]): CopyValue[] => [
  home,
  randomUUID(),
  at,
  actor.id,
  actor.role ?? '',
  purpose,
  cases,
]

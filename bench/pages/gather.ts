import type { Append, Ledger, StoredEvent } from '../../src/ledger/ledger.ts'
import type { ViewChanges, ViewName, ViewRow } from '../../src/ledger/views/rows.ts'
import { viewNames } from '../../src/ledger/views/rows.ts'

/** A ledger in front of another: a case grows in memory and is appended whole, in one command instead of thirty. */
export interface Gathering {
  readonly ledger: Ledger
  /** Appends every case that was gathered, so many at a time, and forgets it. */
  flush(): Promise<number>
}

interface Gathered {
  readonly first: Append
  readonly events: StoredEvent[]
  readonly views: Map<ViewName, Map<string, ViewRow<object>>>
  readonly files: Set<string>
  readonly keeps: Uint8Array[]
}

const newCase = (first: Append): Gathered => ({ first, events: [], views: new Map(), files: new Set(), keeps: [] })

/**
 * The desk before it decides and appends as ever; only the commits are fewer. Files and law go to the real ledger at once.
 * `taken`: numbers of the cases that the ledger has, to which new ones are added: numbers are drawn, so that one may come twice.
 */
export function gather(real: Ledger, taken: Set<string>): Gathering {
  const cases = new Map<string, Gathered>()
  const ledger: Ledger = {
    ...real,
    append: async (command) => {
      const known = cases.get(command.case)
      if (command.expectedVersion === 0) {
        if (taken.has(command.case)) return { kind: 'numberTaken' }
        taken.add(command.case)
      }
      if ((known?.events.length ?? 0) !== command.expectedVersion) return { kind: 'conflict', version: known?.events.length ?? 0 }
      const gathered = known ?? newCase(command)
      cases.set(command.case, gathered)
      const { home, case: number } = command
      for (const event of command.events)
        gathered.events.push({ ...event, home, case: number, seq: gathered.events.length + 1, hash: '', prev: '' })
      for (const file of command.files ?? []) gathered.files.add(file)
      gathered.keeps.push(...(command.keeps ?? []))
      for (const view of viewNames) change(gathered.views, view, command.views[view])
      return { kind: 'appended', version: gathered.events.length, result: command.result }
    },
    load: async (_home, number) => {
      const gathered = cases.get(number)
      return gathered === undefined ? null : { version: gathered.events.length, events: gathered.events }
    },
    lookUp: async () => null,
  }
  return {
    ledger,
    flush: async () => {
      const all = [...cases.values()]
      cases.clear()
      const outcomes = await Promise.all(all.map((gathered) => real.append(whole(gathered))))
      const wrong = outcomes.find(({ kind }) => kind !== 'appended' && kind !== 'repeated')
      if (wrong !== undefined) throw new Error(`a gathered case was not appended: ${wrong.kind}`)
      return all.length
    },
  }
}

function change(views: Gathered['views'], view: ViewName, changes: Append['views'][ViewName]): void {
  const rows = views.get(view) ?? new Map<string, ViewRow<object>>()
  views.set(view, rows)
  for (const key of changes?.remove ?? []) rows.delete(key)
  for (const row of changes?.put ?? []) rows.set(row.key, row)
}

const whole = ({ first, events, views, files, keeps }: Gathered): Append => ({
  ...first,
  events: events.map(({ home: _home, case: _case, seq: _seq, hash: _hash, prev: _prev, ...event }) => event),
  views: Object.fromEntries([...views].map(([view, rows]) => [view, { put: [...rows.values()], remove: [] }])) as ViewChanges, // as: each view got rows of its own kind
  files: [...files],
  keeps,
  effects: [],
})

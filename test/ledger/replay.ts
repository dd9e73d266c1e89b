import type { Append, StoredEvent } from '../../src/ledger/ledger.ts'
import { noViews, type Views } from '../../src/ledger/views/rows.ts'
import { caseColumns, open, workColumns } from './commands.ts'

/** The views of the invented domain, from its events: what `rowsOf` is for a real one. */
export function rowsOf(events: StoredEvent[]): Views {
  return {
    ...noViews,
    case_view: [{ key: 'case', columns: { ...caseColumns, status: events.at(-1)?.type ?? '', iin: String(events[0]?.personal?.iin) } }],
    work_item: [{ key: 'a', columns: { ...workColumns, step: `step ${events.length}` } }],
  }
}

/** Opens a case whose views are those of `rowsOf`. */
export function openReplayable(overrides: Partial<Append> = {}): Append {
  const command = open(overrides)
  const views = rowsOf(
    command.events.map((event, index) => ({ ...event, home: 7, case: command.case, seq: index + 1, hash: '', prev: '' })),
  )
  return { ...command, views: { case_view: { put: views.case_view, remove: [] }, work_item: { put: views.work_item, remove: [] } } }
}

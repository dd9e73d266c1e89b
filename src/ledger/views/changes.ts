import type { ViewChanges, ViewName, ViewRow, Views } from './rows.ts'
import { viewNames } from './rows.ts'

/** What must be written so that the views of a case go from `before` to `after`: rows that did not change are not written. */
export function viewChanges(before: Views, after: Views): ViewChanges {
  return Object.fromEntries(viewNames.flatMap((view) => changeOf(view, before[view], after[view])))
}

function changeOf(
  view: ViewName,
  before: ViewRow<object>[],
  after: ViewRow<object>[],
): [ViewName, { put: ViewRow<object>[]; remove: string[] }][] {
  const known = new Map(before.map((row) => [row.key, JSON.stringify(row.columns)]))
  const staying = new Set(after.map((row) => row.key))
  const put = after.filter((row) => known.get(row.key) !== JSON.stringify(row.columns))
  const remove = before.filter((row) => !staying.has(row.key)).map((row) => row.key)
  return put.length + remove.length === 0 ? [] : [[view, { put, remove }]]
}

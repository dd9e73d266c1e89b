import { type ViewName, type Views, viewColumns } from './rows.ts'

type Columns<View extends ViewName> = Views[View][number]['columns']

/** What stands in a view's columns where the caller says nothing. */
const whole: { readonly [View in ViewName]: (columns: Columns<View>) => object } = {
  case_view: (c) => ({ open: c.open ?? true, branch: c.branch ?? '', due_at: c.due_at ?? 'infinity', doc: c.doc ?? {} }),
  work_item: (c) => ({ organisation: c.organisation ?? '', unit: c.unit ?? '', due_at: c.due_at ?? 'infinity', doc: c.doc ?? {} }),
  due: (c) => ({
    provider: c.provider ?? '',
    organisation: c.organisation ?? '',
    role: c.role ?? '',
    step: c.step ?? '',
    next_at: nextLook(c),
    doc: c.doc ?? {},
  }),
  custody_item: (c) => ({ holder_organisation: c.holder_organisation ?? '', holder_unit: c.holder_unit ?? '', doc: c.doc ?? {} }),
  search_key: (c) => ({ provider: c.provider ?? '', branch: c.branch ?? '' }),
}

/** When the sweeper has something to mark: the warning, then the end; null: nothing more. */
function nextLook({ state, warn_at: warnAt, due_at: dueAt }: Columns<'due'>): string | null {
  if (state === 'running') return warnAt ?? dueAt
  return state === 'warned' ? dueAt : null
}

/**
 * The row of a view's table for a caller's row: appending, rebuilding, verifying and importing cannot disagree about it.
 * Throws TypeError on a column that the view does not have: it would be lost in silence.
 */
export function wholeRow<View extends ViewName>(
  view: View,
  home: number,
  caseNumber: string,
  { key, columns }: Views[View][number],
): object {
  for (const name in columns) if (!viewColumns[view].has(name)) throw new TypeError(`${view} has no column ${name}`)
  return { ...columns, ...whole[view](columns), home, case_number: caseNumber, key }
}

import type { Json, JsonObject } from '../ledger.ts'

/** The views that an append writes. `key` is unique within (view, home, case). Times are RFC 3339; absent is null. */

export interface ViewRow<Columns = JsonObject> {
  key: string
  columns: Columns
}

/** One row a case; its key is by custom `case`. */
export interface CaseColumns {
  regulation: string
  edition: string
  channel: string
  status: string
  /** False when nothing more will happen: counts and boards look only at open cases. Absent: true. */
  open?: boolean
  /** Code of the provider's organisation. */
  provider: string
  /** Code of the State Corporation's branch, where one has a part. */
  branch?: string | null
  iin?: string | null
  /** Hex digest of the receipt's secret, unique within the home. */
  receipt_digest?: string | null
  opened_at: string
  due_at?: string | null
  doc?: JsonObject
}

export interface WorkColumns {
  step: string
  role: string
  organisation?: string
  unit?: string
  assignee?: string | null
  since: string
  due_at?: string | null
  norm?: Json
  title?: string | null
  doc?: JsonObject
}

export interface DueColumns {
  kind: string
  clause?: string | null
  due_at: string
  warn_at?: string | null
  /** The sweeper looks at `running` (from `warn_at`, else `due_at`) and `warned` (from `due_at`); any other state rests. */
  state: 'running' | 'warned' | (string & {})
  /** Whose case, who performs the step, in which role; absent: ''. */
  provider?: string
  organisation?: string
  role?: string
  step?: string
  /** When it began to run. */
  since?: string | null
  /** When it ceased to run, in time or late; absent: it runs. */
  ended_at?: string | null
  doc?: JsonObject
}

/** What a case is found by: several a case. */
export interface SearchColumns {
  /** Searched by its beginning. */
  word: string
  provider?: string
  branch?: string | null
}

export interface CustodyColumns {
  what: string
  holder_kind: string
  holder_organisation?: string
  holder_unit?: string
  holder_person?: string | null
  since: string
  doc?: JsonObject
}

export interface Views {
  case_view: ViewRow<CaseColumns>[]
  work_item: ViewRow<WorkColumns>[]
  due: ViewRow<DueColumns>[]
  custody_item: ViewRow<CustodyColumns>[]
  search_key: ViewRow<SearchColumns>[]
}

export type ViewName = keyof Views

export type ViewChanges = { [View in ViewName]?: { put: Views[View]; remove: string[] } }

export const noViews: Views = { case_view: [], work_item: [], due: [], custody_item: [], search_key: [] }

/** Each column of a view that a caller may fill: an unknown one would be lost in silence, so the append refuses it. */
export const viewColumns: { readonly [View in ViewName]: ReadonlySet<string> } = {
  case_view: new Set<keyof CaseColumns>([
    'regulation',
    'edition',
    'channel',
    'status',
    'open',
    'provider',
    'branch',
    'iin',
    'receipt_digest',
    'opened_at',
    'due_at',
    'doc',
  ]),
  work_item: new Set<keyof WorkColumns>(['step', 'role', 'organisation', 'unit', 'assignee', 'since', 'due_at', 'norm', 'title', 'doc']),
  due: new Set<keyof DueColumns>([
    'kind',
    'clause',
    'due_at',
    'warn_at',
    'state',
    'provider',
    'organisation',
    'role',
    'step',
    'since',
    'ended_at',
    'doc',
  ]),
  custody_item: new Set<keyof CustodyColumns>([
    'what',
    'holder_kind',
    'holder_organisation',
    'holder_unit',
    'holder_person',
    'since',
    'doc',
  ]),
  search_key: new Set<keyof SearchColumns>(['word', 'provider', 'branch']),
}

export const viewNames: readonly ViewName[] = ['case_view', 'work_item', 'due', 'custody_item', 'search_key']

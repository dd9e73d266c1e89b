import { isDeepStrictEqual } from 'node:util'
import { partyOf } from '../engine/case/dues.ts'
import { replay } from '../engine/case/evolve.ts'
import { stepOf } from '../engine/case/law.ts'
import { outagesDuring } from '../engine/case/outages.ts'
import { type CaseRows, rowsOf } from '../engine/case/rows.ts'
import type { CaseState, Due } from '../engine/case/state.ts'
import { soundOf } from '../language/sound.ts'
import type { StoredEvent } from '../ledger/ledger.ts'
import type { ViewChanges, ViewRow, Views } from '../ledger/views/rows.ts'
import { sha256, toCaseEvent } from './events.ts'
import type { Bound, LawTexts, Statutes } from './statutes.ts'

interface Change {
  readonly number: string
  readonly home: number
  readonly bound: Bound
  readonly before: CaseState | null
  readonly after: CaseState
}

/** The rows of all views for a state of a case: pure, so that `verify` can hold a replay against the tables. */
export function viewsOf(bound: Bound, number: string, home: number, state: CaseState): Views {
  const rows = rowsOf(bound.court, state)
  return {
    case_view: [{ key: 'case', columns: caseColumns(bound, number, home, state, rows) }],
    work_item: workRows(bound, state, rows),
    due: rows.dues.map((due) => ({ key: due.id, columns: dueColumns(bound, state, due) })),
    search_key: searchRows(number, state),
    // Where the papers of an ended case lie is told by its events: nobody looks for them in a list, and there would be millions.
    custody_item: (rows.summary.open ? rows.custody : []).map((c) => ({
      key: c.what,
      columns: {
        what: c.what,
        holder_kind: c.role,
        holder_organisation: c.organisation,
        holder_person: c.keeper,
        holder_unit: bound.law.regulation.roles[c.role]?.unit ?? '',
        since: c.since,
        doc: { offeredTo: c.offeredTo },
      },
    })),
  }
}

/** What changed in the views: rows that are new or different, and keys that are gone. */
export function changesOf({ number, home, bound, before, after }: Change): ViewChanges {
  const then = before === null ? null : rememberedViews(bound, number, home, before)
  const now = rememberedViews(bound, number, home, after)
  return {
    case_view: difference(then?.case_view, now.case_view),
    work_item: difference(then?.work_item, now.work_item),
    due: difference(then?.due, now.due),
    search_key: difference(then?.search_key, now.search_key),
    custody_item: difference(then?.custody_item, now.custody_item),
  }
}

/** What a command leaves is what the next one finds: states never change, so their rows are made once. */
const remembered = new WeakMap<CaseState, { readonly bound: Bound; readonly views: Views }>()

function rememberedViews(bound: Bound, number: string, home: number, state: CaseState): Views {
  const known = remembered.get(state)
  if (known?.bound === bound) return known.views
  const views = viewsOf(bound, number, home, state)
  remembered.set(state, { bound, views })
  return views
}

function difference<Columns extends object>(then: ViewRow<Columns>[] = [], now: ViewRow<Columns>[]) {
  const put: ViewRow<Columns>[] = now.filter((row) => {
    const was = then.find(({ key }) => key === row.key)
    return was === undefined || !isDeepStrictEqual(was.columns, row.columns)
  })
  return { put, remove: then.filter((row) => !now.some((other) => other.key === row.key)).map((row) => row.key) }
}

function caseColumns(bound: Bound, number: string, home: number, state: CaseState, rows: CaseRows): Views['case_view'][number]['columns'] {
  const { summary } = rows
  return {
    regulation: bound.law.regulation.id,
    edition: bound.law.regulation.edition,
    channel: state.channel,
    status: summary.status,
    open: summary.open,
    provider: state.provider.id,
    branch: state.branch,
    iin: summary.iin,
    receipt_digest: state.secret === null ? null : receiptDigest(home, number, state.secret),
    opened_at: state.openedAt,
    due_at: summary.dueAt,
    doc: { name: summary.name, asks: summary.asks, step: summary.step, late: summary.late, sha256: bound.law.sha256.regulation },
  }
}

function workRows(bound: Bound, state: CaseState, rows: CaseRows): Views['work_item'] {
  const { work, summary } = rows
  if (work === null) return []
  const { step, role, organisation, unit, assignee, since, dueAt, norm, waits, handed } = work
  const doc = {
    name: summary.name,
    asks: summary.asks,
    awaiting: waits !== null,
    ...(waits === null ? {} : { waits: { ...waits } }),
    regulation: bound.law.regulation.id,
    channel: state.channel,
    sha256: bound.law.sha256.regulation,
    ...(handed === null ? {} : { handed: { ...handed } }),
  }
  return [
    {
      // A case has one open step: its row is rewritten from step to step.
      key: 'open',
      columns: { step, role, organisation, unit, assignee, since, due_at: dueAt, norm: norm === null ? null : { ...norm }, doc },
    },
  ]
}

/** A term, and what supervision asks of it. A case that has ended runs no term any more, even one that nobody kept and nobody missed. */
function dueColumns(bound: Bound, state: CaseState, due: Due): Views['due'][number]['columns'] {
  const role = due.step === null ? '' : (stepOf(bound.court, due.step)?.actor ?? '')
  const outages = outagesDuring(state.outages, due)
  return {
    kind: due.kind,
    clause: due.clause,
    due_at: due.dueAt,
    warn_at: due.warnAt,
    state: due.state,
    provider: state.provider.id,
    organisation: role === 'system' ? '' : (partyOf(bound.court, state, role).organisation ?? ''),
    role,
    step: due.step ?? '',
    since: due.from,
    ended_at: due.endedAt ?? state.ended?.at ?? null,
    doc: {
      value: due.value,
      unit: due.unit,
      sha256: bound.law.sha256.regulation,
      ...(outages.length === 0 ? {} : { outages: outages.map(({ from, until }) => [from, until]) }),
    },
  }
}

/** By the end of the number, by the surname first and by the name first. */
function searchRows(number: string, { application, provider, branch }: CaseState): Views['search_key'] {
  const row = (key: string, word: string) => ({ key, columns: { word, provider: provider.id, branch } })
  const digits = [...number].filter((sign) => sign >= '0' && sign <= '9')
  const rows = [row('number', digits.reverse().join(''))]
  if (!application) return rows
  const { surname, name } = soundsOf(application)
  return [...rows, row('surname', surname), row('name', name)]
}

type Named = NonNullable<CaseState['application']>

const heard = new WeakMap<Named, { readonly surname: string; readonly name: string }>()

/** How an applicant sounds, surname first and name first; an application is carried unchanged from state to state. */
function soundsOf(application: Named) {
  const known = heard.get(application)
  if (known !== undefined) return known
  const { surname, name, patronymic = '' } = application
  const sounds = { surname: soundOf(`${surname} ${name} ${patronymic}`), name: soundOf(`${name} ${surname}`) }
  heard.set(application, sounds)
  return sounds
}

/** What the tracker looks a receipt up by; the secret itself is in no view and no log. */
export const receiptDigest = (home: number, number: string, secret: string) => sha256(`${home}|${number}|${secret}`)

/** What the views of a case must hold, from its events alone: for `verify` and `import`. */
export function viewsOfEvents(statutes: Statutes, texts: LawTexts): (events: StoredEvent[]) => Views {
  return (events) => {
    const [first] = events
    const state = replay(events.map(toCaseEvent))
    if (first === undefined || state === null) throw new Error('a case without events has no views')
    return viewsOf(statutes.boundFrom(state.files, texts), first.case, first.home, state)
  }
}

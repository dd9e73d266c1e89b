import { type RowTypes, rowArray } from '../postgres/rowArrays.ts'
import type { Prepared, Rows } from './prepare.ts'

/** The row types that `qyzmet_append` takes, in the order of its arguments after `home`. */
export const appendTypes = [
  'append_command',
  'event',
  'personal',
  'append_file',
  'file_chunk',
  'append_effect',
  'append_gone',
  'case_view',
  'work_item',
  'due',
  'search_key',
  'custody_item',
] as const

export type AppendTypes = RowTypes<(typeof appendTypes)[number]>

export const appendText = `select qyzmet_append(${['integer', ...appendTypes.map((type) => `${type}[]`)].map((type, index) => `$${index + 1}::${type}`).join(', ')}) as refused`

/** The arguments of one call: the lists of all its commands, joined. @param home of all of them; null: as their rows say */
export function appendValues(types: AppendTypes, home: number | null, prepared: readonly Prepared[]): (number | null | Buffer)[] {
  const all = (type: (typeof appendTypes)[number], list: (rows: Rows) => readonly object[]) =>
    rowArray(types[type], prepared.length === 1 && prepared[0] ? list(prepared[0].rows) : prepared.flatMap(({ rows }) => list(rows)))
  return [
    home,
    all('append_command', (rows) => rows.commands),
    all('event', (rows) => rows.events),
    all('personal', (rows) => rows.personal),
    all('append_file', (rows) => rows.files),
    all('file_chunk', (rows) => rows.chunks),
    all('append_effect', (rows) => rows.effects),
    all('append_gone', (rows) => rows.gone),
    ...(['case_view', 'work_item', 'due', 'search_key', 'custody_item'] as const).map((view) =>
      all(view, (rows) => rows.views[view] ?? []),
    ),
  ]
}

/** By home and number: two writers that lock the same cases meet them in one order. */
export function inOrder(prepared: readonly Prepared[]): Prepared[] {
  return prepared.toSorted((a, b) => a.command.home - b.command.home || (a.command.case < b.command.case ? -1 : 1))
}

export function byHome(prepared: readonly Prepared[]): [number, Prepared[]][] {
  return [...Map.groupBy(prepared, ({ command }) => command.home)]
}

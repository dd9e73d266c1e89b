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

/** `qyzmet_append` called once for each of so many homes. */
export function appendText(homes: number): string {
  const width = appendTypes.length + 1
  const calls = Array.from({ length: homes }, (_, call) => {
    const at = (index: number) => `$${call * width + index + 1}`
    const rows = appendTypes.map((type, index) => `${at(index + 1)}::${type}[]`)
    return `qyzmet_append(${[`${at(0)}::integer`, ...rows].join(', ')}) as home${call}`
  })
  return `select ${calls.join(', ')}`
}

/** The arguments of one call: the lists of all its commands, joined. */
export function appendValues(types: AppendTypes, home: number, prepared: readonly Prepared[]): (number | Buffer)[] {
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

/** In ascending order of homes: two writers that lock cases of several homes meet them in one order. */
export function byHome(prepared: Prepared[]): [number, Prepared[]][] {
  const groups = Map.groupBy(prepared, ({ command }) => command.home)
  return [...groups].sort(([a], [b]) => a - b)
}

import type { Prepared, Rows } from './prepare.ts'

/** The argument of `qyzmet_append` for commands of one home; empty lists are left out, and the function skips them. */
export function batchOf(home: number, prepared: Prepared[]): object {
  const all = (list: (rows: Rows) => object[]) => {
    const joined = prepared.flatMap(({ rows }) => list(rows))
    return joined.length === 0 ? undefined : joined
  }
  const byView = (part: 'views' | 'remove') => {
    const names = new Set(prepared.flatMap(({ rows }) => Object.keys(rows[part])))
    return Object.fromEntries([...names].map((name) => [name, all((rows) => rows[part][name] ?? [])]))
  }
  const remove = byView('remove')
  return {
    home,
    opens: prepared.some(({ command }) => command.expectedVersion === 0),
    commands: all((rows) => rows.commands),
    events: all((rows) => rows.events) ?? [],
    personal: all((rows) => rows.personal),
    files: all((rows) => rows.files),
    effects: all((rows) => rows.effects),
    ...byView('views'),
    remove: Object.keys(remove).length === 0 ? undefined : remove,
  }
}

/** In ascending order of homes: two writers that lock cases of several homes meet them in one order. */
export function byHome(prepared: Prepared[]): [number, Prepared[]][] {
  const groups = Map.groupBy(prepared, ({ command }) => command.home)
  return [...groups].sort(([a], [b]) => a - b)
}

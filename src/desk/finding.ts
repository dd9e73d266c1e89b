import type { Ledger } from '../ledger/ledger.ts'
import type { CaseRow, FoundPosition, OpenedPosition } from '../ledger/views/cases/cases.ts'
import { homeOf } from './numbers.ts'
import { reversed, type Sought } from './search.ts'

/** Where a page of what was found ends; each search goes on from its own kind. */
export type SearchPosition = { readonly opened: OpenedPosition } | { readonly word: FoundPosition }

export interface Found {
  readonly sought: Sought
  readonly rows: readonly CaseRow[]
  /** Where the next page begins; null: that was all. */
  readonly next: SearchPosition | null
}

/** Cases on a page of what was found. */
export const foundAtOnce = 50

/** Narrow ranges of indexes only: a number, a whole IIN, the beginning of a word; never a sign in the middle. */
export async function find(
  ledger: Ledger,
  sought: Sought,
  home: number,
  scope: string[],
  after: SearchPosition | undefined,
): Promise<Found> {
  switch (sought.by) {
    case 'number': {
      const row = await ledger.cases.byNumber(homeOf(sought.number) ?? -1, sought.number)
      const isTheirs = row !== null && (scope.includes(row.provider) || scope.includes(row.branch))
      return { sought, rows: isTheirs ? [row] : [], next: null }
    }
    case 'iin': {
      const page = { scope, limit: foundAtOnce + 1, ...(after !== undefined && 'opened' in after ? { after: after.opened } : {}) }
      const rows = await ledger.cases.byIin(sought.iin, page)
      const shown = rows.slice(0, foundAtOnce)
      const last = shown.at(-1)
      return { sought, rows: shown, next: rows.length > foundAtOnce && last !== undefined ? { opened: last } : null }
    }
    case 'tail':
      return byWords(ledger, sought, home, [reversed(sought.digits)], scope, after)
    case 'name':
      return byWords(ledger, sought, home, sought.sounds, scope, after)
    case 'nothing':
      return { sought, rows: [], next: null }
  }
}

/** The first of the meanings that finds anything; a case that comes by two of its words is shown once. */
async function byWords(
  ledger: Ledger,
  sought: Sought,
  home: number,
  prefixes: readonly string[],
  scope: string[],
  after: SearchPosition | undefined,
): Promise<Found> {
  const position = after !== undefined && 'word' in after ? after.word : undefined
  for (const prefix of prefixes) {
    const rows = await ledger.cases.byWord(home, prefix, { scope, limit: foundAtOnce + 1, ...(position ? { after: position } : {}) })
    if (rows.length === 0) continue
    const shown = rows.slice(0, foundAtOnce)
    const last = shown.at(-1)
    const once = [...new Map(shown.map((row) => [row.case, row])).values()]
    return { sought, rows: once, next: rows.length > foundAtOnce && last !== undefined ? { word: last } : null }
  }
  return { sought, rows: [], next: null }
}

import { replay } from '../engine/case/evolve.ts'
import type { Ledger, StoredEvent } from '../ledger/ledger.ts'
import { inSpan } from '../observe/trace.ts'
import { toCaseEvent } from './events.ts'
import { homeOf } from './numbers.ts'
import type { CaseFile } from './outcome.ts'
import type { Statutes } from './statutes.ts'

/**
 * Cases at hand. A shelf may be old, since other servers write too: a command decided from it is refused by the ledger when the version moved,
 * and what is shown is always read anew (`fresh`).
 */
export interface CaseShelf {
  find(number: string, fresh: boolean): Promise<CaseFile | null>
  /** The case with its events, always from the ledger. */
  history(number: string): Promise<{ file: CaseFile; events: StoredEvent[] } | null>
  keep(file: CaseFile): void
}

const room = 2000

export function createCaseShelf(ledger: Ledger, statutes: Statutes): CaseShelf {
  const shelf = new Map<string, CaseFile>()
  const keep = (file: CaseFile) => {
    const known = shelf.get(file.number)
    if (known !== undefined && known.version > file.version) return
    shelf.delete(file.number)
    shelf.set(file.number, file)
    const oldest = shelf.keys().next()
    if (shelf.size > room && !oldest.done) shelf.delete(oldest.value)
  }
  const history: CaseShelf['history'] = (number) => inSpan('case.load', () => read(number))
  const read: CaseShelf['history'] = async (number) => {
    const home = homeOf(number)
    const loaded = home === null ? null : await ledger.load(home, number)
    if (home === null || loaded === null) return null
    const events = loaded.events.map(toCaseEvent)
    const state = replay(events)
    if (state === null) throw new Error(`case ${number} has no events`)
    const bound = await statutes.boundBy(state.files)
    const file = { number, home, version: loaded.version, state, bound }
    keep(file)
    return { file, events: loaded.events }
  }
  return {
    keep,
    history,
    find: async (number, fresh) => (fresh ? undefined : shelf.get(number)) ?? (await history(number))?.file ?? null,
  }
}

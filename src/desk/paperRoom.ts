import type { CaseEvent } from '../engine/case/events.ts'
import { replay } from '../engine/case/evolve.ts'
import type { CaseState, IssuedPaper } from '../engine/case/state.ts'
import type { StoredEvent } from '../ledger/ledger.ts'
import type { Paper } from '../papers/paper.ts'
import type { PaperPress } from '../papers/press.ts'
import { toCaseEvent } from './events.ts'
import type { CaseFile } from './outcome.ts'
import { asIssued } from './papers/books.ts'
import { paperOf } from './papers/build.ts'
import { contentOf, type SealingParts, sealPaper } from './papers/seal.ts'
import type { PaperSources } from './papers/sources.ts'
import type { History } from './reading.ts'

export interface Printed {
  readonly pdf: Uint8Array
  readonly sha256: string
  /** For saving: case number and form. */
  readonly fileName: string
}

/**
 * Papers are printed when somebody wants to see them, from the case as it stood when they were issued. The same case always gives
 * the same bytes, so a paper needs no store: its digest can be compared years later.
 */
export interface PaperRoom {
  print(history: History, paper: string): Promise<Printed | null>
  /** The paper as data: what the page beside it shows. */
  read(history: History, paper: string): Promise<Paper | null>
}

/** @param sealing absent: papers carry no seal (tests of forms, previews) */
export function createPaperRoom(press: PaperPress, sources: PaperSources, sealing?: SealingParts): PaperRoom {
  const read: PaperRoom['read'] = async ({ file, events }, id) => {
    const issued = file.state.papers.find((p) => p.id === id)
    // Without the values it would be another paper under the same name.
    if (issued === undefined || file.state.destroyed !== null) return null
    const original = issued.copyOf === null ? issued : file.state.papers.find((p) => p.id === issued.copyOf?.id)
    if (original === undefined) return null
    return paperOf({ file, state: stateAtIssue(file, events, original), issued, original, sources: asIssued(sources, original, issued) })
  }
  return {
    read,
    async print(history, id) {
      const paper = await read(history, id)
      if (paper === null) return null
      const seal = sealing === undefined ? undefined : await sealPaper(sealing, contentOf(history, id, paper), paper)
      const { pdf, sha256 } = await press.print(paper, seal)
      return { pdf, sha256, fileName: `${history.file.number}-${id}.pdf` }
    },
  }
}

/**
 * As after the whole command that issued the paper: what it says of terms was set by the same command, after it. A command ends where a
 * step waits for a person or the case is over; two commands may well fall into one second.
 */
function stateAtIssue(file: CaseFile, stored: readonly StoredEvent[], paper: IssuedPaper): CaseState {
  const events = stored.map(toCaseEvent)
  const issued = events.findIndex((e) => e.type === 'PaperIssued' && e.data.paper === paper.id)
  const last = events.findIndex((e, index) => index > issued && endsCommand(e))
  return replay(last === -1 ? events : events.slice(0, last + 1)) ?? file.state
}

const endsCommand = (event: CaseEvent): boolean =>
  event.type === 'CaseEnded' || (event.type === 'StepOpened' && event.data.role !== 'system')

import type { CaseEvent } from '../engine/case/events.ts'
import { replay } from '../engine/case/evolve.ts'
import type { CaseState, IssuedPaper } from '../engine/case/state.ts'
import type { StoredEvent } from '../ledger/ledger.ts'
import type { Paper } from '../papers/paper.ts'
import type { PaperPress } from '../papers/press.ts'
import { toCaseEvent } from './events.ts'
import type { CaseFile } from './outcome.ts'
import { asIssued } from './papers/books.ts'
import { frameOf, paperOf } from './papers/build.ts'
import { contentOf, type SealingParts, sealPaper } from './papers/seal.ts'
import { attachmentsOf, marksOf } from './papers/signed.ts'
import type { PaperSources } from './papers/sources.ts'
import { isStatedWhole, statedPaper } from './papers/stated.ts'
import type { History } from './reading.ts'
import type { SignatureShelf, StatedSignature } from './signatures.ts'
import { saysPapers } from './statement.ts'

export interface Printed {
  readonly pdf: Uint8Array
  readonly sha256: string
  /** For saving: case number and form. */
  readonly fileName: string
}

/** A paper as data, with what persons signed of it. */
export interface Composed {
  readonly paper: Paper
  /** In the order in which they lie in the file; empty where nobody signed what it says. */
  readonly signed: readonly StatedSignature[]
  /** The bytes that the installation signs. */
  readonly content: () => Uint8Array
}

/**
 * Papers are printed when somebody wants to see them, from the case as it stood when they were issued. The same case always gives
 * the same bytes, so a paper needs no store: its digest can be compared years later.
 */
export interface PaperRoom {
  print(history: History, paper: string): Promise<Printed | null>
  /** The paper as data: what the page beside it shows. */
  read(history: History, paper: string): Promise<Paper | null>
  compose(history: History, paper: string): Promise<Composed | null>
}

export interface PaperRoomParts {
  readonly press: PaperPress
  readonly sources: PaperSources
  readonly signatures: SignatureShelf
  /** Absent: papers carry no seal (tests of forms, previews). */
  readonly sealing?: SealingParts
}

export function createPaperRoom({ press, sources, signatures, sealing }: PaperRoomParts): PaperRoom {
  const compose: PaperRoom['compose'] = async (history, id) => {
    const { file, events } = history
    const issued = file.state.papers.find((p) => p.id === id)
    // Without the values it would be another paper under the same name.
    if (issued === undefined || file.state.destroyed !== null) return null
    const original = issued.copyOf === null ? issued : file.state.papers.find((p) => p.id === issued.copyOf?.id)
    if (original === undefined) return null
    const draft = { file, state: stateAtIssue(file, events, original), issued, original, sources: asIssued(sources, original, issued) }
    const signed = await signatures.ofPaper(history, original.id)
    const paper = await paperFrom(draft, signed)
    return { paper, signed, content: () => contentOf(history, id, paper, signed) }
  }
  return {
    compose,
    read: async (history, id) => (await compose(history, id))?.paper ?? null,
    async print(history, id) {
      const composed = await compose(history, id)
      if (composed === null) return null
      const { paper, signed, content } = composed
      const seal = sealing === undefined ? undefined : await sealPaper(sealing, content(), paper, attachmentsOf(signed))
      const { pdf, sha256 } = await press.print(paper, seal)
      return { pdf, sha256, fileName: `${history.file.number}-${id}.pdf` }
    },
  }
}

/** What was signed is printed from the signed bytes; what nobody signed, or was signed before statements said all of a paper, from the case. */
async function paperFrom(draft: Parameters<typeof paperOf>[0], signed: readonly StatedSignature[]): Promise<Paper> {
  const principal = signed.at(-1)?.statement ?? null
  if (!saysPapers(principal)) return paperOf(draft)
  const { say } = draft.sources
  const signatures = (await Promise.all(signed.map((one, n) => marksOf(one, n + 1, say)))).flat()
  const rest = isStatedWhole(draft.issued.kind) ? {} : { rest: paperOf(draft) }
  return statedPaper(principal, signatures, { ...frameOf(draft), ...rest }, say)
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

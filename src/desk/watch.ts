import { type Bell, type Heard, placeOf } from '../ledger/bell/bell.ts'
import type { Actor, Ledger } from '../ledger/ledger.ts'
import { homeOf } from './numbers.ts'

/** What one open page is told. It carries numbers that the page itself asked about, and nothing else. */
export type Word =
  | { readonly kind: 'case'; readonly number: string; readonly version: number }
  /** The reader's list may be another one now. */
  | { readonly kind: 'list' }
  /** The law's clock was set; milliseconds since 1970. */
  | { readonly kind: 'clock'; readonly now: number }
  /** This process ends: ask again, of another or of the one that follows. */
  | { readonly kind: 'goodbye' }

export interface Looking {
  /** The desk whose list is open. */
  readonly place: string | undefined
  /** Open cases, each with the version on the screen. */
  readonly cases: ReadonlyMap<string, number>
  readonly tell: (word: Word) => void
}

/** The desk of somebody who works at one. */
export const placeAt = ({ organisation = '', role = '', unit = '' }: Actor) => placeOf(organisation, role, unit)

/** Everybody who looks at something on this process. */
export interface Watch {
  /** Begins to listen, then looks whether something moved before: between the two nothing is lost. The returned function ends it. */
  look(looking: Looking): Promise<() => void>
  /** Tells whoever looks, now or later, that this process ends. */
  sayGoodbye(): void
  /** How many look now. */
  readonly size: number
  close(): void
}

export interface WatchParts {
  readonly bell: Bell
  readonly ledger: Pick<Ledger, 'versions'>
  readonly clock: { readonly now: () => number }
  readonly machine: () => number
  /** How often the cases on screens are looked at though nothing was heard. */
  readonly everyMs?: number
}

/** A word can be lost with the process that had it to say: then the eyes find out. */
const lookEveryMs = 5_000
const clockEveryMs = 500
/** The clock's shift moves by rounding between two readings; a setting moves it by more. */
const leastShiftMs = 1_500

interface Open extends Looking {
  readonly known: Map<string, number>
}

export function createWatch({ bell, ledger, clock, machine, everyMs = lookEveryMs }: WatchParts): Watch {
  const open = new Set<Open>()
  const onCase = (one: Open, number: string, version: number) => {
    if ((one.known.get(number) ?? Number.POSITIVE_INFINITY) >= version) return
    one.known.set(number, version)
    one.tell({ kind: 'case', number, version })
  }

  const hear = (heard: Heard) => {
    if (open.size === 0) return
    if (heard.kind === 'gap') {
      for (const one of open) if (one.place !== undefined) one.tell({ kind: 'list' })
      void lookAtCases([...open])
      return
    }
    for (const one of open) {
      for (const moved of heard.moved) onCase(one, moved.case, moved.version)
      if (one.place !== undefined && heard.moved.some(({ places }) => places.includes(one.place ?? ''))) one.tell({ kind: 'list' })
    }
  }

  /** One statement for all that is open: the cost is that of what people look at, not of how many cases there are. */
  async function lookAtCases(whose: readonly Open[]): Promise<void> {
    const numbers = [...new Set(whose.flatMap(({ known }) => [...known.keys()]))]
    const asked = numbers.flatMap((number) => {
      const home = homeOf(number)
      return home === null ? [] : [{ home, case: number }]
    })
    if (asked.length === 0) return
    try {
      for (const found of await ledger.versions(asked)) for (const one of whose) onCase(one, found.case, found.version)
    } catch {
      // The database is away: the next look, or the word that it is back, makes it good.
    }
  }

  let leaving = false
  let shift = clock.now() - machine()
  const stopHearing = bell.hear(hear)
  const eyes = setInterval(() => void lookAtCases([...open]), everyMs)
  const hands = setInterval(() => {
    const now = clock.now()
    if (Math.abs(now - machine() - shift) < leastShiftMs) return
    shift = now - machine()
    for (const one of open) one.tell({ kind: 'clock', now })
  }, clockEveryMs)
  eyes.unref()
  hands.unref()

  return {
    look: async (looking) => {
      const one: Open = { ...looking, known: new Map(looking.cases) }
      open.add(one)
      if (leaving) one.tell({ kind: 'goodbye' })
      one.tell({ kind: 'clock', now: clock.now() })
      await lookAtCases([one])
      return () => open.delete(one)
    },
    sayGoodbye: () => {
      leaving = true
      for (const one of open) one.tell({ kind: 'goodbye' })
    },
    get size() {
      return open.size
    },
    close: () => {
      stopHearing()
      clearInterval(eyes)
      clearInterval(hands)
    },
  }
}

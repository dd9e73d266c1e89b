import { setTimeout as sleep } from 'node:timers/promises'

export interface PatienceOptions {
  /** The machine's milliseconds. */
  readonly now: () => number
  readonly wait?: (ms: number) => Promise<unknown>
}

/** Tries of one address: the first few answer at once, each wrong one after them waits longer. */
export interface Patience {
  /** Runs the look-up; `null` from it is a wrong try. `busy`: too many of this address wait already. */
  try<Found>(address: string, look: () => Promise<Found | null>): Promise<Found | null | 'busy'>
}

const free = 5
const firstMs = 250
const longestMs = 4000
const forgottenAfterMs = 15 * 60_000
const room = 10_000
const mostWaiting = 20

/** A secret has 100 bits: guessing is hopeless anyway; this keeps the guesser from costing the database anything. */
export function createPatience({ now, wait = sleep }: PatienceOptions): Patience {
  const known = new Map<string, { wrong: number; at: number; waiting: number }>()

  const entryOf = (address: string) => {
    const found = known.get(address)
    const entry = found && now() - found.at < forgottenAfterMs ? found : { wrong: 0, at: now(), waiting: found?.waiting ?? 0 }
    known.delete(address)
    known.set(address, entry)
    for (const oldest of known.keys()) {
      if (known.size <= room) break
      known.delete(oldest)
    }
    return entry
  }

  return {
    async try(address, look) {
      const entry = entryOf(address)
      if (entry.waiting >= mostWaiting) return 'busy'
      // Counted as wrong until it proves right: a hundred tries at once must not all be the first.
      entry.wrong++
      entry.at = now()
      entry.waiting++
      try {
        const over = entry.wrong - 1 - free
        if (over >= 0) await wait(Math.min(longestMs, firstMs * 2 ** over))
        const found = await look()
        if (found !== null) entry.wrong--
        return found
      } finally {
        entry.waiting--
      }
    },
  }
}

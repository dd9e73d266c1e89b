import type { Seals } from '../ledger/ledger.ts'
import { type LawClock, momentIn } from './clock.ts'
import { startRounds } from './rounds.ts'

export interface Sealing {
  /** Seals if it is time. */
  once(): Promise<void>
  stop(): Promise<void>
}

const hour = 60 * 60 * 1000

/**
 * A seal an hour, by the law's clock: what happened and vanished within the hour is the most that nobody would miss. Apart from the sweeper, since
 * the first seal over a million cases takes ten seconds; every process asks, the ledger's lock lets one do it. A clock that was set back is time too.
 */
export function startSealing(parts: {
  seals: Seals
  clock: LawClock
  zone: string
  /** How often it is asked whether it is time, in ms. */
  everyMs: number
  onFailure: (cause: unknown) => void
}): Sealing {
  const { seals, clock, zone, everyMs, onFailure } = parts
  const once = async () => {
    const last = await seals.newest()
    const now = clock.now()
    const since = last === null ? hour : now - Date.parse(last.at)
    if (since >= 0 && since < hour) return
    await seals.make(momentIn(zone, now))
  }
  const { stop } = startRounds(everyMs, once, onFailure)
  return { once, stop }
}

import type { Log } from '../../observe/log.ts'
import { startRounds } from '../rounds.ts'
import type { EvidenceParts } from './parts.ts'
import { type EvidenceRun, evidenceState, runEvidence } from './run.ts'

export interface Daily {
  /** Runs if it is time. */
  once(): Promise<void>
  stop(): Promise<void>
}

const hour = 3_600_000
const day = 24 * hour

/**
 * Records once a day, by the law's clock; a run that did not come to its end is tried again after an hour. Every process asks, the ledger's lock lets one do it.
 */
export function startDailyEvidence({
  everyMs = 10 * 60_000,
  log,
  ...parts
}: EvidenceParts & { readonly log: Log; readonly everyMs?: number }): Daily {
  let tried = Number.NEGATIVE_INFINITY
  const once = async () => {
    const now = Date.parse(parts.now())
    const { wholeAt } = await evidenceState(parts.ledger.settings)
    const since = wholeAt === null ? day : now - Date.parse(wholeAt)
    // A clock that was set back is time too.
    if ((since >= 0 && since < day) || Math.abs(now - tried) < hour) return
    tried = now
    tell(log, await runEvidence(parts))
  }
  const { stop } = startRounds(everyMs, once, (cause) => log.error('evidence', {}, cause))
  return { once, stop }
}

function tell(log: Log, run: EvidenceRun | null): void {
  if (run === null) return
  const { made, renewed, rechained, lost, failure } = run
  log.info('evidence', { made, renewed, rechained, lost: lost.length })
  if (failure !== null) log.warn('evidence.late', { why: failure.kind, ...('reasons' in failure && { reasons: failure.reasons.join() }) })
  for (const { number, reasons } of lost) log.warn('evidence.lost', { stamp: number, reasons: reasons.join() })
}

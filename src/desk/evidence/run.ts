import { z } from 'zod'
import type { Settings } from '../../ledger/ledger.ts'
import { makeRecords } from './make.ts'
import type { EvidenceFailure, EvidenceParts } from './parts.ts'
import { rechain } from './rechain.ts'
import { type LostStamp, renewStamps } from './renew.ts'

/** What one run came to. */
export interface EvidenceRun {
  /** RFC 3339 by the law's clock. */
  readonly at: string
  readonly made: number
  readonly renewed: number
  readonly rechained: number
  readonly lost: readonly LostStamp[]
  /** The first thing that kept it from being whole; null: nothing is left to do. */
  readonly failure: EvidenceFailure | null
}

/** Name of the setting that says how the last run went, and until when signatures were looked for. */
export const evidenceSetting = 'evidence'

const kept = z.object({
  /** Law's time of the last run that left nothing undone; null: there was none. */
  wholeAt: z.string().nullable(),
  /** Database's time before which every signature has been looked at. */
  searched: z.string().nullable(),
})
export type EvidenceState = z.infer<typeof kept>

export async function evidenceState(settings: Pick<Settings, 'get'>): Promise<EvidenceState> {
  const read = kept.safeParse(await settings.get(evidenceSetting))
  return read.success ? read.data : { wholeAt: null, searched: null }
}

/** `make` what is missing and what is due; `renew` what is due alone. */
export type EvidenceWork = 'make' | 'renew'

/** A command that was under way when the last run looked may have been committed later: so much is looked at again. */
const overlapMs = 24 * 3_600_000

/**
 * Makes what is missing, renews what ends, chains anew what ages. One at a time over all processes: null where another is at it. Whatever keeps it from being whole is told, and
 * the next run goes on from there.
 * @param all looks at every signature of the ledger, not only at those since the last whole run
 */
export async function runEvidence(
  parts: EvidenceParts,
  { all = false, work = 'make' }: { readonly all?: boolean; readonly work?: EvidenceWork } = {},
): Promise<EvidenceRun | null> {
  const { ledger, now } = parts
  const done = await ledger.withAdvisoryLock('evidence', async () => {
    const state = await evidenceState(ledger.settings)
    const from = await ledger.evidence.moment()
    const since = all || state.searched === null ? null : new Date(Date.parse(state.searched) - overlapMs).toISOString()
    const made = work === 'renew' ? { made: 0, failure: null } : await makeRecords(parts, since)
    const renewed = await renewStamps(parts)
    const chained = await rechain(parts)
    const failure = made.failure ?? renewed.failure ?? chained.failure
    const lost = [...renewed.lost, ...chained.lost.filter(({ reasons }) => !reasons.includes('statusUnknown'))]
    const next: EvidenceState =
      work === 'renew'
        ? state
        : {
            // An authority without a newer certificate leaves nothing undone today.
            wholeAt: failure === null || failure.kind === 'notNewer' ? now() : state.wholeAt,
            searched: made.failure === null ? from : state.searched,
          }
    await ledger.settings.set(evidenceSetting, next)
    return { at: now(), made: made.made, renewed: renewed.renewed, rechained: chained.rechained, lost, failure }
  })
  return done.ran ? done.value : null
}

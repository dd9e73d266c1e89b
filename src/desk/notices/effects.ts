import { z } from 'zod'
import type { CaseEvent } from '../../engine/case/events.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { noticeKinds, noticesOf } from '../../engine/case/notices.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { Effect } from '../../ledger/ledger.ts'
import { noticeChannels } from '../../notices/carrier.ts'

/** What an effect of a notice carries: which occasion of which case, as the case stood then. A later try names its channel. */
export const noticePayload = z.object({
  number: z.string(),
  version: z.number().int().positive(),
  kind: z.enum(noticeKinds),
  channel: z.enum(noticeChannels).optional(),
})
export type NoticePayload = z.infer<typeof noticePayload>

export const noticeTask = 'notify'

interface Command {
  readonly number: string
  /** Of the case after the command. */
  readonly version: number
  readonly law: CaseLaw
  readonly before: CaseState | null
  readonly after: CaseState
  readonly events: readonly CaseEvent[]
}

/** Enqueued in the transaction of the events that cause them: a notice is neither lost with a server nor sent of what was never written. */
export const noticeEffects = ({ number, version, ...change }: Command): Effect[] =>
  noticesOf(change).map((kind) => ({ task: noticeTask, key: `${noticeTask}/${version}/${kind}`, payload: { number, version, kind } }))

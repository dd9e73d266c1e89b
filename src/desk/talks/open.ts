import type { MessageChannel } from '../../gateway/messages/channel.ts'
import type { DueEffect } from '../../ledger/effects/runEffects.ts'
import type { CaseFile } from '../outcome.ts'
import type { Told } from '../outside.ts'
import type { SentAs } from './deliver.ts'
import { type ListenParts, listenTo } from './listen.ts'
import { type OutboxParts, outboxHandler, sendRequest } from './send.ts'
import { type Skew, watchClocks } from './skew.ts'

export interface Talks {
  readonly sendRequest: (file: CaseFile, message: string, retryAt: string, sentAs?: SentAs) => Promise<Told>
  /** Handler of the effects by which messages leave. */
  readonly sendMessage: (effect: DueEffect) => Promise<void>
  /** Nodes whose clocks are too far from ours. */
  readonly apart: () => readonly Skew[]
  readonly stop: () => Promise<void>
}

type TalkParts = Omit<ListenParts, 'skew' | 'desk'> & OutboxParts & { readonly desk: ListenParts['desk'] & OutboxParts['desk'] }

/** Speaks for this node's sides and hears the other. `heard`: how far a message's date is from our clock; it is taken all the same. */
export function openTalks(parts: TalkParts, heard: (skew: Skew, isApart: boolean) => void): Talks {
  const skew = watchClocks(heard)
  const listening = new Set<MessageChannel>(Object.values(parts.channels))
  const stops = [...listening].map((channel) => listenTo({ ...parts, skew }, channel))
  return {
    sendRequest: (file, message, retryAt, sentAs) => sendRequest(parts, file, message, retryAt, sentAs),
    sendMessage: outboxHandler(parts),
    apart: skew.apart,
    stop: async () => {
      for (const stop of stops) await stop()
    },
  }
}

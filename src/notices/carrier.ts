/** What carries words to a person who is not at a desk: an SMS centre, a mail server. The port; nothing here knows what a case is. */

export const noticeChannels = ['sms', 'email'] as const
export type NoticeChannel = (typeof noticeChannels)[number]

export interface OutgoingNotice {
  /** Our own name of it: sent again under the same name, it reaches the person once. */
  readonly id: string
  /** As `readPhone` and `readEmail` give it: `+77000000000`, `a@example.kz`. */
  readonly to: string
  /** E-mail only. */
  readonly subject?: string
  readonly body: string
}

/** `refused`: it will never be taken as it is. `outage`: nothing is known; the carrier may have it nevertheless. */
export type Handed =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: RefusedCode }
  | { readonly kind: 'outage'; readonly code: OutageCode }

/** `noSuchAddress`: nobody is there; `unwanted`: the person wants nothing from us; `tooLong`: the carrier does not carry so much; `noCarrier`: this installation has none. */
export type RefusedCode = 'noSuchAddress' | 'unwanted' | 'tooLong' | 'noCarrier'
/** `noConnection`: no answer in time; `broken`: an answer that cannot be read, or the carrier says that it is broken. */
export type OutageCode = 'noConnection' | 'broken'

/** `onWay`: the carrier has it and the person not yet; `unknown`: the carrier never had it, or has forgotten it. */
export type Delivery =
  | { readonly kind: 'onWay' }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'undelivered'; readonly code: UndeliveredCode }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'outage'; readonly code: OutageCode }

/** `expired`: the phone was off, or the mailbox away, for longer than the carrier waits; `full`: no room there; `noSuchAddress`: found out on the way. */
export type UndeliveredCode = 'expired' | 'full' | 'noSuchAddress'

export interface CarryOptions {
  /** Aborted: the call ends at once as an outage. */
  readonly signal?: AbortSignal
}

/** An outage is an answer, never an exception. */
export interface Carrier {
  readonly channel: NoticeChannel
  send(notice: OutgoingNotice, options?: CarryOptions): Promise<Handed>
  /** What became of a notice that was handed over, by its own name. */
  delivery(id: string, options?: CarryOptions): Promise<Delivery>
}

export type Carriers = Readonly<Record<NoticeChannel, Carrier>>

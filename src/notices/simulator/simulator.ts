import { setTimeout as sleep } from 'node:timers/promises'
import type { Carrier, Carriers, Delivery, Handed, NoticeChannel, OutgoingNotice, UndeliveredCode } from '../carrier.ts'
import { smsLength } from '../sms.ts'

/** What may go wrong, settable while it runs: a page of the demonstration or a test writes into this object. */
export interface CarrierFaults {
  /** Nobody answers. */
  down: boolean
  /** Each answer takes so long, in ms. */
  slowMs: number
  /** Every address is refused. */
  refuse: boolean
  /** What was taken reaches the person only after so long, in ms. */
  lateMs: number
  /** What was taken never reaches the person, and the carrier says so. */
  undelivered: UndeliveredCode | null
  /** The carrier takes a notice, but its sender never hears so. */
  lostReply: boolean
}

/** Addresses behind which something is always wrong; documented on the page of the demonstration. All are invented. */
export const edgePhones = {
  refused: '+77000009091',
  late: '+77000009092',
  undelivered: '+77000009093',
} as const

/** A phone or a mailbox as its owner sees it. */
export interface Box {
  readonly address: string
  readonly channel: NoticeChannel
  /** Newest first. */
  readonly messages: readonly BoxMessage[]
}

export interface BoxMessage {
  readonly id: string
  readonly subject?: string
  readonly body: string
  readonly segments: number
  /** RFC 3339, by the law's clock. */
  readonly takenAt: string
  /** Not there yet: still on its way, or lost. */
  readonly state: 'there' | 'onWay' | 'lost'
}

export interface CarrierSimulator extends Carriers {
  readonly faults: CarrierFaults
  /** Every phone and mailbox that was ever written to, the one with the newest message first. */
  boxes(): Box[]
}

export interface CarrierSimulatorOptions {
  /** The law's time, RFC 3339. */
  readonly now: () => string
  /** Milliseconds; tests give a clock of their own. */
  readonly machine?: () => number
  readonly faults?: Partial<CarrierFaults>
}

interface Taken extends OutgoingNotice {
  readonly channel: NoticeChannel
  readonly takenAt: string
  readonly arrivesAt: number
  readonly lost: UndeliveredCode | null
}

const remembered = 2000
const edgeLateMs = 120_000

/** An SMS centre and a mail server in process, with the phones and mailboxes behind them. What they hold is gone when the process ends. */
export function simulateCarriers({ now, machine = () => Date.now(), faults: given }: CarrierSimulatorOptions): CarrierSimulator {
  const faults: CarrierFaults = { down: false, slowMs: 0, refuse: false, lateMs: 0, undelivered: null, lostReply: false, ...given }
  const taken = new Map<string, Taken>()

  const answers = async (signal: AbortSignal | undefined): Promise<boolean> => {
    if (faults.slowMs > 0) await sleep(faults.slowMs, undefined, { signal }).catch(() => {})
    return !faults.down && !signal?.aborted
  }
  const stateOf = (one: Taken): Delivery => {
    if (machine() < one.arrivesAt) return { kind: 'onWay' }
    return one.lost === null ? { kind: 'delivered' } : { kind: 'undelivered', code: one.lost }
  }
  const carrier = (channel: NoticeChannel): Carrier => ({
    channel,
    async send(notice, { signal } = {}): Promise<Handed> {
      if (!(await answers(signal))) return { kind: 'outage', code: 'noConnection' }
      if (faults.refuse || notice.to === edgePhones.refused) return { kind: 'refused', code: 'noSuchAddress' }
      const name = `${channel}/${notice.id}`
      if (!taken.has(name)) {
        const lateMs = notice.to === edgePhones.late ? Math.max(edgeLateMs, faults.lateMs) : faults.lateMs
        const lost = notice.to === edgePhones.undelivered ? 'expired' : faults.undelivered
        taken.set(name, { ...notice, channel, takenAt: now(), arrivesAt: machine() + lateMs, lost })
        const oldest = taken.keys().next()
        if (taken.size > remembered && !oldest.done) taken.delete(oldest.value)
      }
      return faults.lostReply ? { kind: 'outage', code: 'noConnection' } : { kind: 'accepted' }
    },
    async delivery(id, { signal } = {}): Promise<Delivery> {
      if (!(await answers(signal))) return { kind: 'outage', code: 'noConnection' }
      const one = taken.get(`${channel}/${id}`)
      return one === undefined ? { kind: 'unknown' } : stateOf(one)
    },
  })
  return { sms: carrier('sms'), email: carrier('email'), faults, boxes: () => boxesOf([...taken.values()], stateOf) }
}

const shownAs = { onWay: 'onWay', delivered: 'there', undelivered: 'lost', unknown: 'lost', outage: 'onWay' } as const

function boxesOf(taken: readonly Taken[], stateOf: (one: Taken) => Delivery): Box[] {
  const boxes = Map.groupBy(taken.toReversed(), ({ channel, to }) => `${channel}/${to}`)
  return [...boxes.values()].flatMap((messages) => {
    const [first] = messages
    if (first === undefined) return []
    return [
      {
        address: first.to,
        channel: first.channel,
        messages: messages.map((one) => ({
          id: one.id,
          ...(one.subject === undefined ? {} : { subject: one.subject }),
          body: one.body,
          segments: one.channel === 'sms' ? smsLength(one.body).segments : 1,
          takenAt: one.takenAt,
          state: shownAs[stateOf(one).kind],
        })),
      },
    ]
  })
}

import type { Carrier, Carriers, NoticeChannel } from './carrier.ts'

/** An installation to which no SMS centre and no mail server is connected: the log says so of every notice, and nobody believes that it was sent. */
export function unconnectedCarriers(): Carriers {
  const carrier = (channel: NoticeChannel): Carrier => ({
    channel,
    send: async () => ({ kind: 'refused', code: 'noCarrier' }),
    delivery: async () => ({ kind: 'unknown' }),
  })
  return { sms: carrier('sms'), email: carrier('email') }
}

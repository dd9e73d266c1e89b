import { createServer } from 'node:http'
import { type ChannelsUnderTest, messagesContract } from '../gateway/messages/contract.ts'
import { type ShepMessages, type ShepMessagesSettings, shepMessages } from '../gateway/messages/shep/channel.ts'
import { listeningHttp } from '../gateway/shep/contour.testing.ts'
import { mountShep } from '../gateway/shep/server/http.ts'
import { testContour } from './contour.testing.ts'
import type { Contour } from './contour.ts'
import { faultRule } from './faults/rule.ts'

const service = 'DEMO_RSHEP_INTAKE'

/** A node's own channel over the contour, as `qyzmet serve --node` opens it. */
async function start(kind: 'push' | 'pull'): Promise<ChannelsUnderTest> {
  const contour = await testContour({ limits: { retryMs: 5, leaseMs: 1000 } })
  const opened: { close(): unknown }[] = []
  const join = async (senderId: string, serves: string[], as: string): Promise<ShepMessages> => {
    const signer = await contour.keys.system(as)
    if (signer === null) throw new Error(as)
    const receive: ShepMessagesSettings['receive'] = kind === 'push' ? { kind } : { kind, services: [service], everyMs: 5 }
    const trust = { trust: contour.keys.trust, pinned: [contour.keys.gateway.certificate] }
    const sender = { senderId, password: 'demo-secret' }
    const channel = shepMessages({ address: contour.async, sender, signer, trust, now: contour.clock.now, receive })
    opened.push(channel)
    let push: string | null = null
    if (kind === 'push') {
      const server = await listeningHttp(createServer(mountShep({ paths: { '/push': channel.push } })), '/push')
      opened.push(server)
      push = server.address
    }
    await contour.participants.register({ ...{ senderId, name: '', serves, push, sync: null, certificates: [] }, confirms: 'notification' })
    return channel
  }
  const [corporation, region] = [await join('demo-iis', [], 'corporation-system'), await join('demo-rshep', [service], 'region-system')]
  const stops: (() => Promise<void>)[] = []
  const stopping = (channel: ShepMessages): ShepMessages => ({
    ...channel,
    listen(listener) {
      const stop = channel.listen(listener)
      stops.push(stop)
      return stop
    },
  })
  const fault = (rule: Parameters<typeof faultRule.parse>[0]) => async (on: boolean) => {
    await contour.faults.clear()
    if (on) await contour.faults.add(faultRule.parse(rule))
  }
  return {
    corporation: stopping(corporation),
    region: stopping(region),
    service,
    outage: fault({ kind: 'cutBefore', where: 'async' }),
    duplicate: fault({ kind: 'duplicate' }),
    lostReply: fault({ kind: 'cutAfter', where: 'async', operation: 'sendMessage' }),
    // The first two are overtaken by those after them.
    reorder: fault({ kind: 'reorder', count: 2, delayMs: 150 }),
    settled: () => settled(contour),
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
      await contour.close()
      for (const one of opened) await one.close()
    },
  }
}

async function settled(contour: Contour): Promise<void> {
  for (let rounds = 0; rounds < 600; rounds++) {
    if (contour.mailbox.counts().waiting === 0 && contour.mailbox.untold(1).length === 0) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await new Promise((resolve) => setTimeout(resolve, 60))
}

messagesContract('through the test contour, pushed', () => start('push'))
messagesContract('through the test contour, fetched', () => start('pull'))

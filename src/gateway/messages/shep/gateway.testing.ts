import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { XmlElement } from '../../../xml/tree.ts'
import { type Markup, verbatim } from '../../../xml/write.ts'
import { type ShepClient, shepClient } from '../../shep/client/client.ts'
import { listeningHttp, now, type Pair } from '../../shep/contour.testing.ts'
import type { AsyncMessage, AsyncMessageState } from '../../shep/messages.ts'
import { mountShep } from '../../shep/server/http.ts'
import { ShepRefusal } from '../../shep/server/refusal.ts'
import { type Received, shepServer } from '../../shep/server/server.ts'

interface Letter {
  readonly said: AsyncMessage<Markup> & { readonly messageId: string; readonly correlationId: string }
  readonly from: string
  readonly to: string
  state: AsyncMessageState
  code: string
  dueAt: number
  told: boolean
}

/** A small gateway of AsyncChannel, strict and signed, which pushes where it has an address and is asked where it has none. */
export interface TestGateway {
  readonly address: string
  readonly faults: { down: boolean; duplicate: boolean; lostReply: boolean; reorder: boolean }
  /** Where pushes go. */
  readonly addresses: Map<string, string>
  settled(): Promise<void>
  close(): Promise<void>
}

export async function testGateway(pair: Pair, serves: Readonly<Record<string, string>>): Promise<TestGateway> {
  const faults = { down: false, duplicate: false, lostReply: false, reorder: false }
  const [letters, talks, addresses] = [new Map<string, Letter>(), new Map<string, readonly [string, string]>(), new Map<string, string>()]
  const clients = new Map<string, ShepClient>()
  let posted = 0

  const dataText = (data: XmlElement, { envelope }: Received): Markup =>
    verbatim(envelope.document.text.slice(data.span.start, data.span.end))
  const find = (messageId: string) => letters.get(messageId) ?? refuse('SCE001', `messageId=${messageId}`)

  function post(said: AsyncMessage, received: Received) {
    const from = said.sender.senderId
    const talk = said.correlationId === undefined ? undefined : talks.get(said.correlationId)
    const to =
      said.messageType === 'REQUEST'
        ? (serves[said.serviceId] ?? refuse('SCE004', said.serviceId))
        : (talk?.find((one) => one !== from) ?? refuse('SCE001', 'no talk'))
    const [messageId, correlationId] = [randomUUID(), said.correlationId ?? randomUUID()]
    if (said.messageType === 'REQUEST') talks.set(correlationId, [from, to])
    // The sender's password stays here.
    const message = { ...said, messageId, correlationId, sender: { senderId: from }, data: dataText(said.data, received) }
    const late = faults.reorder && posted++ % 2 === 0 ? 60 : 0
    letters.set(messageId, { said: message, from, to, state: 'ON_DELIVERY', code: '', dueAt: Date.now() + late, told: false })
    return { messageId, correlationId, responseDate: now() }
  }

  const server = shepServer({
    channel: 'async',
    trust: pair.trustsParticipant,
    signer: pair.gateway,
    now,
    handlers: {
      sendMessage: async (said, received) => post(said, received),
      async sendDeliveryNotification({ messageId, accepted, resend, error }) {
        const letter = find(messageId)
        if (letter.state !== 'ON_DELIVERY') return {}
        if (accepted || !resend) Object.assign(letter, { state: accepted ? 'DELIVERED' : 'NOT_DELIVERED', code: error?.errorCode ?? '' })
        else letter.dueAt = Date.now() + 5
        return {}
      },
      async getMessageStatus({ messageId, sender }) {
        const letter = find(messageId)
        if (letter.from !== sender.senderId) refuse('SCE001', `messageId=${messageId}`)
        return {
          messageState: letter.state,
          status: { statusCode: letter.code, statusMessage: '', statusDate: now() },
          responseDate: now(),
        }
      },
      async getMessages({ sender, amount = 10 }) {
        const waiting = due()
          .filter(({ to }) => to === sender?.senderId)
          .slice(0, amount)
        for (const letter of waiting) letter.dueAt = Date.now() + 100
        const messages = waiting.flatMap(({ said }) => (faults.duplicate ? [said, said] : [said]))
        return { responseDate: now(), sessionId: `{${randomUUID()}}`, messages }
      },
    },
  })

  const due = () => [...letters.values()].filter(({ state, dueAt }) => state === 'ON_DELIVERY' && dueAt <= Date.now())
  const clientOf = (address: string): ShepClient => {
    const known =
      clients.get(address) ??
      shepClient({ address, channel: 'client', sender: { senderId: '' }, signer: pair.gateway, trust: pair.trustsParticipant, now })
    clients.set(address, known)
    return known
  }

  async function push(letter: Letter): Promise<void> {
    const address = addresses.get(letter.to)
    if (address === undefined) return
    letter.dueAt = Date.now() + 20
    for (let times = faults.duplicate ? 2 : 1; times > 0; times--) await clientOf(address).call('sendMessage', letter.said)
  }

  async function tell(letter: Letter): Promise<void> {
    const address = addresses.get(letter.from)
    letter.told = true
    if (address === undefined) return
    const { messageId } = letter.said
    const status = { statusCode: letter.code || letter.state, statusMessage: '', statusDate: now() }
    await clientOf(address).call('changeMassageStatusNotification', {
      notificationId: randomUUID(),
      messageId,
      notificationDate: now(),
      messageState: letter.state,
      status,
      requestDate: now(),
    })
  }

  const end = new AbortController()
  const running = (async () => {
    while (!end.signal.aborted) {
      if (!faults.down) {
        await Promise.all(due().map(push))
        await Promise.all([...letters.values()].filter(({ state, told }) => state !== 'ON_DELIVERY' && !told).map(tell))
      }
      await sleep(2)
    }
  })()

  const mounted = mountShep({ paths: { '/async': server } })
  const http = createServer((request, response) => {
    if (faults.down) return request.socket.destroy()
    if (!faults.lostReply) return mounted(request, response)
    // The message is taken, and its sender never hears so.
    response.end = () => {
      request.socket.destroy()
      return response
    }
    mounted(request, response)
  })
  const opened = await listeningHttp(http, '/async')

  return {
    address: opened.address,
    faults,
    addresses,
    async settled() {
      for (let rounds = 0; rounds < 2000; rounds++) {
        const open = [...letters.values()].some(({ state, told }) => state === 'ON_DELIVERY' || !told)
        if (!open) break
        await sleep(3)
      }
      // What was pushed or pulled is being told to its listener.
      await sleep(30)
    },
    async close() {
      end.abort()
      await running
      for (const client of clients.values()) client.close()
      await opened.close()
    },
  }
}

function refuse(code: string, data: string): never {
  throw new ShepRefusal(code, data)
}

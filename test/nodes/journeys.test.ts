import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { faultRule } from '../../src/contour/faults/rule.ts'
import { talkEvents, together } from '../../src/desk/talks/together.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import type { IncomingMessage, MessageChannel, OutgoingMessage } from '../../src/gateway/messages/channel.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { exportLedger } from '../../src/ledger/transfer/export.ts'
import { eventsIn, eventsOfCasesWith } from '../../src/ledger/verify/rows.ts'
import { done, type Node, openPair, type Pair, whoIn } from './pair.ts'

/** What the test does to messages between a node and its channel. */
const between = {
  leaving: (message: OutgoingMessage): OutgoingMessage => message,
  taken: (_message: IncomingMessage): void => {},
}
const around = (_node: string, channel: MessageChannel): MessageChannel => ({
  ...channel,
  sendMessage: (message, options) => channel.sendMessage(between.leaving(message), options),
  listen: (listener) =>
    channel.listen({
      ...listener,
      message: async (message) => {
        const receipt = await listener.message(message)
        between.taken(message)
        return receipt
      },
    }),
})

const bytes = (value: unknown) => canonical(JSON.parse(JSON.stringify(value)))
const opensAt = (step: string) => (state: { step: { id: string } | null }) => state.step?.id === step
const allTold = ({ talk }: CaseState) => talk?.sent.every(({ deliveredAt }) => deliveredAt !== null) ?? false
const types = async (node: Node, number: string) => (await node.events(number)).map(({ type }) => type)

describe('two nodes over SHEP', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(around)
  })
  afterEach(async () => {
    await pair.contour.faults.clear()
    between.leaving = (message) => message
    between.taken = () => {}
  })
  afterAll(() => pair?.close())

  it('bring an application to its result: each does its part, holds the hash of what the other said, and counts the same terms', async () => {
    const { corporation, region, until } = pair
    const number = await pair.sent()
    await until(region, number, opensAt('registerRequest'))
    await until(corporation, number, opensAt('registerRequest'))
    expect(await corporation.go(number).catch((cause: Error) => cause.message)).toContain('has no clerk')
    done(await region.go(number))
    await until(corporation, number, opensAt('checkConformity'))
    done(await region.go(number))
    await until(corporation, number, opensAt('deliverResult'))
    done(await corporation.go(number))
    const [here, there] = [await corporation.state(number), await until(region, number, ({ ended }) => ended !== null)]
    expect(here.ended?.kind).toBe('served')
    for (const node of [corporation, region]) await until(node, number, allTold)
    expect(there.ended).toEqual(here.ended)
    expect(bytes(there.dues.map(({ id, from, proof }) => ({ id, from, proof })))).toBe(
      bytes(here.dues.map(({ id, from, proof }) => ({ id, from, proof }))),
    )
    expect(here.papers.map(({ form, books }) => [form, Object.keys(books?.staff ?? {}).length > 0])).toEqual([['result', true]])
    for (const [one, other] of [
      [corporation, region],
      [region, corporation],
    ] as const) {
      const chain = await other.events(number)
      const told = (await one.events(number)).filter(({ type }) => type === 'MessageTaken')
      expect(told.length).toBeGreaterThan(0)
      for (const { data } of told) {
        const event = data.event as { seq: number; hash: string } // as: written by the engine
        expect(chain[event.seq - 1]?.hash).toBe(event.hash)
        const said = chain.find((e) => (e.type === 'MessageDelivered' || e.type === 'RequestDelivered') && e.data.digest === data.digest)
        expect(said, String(data.message)).toBeDefined()
      }
    }
  })

  it('bring back a refusal with what is missing; a large scan goes by the temporary-file service', async () => {
    const { corporation, region, until } = pair
    const scan = Buffer.alloc(300_000, 7)
    scan.write('%PDF-1.4\n')
    const messages: OutgoingMessage[] = []
    between.leaving = (message) => {
      messages.push(message)
      return message
    }
    const number = await pair.sent(async (number) => {
      const file = await corporation.ledger.files.put(corporation.house.statutes.homeOf('aktobe'), number, scan)
      return { documents: [{ id: 'application', presented: 'original', originalSeen: true, pages: 1, count: 1, file }] }
    })
    await until(region, number, opensAt('registerRequest'))
    const { file = '' } = (await region.state(number)).documents[0] ?? {}
    expect(await region.ledger.files.get(region.house.statutes.homeOf('aktobe'), number, file)).toEqual(scan)
    expect(messages[0]?.payload.kind === 'application' && messages[0].payload.documents[0]?.file).toMatchObject({
      place: expect.any(String),
    })
    done(await region.go(number))
    done(await region.go(number))
    await until(region, number, opensAt('formRefusal'))
    const grounds = [{ ground: 'notMeeting', document: 'courses', fact: 'Топтамада құжат жоқ', remedy: 'Құжатты қосып, қайта өтініш беру' }]
    done(await region.go(number, { refusal: { grounds } }))
    const told = await until(corporation, number, opensAt('deliverRefusal'))
    expect(told.answer?.grounds).toEqual(grounds)
    expect(told.papers.map(({ form }) => form)).toEqual(['refusalNotice', 'reasonedRefusal'])
    const decision = messages.find(({ messageType }) => messageType === 'RESPONSE')?.payload
    expect(decision).toMatchObject({ kind: 'decision', resolution: 'NEGATIVE', grounds: [{ ground: 'notMeeting', document: 'courses' }] })
    expect(decision?.kind === 'decision' && decision.missingDocuments.map(({ id }) => id)).toContain('courses')
    done(await corporation.go(number))
    expect((await until(region, number, ({ ended }) => ended !== null)).ended?.kind).toBe('refused')
  })

  it('leave the case to the side that has it: nobody withdraws it elsewhere, and a withdrawal is told', async () => {
    const { corporation, region, until } = pair
    const number = await pair.sent()
    await until(region, number, opensAt('registerRequest'))
    await until(corporation, number, opensAt('registerRequest'))
    const withdraw = { do: 'withdraw', reason: 'Өтініш беруші қайтарып алды' } as const
    const operator = whoIn(corporation, 'operator', 'aktobe.city')
    expect(await corporation.house.desk.office(number, withdraw, operator, { key: randomUUID() })).toMatchObject({
      refusal: { code: 'elsewhere' },
    })
    done(await region.house.desk.office(number, withdraw, whoIn(region, 'clerk', 'aktobe.directorate'), { key: randomUUID() }))
    expect((await until(corporation, number, ({ ended }) => ended !== null)).ended?.kind).toBe('withdrawn')
  })

  it('give a case back across the gateway, and send it anew', async () => {
    const { corporation, region, until } = pair
    const number = await pair.sent()
    await until(region, number, opensAt('registerRequest'))
    await until(corporation, number, opensAt('registerRequest'))
    const back = { do: 'return', reason: 'Өтініш қатемен толтырылған' } as const
    done(await region.house.desk.office(number, back, whoIn(region, 'clerk', 'aktobe.directorate'), { key: randomUUID() }))
    for (const step of ['enterData', 'queryPerson', 'sendRequest']) {
      await until(corporation, number, (state) => state.step?.id === step && state.step.awaiting === undefined)
      done(await corporation.go(number))
    }
    await until(
      region,
      number,
      ({ step, talk }) => step?.id === 'registerRequest' && talk?.received.filter(({ kind }) => kind === 'REQUEST').length === 2,
    )
    done(await region.go(number))
    await until(corporation, number, opensAt('checkConformity'))
  })

  it('take each message once: brought twice, out of order, its reply lost, its receiver dying before it answered', async () => {
    const { corporation, region, contour, until } = pair
    for (const kind of ['duplicate', 'reorder', 'cutAfter'] as const)
      await contour.faults.add(faultRule.parse({ kind, operation: 'sendMessage', count: 2, delayMs: 200 }))
    const died = new Set<string>()
    let number = ''
    between.taken = ({ payload }) => {
      if (died.has(payload.message) || payload.case.number !== number) return
      died.add(payload.message)
      throw new Error('the process ended between what it wrote and its answer')
    }
    number = await pair.sent(async (opened) => {
      number = opened
      return {}
    })
    await until(region, number, opensAt('registerRequest'))
    done(await region.go(number))
    done(await region.go(number))
    await until(corporation, number, opensAt('deliverResult'))
    done(await corporation.go(number))
    await until(region, number, ({ ended }) => ended !== null)
    await until(region, number, allTold)
    expect(died.size).toBe(4)
    const count = async (node: Node, type: string) => (await types(node, number)).filter((one) => one === type).length
    expect(await count(corporation, 'MessageTaken')).toBe(2)
    expect(await count(region, 'MessageTaken')).toBe(2)
    for (const node of [corporation, region])
      for (const type of ['ApplicationRegistered', 'AnswerSigned', 'AnswerGiven', 'CaseEnded'])
        expect(await count(node, type), type).toBe(1)
  })

  it('reply under an earlier correlation where the gateway knows nothing of the last one', async () => {
    const { corporation, region, contour, until } = pair
    const number = await pair.sent()
    await until(region, number, opensAt('registerRequest'))
    done(await region.go(number))
    await until(corporation, number, opensAt('checkConformity'))
    const rules = await Promise.all(
      (['getMessages', 'sendMessage'] as const).map((operation) =>
        contour.faults.add(faultRule.parse({ kind: 'wrongCorrelation', operation })),
      ),
    )
    done(await region.go(number))
    await until(corporation, number, opensAt('deliverResult'))
    for (const rule of rules) await contour.faults.remove(rule?.id ?? 0)
    const heard = (await corporation.events(number)).flatMap(({ type, data }) => (type === 'MessageTaken' ? [data.correlation] : []))
    expect(new Set(heard).size).toBe(2)
    done(await corporation.go(number))
    await until(region, number, ({ ended }) => ended !== null)
    await until(corporation, number, allTold)
  })

  it('decide nothing by another text of the law, nor of a due date that comes out otherwise, nor what is not the sender’s', async () => {
    const { corporation, region, until } = pair
    const spoilt: [string, (message: OutgoingMessage) => OutgoingMessage][] = [
      ['law-differs', (m) => ({ ...m, payload: { ...m.payload, law: { ...m.payload.law, sha256: 'f'.repeat(64) } } })],
      [
        'terms-differ',
        (m) => ({ ...m, payload: { ...m.payload, terms: m.payload.terms.map((term) => ({ ...term, proof: 'f'.repeat(64) })) } }),
      ],
      [
        'node-refused',
        (m) => ({
          ...m,
          payload: {
            ...m.payload,
            course: [
              ...m.payload.course,
              { do: 'step', seq: 99, at: m.payload.eventAt, by: { id: 'x', role: 'clerk' }, step: 'registerRequest' },
            ],
          },
        }),
      ],
    ]
    for (const [code, spoil] of spoilt) {
      between.leaving = spoil
      const number = await pair.sent()
      const state = await until(corporation, number, ({ step }) => step?.awaiting?.lastFailure === code)
      expect(state.step?.awaiting).toMatchObject({ lastFailure: code, retryAt: null })
      expect(await region.events(number)).toEqual([])
      between.leaving = (message) => message
      done(await corporation.go(number))
      await until(region, number, opensAt('registerRequest'))
    }
  })

  it('verify against each other: what one holds of the other is what the other has, and a bent chain is named', async () => {
    const { corporation, region } = pair
    const keyRing = { wrap: async () => Buffer.alloc(0), unwrap: async () => Buffer.alloc(0) }
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-with-'))
    const file = join(folder, 'region.ndjson')
    const lines = await Array.fromAsync(exportLedger(region.ledger.database, { keyRing }))
    writeFileSync(file, lines.join(''))
    const own = () => eventsOfCasesWith(corporation.ledger.database, talkEvents)
    const whole = await together(await own(), eventsIn(file, undefined))
    expect(whole).toMatchObject({ problems: [] })
    expect(whole.cases).toBeGreaterThan(5)
    expect(whole.messages).toBeGreaterThan(15)
    // Somebody at the region rewrites what was registered, with a chain that is whole by itself.
    const bent = lines.map((line) => (line.includes('ApplicationRegistered') ? line.replaceAll('10:00', '10:01') : line))
    writeFileSync(file, bent.join(''))
    const { problems } = await together(await own(), eventsIn(file, undefined))
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.every(({ kind }) => kind === 'otherNode')).toBe(true)
    rmSync(folder, { recursive: true })
  })

  it('tell when their clocks are apart, and take the message all the same', async () => {
    const { region, until } = pair
    between.leaving = (message) => ({ ...message, messageDate: new Date(Date.parse(message.messageDate) + 180_000).toISOString() })
    const number = await pair.sent()
    await until(region, number, opensAt('registerRequest'))
    const text = await region.house.metrics.registry.metrics()
    expect(text).toMatch(/qyzmet_node_clock_ahead_seconds\{node="demo-corporation"\} 1[78]\d/)
    expect(region.house.nodesApart()).toMatchObject([{ from: 'demo-corporation' }])
  })
})

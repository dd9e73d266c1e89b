import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Contour, openContour } from '../../../contour/contour.ts'
import { faultRule } from '../../../contour/faults/rule.ts'
import { closeGostPool } from '../../../seal/algorithms/pool.ts'
import type { Access } from '../../access/open.ts'
import type { WireMessage } from '../../tap.ts'
import { registerContract } from '../contract.ts'
import { ConsentMissing, type PersonRegister, type RegisterQuestion } from '../register.ts'
import { invent } from '../simulator/invent.ts'
import { edgeIins } from '../simulator/world.ts'
import { registerFrom } from './from.ts'
import { type RegisterSettings, registerSettings } from './settings.ts'

const found = '840404499918'
let contour: Contour
let access: Access
const closing: (() => void)[] = []
/** By the machine: the certificates of the contour are valid about now. */
const now = () => new Date().toISOString()

beforeAll(async () => {
  contour = await openContour({ port: 0, limits: { slowMs: 700, consentMs: 150 } })
  access = await accessOf('corporation-system')
})
afterAll(async () => {
  for (const close of closing) close()
  await contour.close()
})

async function accessOf(name: string): Promise<Access> {
  const { keys } = contour
  const signer = await keys.system(name)
  if (signer === null) throw new Error(name)
  return { senderId: 'demo-iis', password: 'demo-secret', signer, trust: keys.trust, known: keys.known }
}

const settingsOf = (endpoint: string, more: object = {}): RegisterSettings =>
  registerSettings.parse({ endpoint, senderCode: 'DEMO', timeoutMs: 3_000, ...more })
const consent = { company: 'DEMO', companyBin: '160440007161', responsible: 'Үлгі Айжан', dataName: 'address', timeoutMs: 3_000 }
const withToken = { service: 'token', consent }

async function opened(more: object = {}, { endpoint = contour.sync, as = access }: { endpoint?: string; as?: Access } = {}) {
  const { register, close } = await registerFrom(settingsOf(endpoint, more), { access: as, now })
  closing.push(close)
  return register
}

const question = (iin: string, more: Partial<RegisterQuestion> = {}): RegisterQuestion => ({
  iin,
  caseNumber: 'AKT-0001',
  queryId: 'AKT-0001/query/3',
  consent: { at: '2019-10-14T10:00:00+05:00', form: 'written' },
  purpose: 'attestation',
  ...more,
})

for (const [name, more] of [
  ['GBDFL_UniversalServiceSync at the gateway', { signedAnswers: true }],
  ['GBDFLUniversal_token at the gateway', { signedAnswers: true, ...withToken }],
] as const)
  registerContract(name, async () => {
    const rule = (kind: 'cutBefore' | 'wrongCorrelation') => contour.faults.add(faultRule.parse({ kind, where: 'sync' }))
    return {
      register: await opened(more),
      iins: { found, absent: edgeIins.absent, slow: edgeIins.slow },
      outage: { begin: async () => void (await rule('cutBefore')), end: () => contour.faults.clear() },
      confuse: async () => void (await rule('wrongCorrelation')),
      stop: () => contour.faults.clear(),
    }
  })

describe('the register over the wire', () => {
  it('gives the same person as the register in process, dictionaries and all', async () => {
    const said = await (await opened()).ask(question(found))
    expect(said).toMatchObject({
      kind: 'found',
      exchange: { service: 'GBDFL_UniversalServiceSync', answerId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    })
    if (said.kind !== 'found') return
    const withoutDates = JSON.parse(JSON.stringify(said.person, (key, value) => (key === 'changeDate' ? undefined : value)))
    expect(withoutDates).toEqual(invent(found, 'qyzmet'))
  })

  it.each([
    ['a fault of the gateway that it publishes', { kind: 'fault', code: 'SCE004' }, 'shep-error', false],
    ['its internal error', { kind: 'fault', code: 'SCE909' }, 'shep-error', true],
    ['a fault that nobody published', { kind: 'fault', code: 'AC-77' }, 'shep-unknown-error', true],
    ['a bad signature', { kind: 'badSignature' }, 'remote-service-error', true],
    ['no signature', { kind: 'unsigned' }, 'remote-service-error', true],
    ['an answer to another message', { kind: 'wrongCorrelation' }, 'remote-service-error', true],
    ['half an answer', { kind: 'truncate' }, 'remote-service-error', true],
    ['HTTP 500 without a message', { kind: 'http500' }, 'remote-service-error', true],
    ['a connection that breaks after the question', { kind: 'cutAfter' }, 'govtech-transport-error', true],
  ])('takes %s for a failure, not for "nobody"', async (_, fault, code, retryable) => {
    const register = await opened()
    for (const iin of [found, edgeIins.absent]) {
      await contour.faults.add(faultRule.parse({ ...fault, where: 'sync', count: 1 }))
      const said = await register.ask(question(iin))
      expect(said).toMatchObject({ kind: 'technicalFailure', code, retryable, exchange: { answerId: null } })
      await contour.faults.clear()
    }
    expect((await register.ask(question(found))).kind).toBe('found')
  })

  it('ends by its own time-out', async () => {
    await contour.faults.add(faultRule.parse({ kind: 'timeOut', where: 'sync', count: 1 }))
    const said = await (await opened({ timeoutMs: 200 })).ask(question(found))
    expect(said).toMatchObject({ kind: 'technicalFailure', code: 'govtech-transport-error', retryable: true })
  })

  it('is refused where the system, its password or its key is another', async () => {
    const wrong = { ...access, password: 'guess' }
    expect(await (await opened({}, { as: wrong })).ask(question(found))).toMatchObject({
      kind: 'technicalFailure',
      code: 'shep-unknown-error',
    })
    const expired = { ...access, signer: (await accessOf('corporation-system.expired')).signer }
    expect(await (await opened({}, { as: expired })).ask(question(found))).toMatchObject({
      kind: 'technicalFailure',
      code: 'shep-error',
      retryable: false,
    })
  })

  it('tells its ear what leaves before it leaves, and what came with what was found of its signature', async () => {
    const told: (WireMessage & { readonly way: string })[] = []
    const tap = {
      sends: async (message: WireMessage) => void told.push({ way: 'out', ...message }),
      hears: async (message: WireMessage) => void told.push({ way: 'in', ...message }),
    }
    const said = await (await opened()).ask(question(found), { tap })
    expect(told.map(({ way }) => way)).toEqual(['out', 'in'])
    expect(told[0]?.id).toBe(said.exchange.id)
    expect(told[1]?.signature).toMatchObject({ valid: true })
    const refused = await (await opened())
      .ask(question(found), { tap: { ...tap, sends: () => Promise.reject(new Error('no journal')) } })
      .catch((cause: Error) => cause.message)
    expect(refused).toBe('no journal')
  })
})

it('GOST 34.10-2015 signs both ways: the question, the answer and the data in it', async () => {
  const national = await openContour({ port: 0, algorithm: 'gost' })
  const { keys } = national
  const signer = await keys.system('corporation-system')
  if (signer === null) throw new Error('no system')
  const as = { ...access, signer, trust: keys.trust, known: keys.known }
  const told: string[] = []
  const hears = async ({ signature }: WireMessage) => void told.push(`${signature?.valid} ${signature?.algorithm}`)
  const said = await (await opened({ signedAnswers: true }, { endpoint: national.sync, as })).ask(question(found), {
    tap: { sends: async () => {}, hears },
  })
  await national.close()
  await closeGostPool()
  expect(said.kind).toBe('found')
  expect(told).toEqual([expect.stringMatching(/^true .*gostr34102015-gostr34112015-512$/)])
})

describe('consent before any question', () => {
  it('not one byte leaves without it, over either service', async () => {
    const heard = { connections: 0, bytes: 0 }
    const ear = createServer((socket) => {
      heard.connections++
      socket.on('data', (data) => {
        heard.bytes += data.length
        socket.destroy()
      })
      socket.on('error', () => undefined)
    })
    await new Promise<void>((done) => ear.listen(0, '127.0.0.1', done))
    const endpoint = `http://127.0.0.1:${(ear.address() as AddressInfo).port}/sync` // listening on a port, not on a pipe
    const { consent: _, ...rest } = question(found)
    for (const more of [{}, withToken]) {
      const register = await opened(more, { endpoint })
      for (const unlawful of [rest, { ...rest, consent: { at: '', form: 'written' } }] as RegisterQuestion[]) // what only a fault elsewhere could produce
        await expect(register.ask(unlawful)).rejects.toBeInstanceOf(ConsentMissing)
    }
    expect(heard).toEqual({ connections: 0, bytes: 0 })
    // The ear hears: with consent the question does leave.
    expect(await (await opened({}, { endpoint })).ask(question(found))).toMatchObject({ kind: 'technicalFailure' })
    expect(heard.bytes).toBeGreaterThan(1000)
    ear.close()
  })
})

describe('the token of consent', () => {
  const ask = async (register: PersonRegister, queryId: string, iin = found) =>
    register.ask(question(iin, { queryId, employee: 'Сынақов Ә.' }))

  it('is asked for first, with the worker by name, and once for one question', async () => {
    const register = await opened(withToken)
    const asked = () => contour.watch.list({ service: 'KDP_SERVICE' }, 1000).length
    const iin = '770303399917'
    expect((await ask(register, 'q/once', iin)).kind).toBe('found')
    const named = { iin, access: 'GBDFLUniversal_token', employee: 'Сынақов Ә.', companyBin: '160440007161' }
    expect(contour.consents.list(1)[0]).toMatchObject(named)
    await contour.faults.add(faultRule.parse({ kind: 'cutAfter', service: 'GBDFLUniversal_token', count: 1 }))
    const before = asked()
    expect((await ask(register, 'q/again', iin)).kind).toBe('technicalFailure')
    // The person has answered one SMS: asking again after an outage sends no other.
    expect((await ask(register, 'q/again', iin)).kind).toBe('found')
    expect(asked() - before).toBe(1)
  })

  it('that does not come keeps the register unasked', async () => {
    await contour.consents.setMode('never')
    const passages = contour.watch.list({ service: 'GBDFLUniversal_token' }, 100).length
    const said = await ask(await opened(withToken), 'q/never', '820707399915')
    // The person may answer at any moment: it is asked again by itself, and the service knows its question.
    expect(said).toMatchObject({ kind: 'technicalFailure', code: 'kdp-waiting', retryable: true, exchange: { answerId: null } })
    expect(said).toMatchObject({ text: { kk: expect.stringContaining('1414'), ru: expect.stringContaining('1414') } })
    expect(contour.watch.list({ service: 'GBDFLUniversal_token' }, 100)).toHaveLength(passages)
    const [asked] = contour.consents.list(1)
    await contour.consents.setMode('byHand')
    await contour.consents.answer(asked?.id ?? 0, true)
    expect((await ask(await opened(withToken), 'q/never', '820707399915')).kind).toBe('found')
    await contour.consents.setMode('automatic')
  })

  it('that the person declines keeps it unasked too, and nothing asks again by itself', async () => {
    await contour.consents.setMode('byHand')
    const passages = contour.watch.list({ service: 'GBDFLUniversal_token' }, 100).length
    const asking = ask(await opened(withToken), 'q/declined', '810808399914')
    await expect.poll(() => contour.consents.list(1)[0]).toMatchObject({ iin: '810808399914', state: 'asked' })
    await contour.consents.answer(contour.consents.list(1)[0]?.id ?? 0, false)
    expect(await asking).toMatchObject({ kind: 'technicalFailure', code: 'kdp-declined', retryable: false })
    expect(contour.watch.list({ service: 'GBDFLUniversal_token' }, 100)).toHaveLength(passages)
    await contour.consents.setMode('automatic')
  })
})

describe('an answer that was changed on its way, or came from somebody else', () => {
  /** Stands between our system and the gateway and changes what comes back. */
  async function between(change: (answer: string) => string): Promise<{ endpoint: string; server: Server }> {
    const relay: RequestListener = async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      const said = await fetch(contour.sync, { method: 'POST', body: Buffer.concat(pieces), headers: { 'content-type': 'text/xml' } })
      response.writeHead(said.status, { 'content-type': 'text/xml' }).end(change(await said.text()))
    }
    const server = createHttpServer(relay)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    closing.push(() => server.close())
    return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server } // listening on a port, not on a pipe
  }

  it.each([
    ['a letter of a name', (text: string) => text.replace(/<surname>./u, '<surname>Ъ')],
    ['the persons taken out', (text: string) => text.replace(/<persons>.*<\/persons>/su, '')],
    ['the Header taken off', (text: string) => text.replace(/<soap:Header>.*<\/soap:Header>/su, '<soap:Header/>')],
    ['a page of a proxy', () => '<html><body>Service Unavailable</body></html>'],
    ['nothing', () => ''],
  ])('is a failure: %s', async (_, change) => {
    const { endpoint } = await between(change)
    const said = await (await opened({}, { endpoint })).ask(question(found))
    expect(said).toMatchObject({ kind: 'technicalFailure', exchange: { answerId: null } })
  })

  it('is a failure where another system of the same roots signed in the place of the gateway', async () => {
    const others = contour.keys.known.filter(({ sha256 }) => sha256 !== contour.keys.gateway.certificate.sha256)
    const said = await (await opened({}, { as: { ...access, known: others } })).ask(question(found))
    expect(said).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error' })
  })

  it("is a failure where the register's own signature leads to no root that is believed", async () => {
    const said = await (await opened({}, { as: { ...access, trust: { roots: [], authorities: [] } } })).ask(question(found))
    expect(said).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error', retryable: false })
  })
})

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import type { AttendedParts } from '../../src/gateway/journal/attend.ts'
import { attendedChannel } from '../../src/gateway/journal/channel.ts'
import { openExchanges } from '../../src/gateway/journal/postgres/open.ts'
import { servicesInPostgres } from '../../src/gateway/journal/postgres/services.ts'
import { readRecord } from '../../src/gateway/journal/record.ts'
import { attendedRegister } from '../../src/gateway/journal/register.ts'
import { inProcessGateway } from '../../src/gateway/messages/inprocess/gateway.ts'
import { application, progress } from '../../src/gateway/messages/payload.testing.ts'
import { registerService } from '../../src/gateway/register/register.ts'
import { type RegisterSimulator, simulateRegister } from '../../src/gateway/register/simulator/simulator.ts'
import { type Office, openOffice } from '../desk/office.ts'

const now = () => '2019-10-14T10:00:00+05:00'
const iin = '840404499918'
const question = (caseNumber: string, queryId: string) => ({
  iin,
  caseNumber,
  queryId,
  consent: { at: now(), form: 'written' as const },
  purpose: 'test',
})

describe('an exchange with a system outside', () => {
  let office: Office
  let close: () => Promise<void>
  let parts: AttendedParts
  let register: RegisterSimulator
  let number: string
  const told: string[] = []
  const machine = { time: Date.now() }

  beforeAll(async () => {
    ;({ office, close } = await openOffice())
    const { database, files } = office.ledger
    const opened = await openExchanges(database, files, () => machine.time)
    parts = { ...opened, now, told: (service, outcome) => told.push(`${service} ${outcome}`) }
    register = simulateRegister({ now })
    number = await office.open('aktobe', 'corporation')
  })
  afterAll(async () => {
    await parts.turns.close()
    await close()
  })

  const rows = () => parts.journal.ofCase(homeOf(number) ?? 0, number)
  const attended = (one: Pick<RegisterSimulator, 'ask'> = register, service = registerService) =>
    attendedRegister(one, service, homeOf, parts)

  it('stands in the journal with what was sent and came, sealed under the key of the case, and nothing personal beside it', async () => {
    const answer = await attended().ask(question(number, 'q1'))
    expect(answer.kind).toBe('found')
    const [row] = await rows()
    expect(row).toMatchObject({ key: 'q1', attempt: 1, outcome: 'found', messageId: answer.exchange.id, service: registerService })
    expect(JSON.stringify(row)).not.toContain(iin)
    const kept = async (sha256: string | null | undefined) => {
      const bytes = await office.ledger.files.get(homeOf(number) ?? 0, number, sha256 ?? '')
      return bytes && readRecord(bytes)
    }
    expect((await kept(row?.request))?.body).toContain(iin)
    expect((await kept(row?.response))?.body).toContain('persons')
    const { rows: raw } = await office.ledger.database.pool.query('select e::text as row from exchange as e')
    expect(JSON.stringify(raw)).not.toContain(iin)
  })

  it('that is cut off by the death of its process is a row without an answer', async () => {
    const never = { ask: () => new Promise<never>(() => {}) }
    void attended(never, 'deadly').ask(question(number, 'q-dead'))
    await expect.poll(async () => (await rows()).find(({ key }) => key === 'q-dead')?.outcome).toBeNull()
  })

  it('leaves alone of its name, whichever process it is of', async () => {
    const other = await openExchanges(office.ledger.database, office.ledger.files, () => machine.time)
    const begun = { count: 0 }
    const slow = {
      ask: async (q: Parameters<RegisterSimulator['ask']>[0]) => {
        begun.count++
        await sleep(60)
        return register.ask(q)
      },
    }
    const here = attendedRegister(slow, 'alone', homeOf, parts)
    const there = attendedRegister(slow, 'alone', homeOf, { ...parts, ...other })
    const said = await Promise.all([here, there, here].map((one) => one.ask(question(number, 'q-alone'))))
    expect(begun.count).toBe(1)
    expect(said.map((one) => one.kind).sort()).toEqual(['found', 'technicalFailure', 'technicalFailure'])
    expect(said.filter((one) => one.kind === 'technicalFailure').every((one) => 'heldMs' in one && one.heldMs === 1000)).toBe(true)
    expect((await there.ask(question(number, 'q-alone'))).kind).toBe('found')
    await other.turns.close()
  })

  it('does not leave while its service is out; one of all processes tries, and the outage has a beginning and an end', async () => {
    const service = 'outage'
    register.faults.down = true
    const others = { ...parts, services: servicesInPostgres(office.ledger.database, () => machine.time) }
    const first = attendedRegister(register, service, homeOf, parts)
    const second = attendedRegister(register, service, homeOf, others)
    for (let i = 0; i < 5; i++) expect(await (i % 2 ? first : second).ask(question(number, `o${i}`))).not.toHaveProperty('heldMs')
    expect(await first.ask(question(number, 'o5'))).toMatchObject({ heldMs: 30_000 })
    expect(await second.ask(question(number, 'o5'))).toMatchObject({ heldMs: 30_000 })
    expect((await rows()).some(({ key }) => key === 'o5')).toBe(false)
    machine.time += 30_000
    register.faults.down = false
    register.faults.delayMs = 40
    const tried = await Promise.all([first.ask(question(number, 'o6')), second.ask(question(number, 'o7'))])
    register.faults.delayMs = 0
    expect(tried.map(({ kind }) => kind).sort()).toEqual(['found', 'technicalFailure'])
    const outage = (await parts.services.outages(homeOf(number) ?? 0, '2019-10-01T00:00:00Z', '2019-11-01T00:00:00Z')).find(
      (one) => one.service === service,
    )
    expect(outage).toMatchObject({ failures: 5, code: 'govtech-transport-error', cases: 1 })
    expect(outage?.endedAt).not.toBeNull()
    expect((await first.ask(question(number, 'o8'))).kind).toBe('found')
  })

  it('that alone fails again and again holds nobody else back', async () => {
    const poisoned = attended(register, 'poison')
    register.faults.down = true
    for (let i = 0; i < 9; i++) expect(await poisoned.ask(question(number, 'poison'))).not.toHaveProperty('heldMs')
    register.faults.down = false
    expect((await poisoned.ask(question(number, 'another'))).kind).toBe('found')
  })

  it('of a case goes after the one before it has arrived, and a message is delivered once in the journal', async () => {
    const gateway = inProcessGateway(now)
    const at = { home: homeOf(number) ?? 0, number }
    const corporation = attendedChannel(gateway.join({ senderId: 'corporation' }), parts)
    const region = attendedChannel(gateway.join({ senderId: 'region', serves: ['ATTEST'] }), parts)
    const seen: string[] = []
    const take = {
      message: async ({ payload }: { payload: { message: string } }) => {
        seen.push(payload.message)
        await sleep(20)
        return { kind: 'accepted' as const, at: now() }
      },
      status: async () => {},
    }
    const stops = [corporation.listen(take), region.listen(take)]
    const request = { ...application(`${number}/send/1`), case: at }
    const sent = await corporation.sendMessage({ serviceId: 'ATTEST', messageType: 'REQUEST', messageDate: now(), payload: request })
    if (sent.kind !== 'accepted') throw new Error('not sent')
    await gateway.settled()
    const say = (message: string, after: string) =>
      region.sendMessage({
        serviceId: 'ATTEST',
        messageType: 'NOTIFICATION',
        correlationId: sent.correlationId,
        messageDate: now(),
        payload: { ...progress(message), case: at },
        after,
      })
    expect(await say('n2', 'n1')).toMatchObject({ kind: 'technicalFailure', heldMs: 1000 })
    expect(await say('n1', request.message)).toMatchObject({ kind: 'accepted' })
    await gateway.settled()
    expect(await say('n2', 'n1')).toMatchObject({ kind: 'accepted' })
    await gateway.settled()
    expect(seen).toEqual([request.message, 'n1', 'n2'])
    const mine = (await rows()).filter(({ service }) => service === 'ATTEST')
    expect(mine.map(({ key, direction, outcome }) => `${direction} ${key} ${outcome}`).sort()).toEqual(
      [request.message, 'n1', 'n2'].flatMap((key) => [`in ${key} taken`, `out ${key} delivered`]).sort(),
    )
    await Promise.all(stops.map((stop) => stop()))
    await gateway.close()
  })

  it('is delivered also where its receiver was faster than our own note of the answer', async () => {
    const home = homeOf(number) ?? 0
    const at = { home, case: number, key: 'early', service: 'S', direction: 'out' as const, sentAt: now() }
    const id = await parts.journal.begin(at)
    await parts.journal.settle('gateway-7', 'delivered', now())
    expect(await parts.journal.wasDelivered(home, number, 'early')).toBe(false)
    await parts.journal.end(home, id, { outcome: 'accepted', answeredAt: now(), tookMs: 3, answerId: 'gateway-7' })
    expect(await parts.journal.wasDelivered(home, number, 'early')).toBe(true)
    await parts.journal.settle('gateway-7', 'undelivered', now())
    expect(await parts.journal.wasDelivered(home, number, 'early')).toBe(true)
  })

  it('of a case that was destroyed leaves its rows and nothing to read', async () => {
    const home = homeOf(number) ?? 0
    const id = randomUUID()
    await attended(register, 'last').ask(question(number, id))
    await office.ledger.database.query({
      name: 'gone',
      text: 'update case_key set wrapped = null where home = $1 and case_number = $2',
      values: [home, number],
    })
    const row = (await rows()).find(({ key }) => key === id)
    expect(row?.outcome).toBe('found')
    expect(await office.ledger.files.get(home, number, row?.request ?? '')).toBeNull()
  })
})

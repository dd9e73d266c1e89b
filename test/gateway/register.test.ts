import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Contour, openContour } from '../../src/contour/contour.ts'
import { faultRule } from '../../src/contour/faults/rule.ts'
import { askRegister, type ExchangeParts } from '../../src/desk/exchanges.ts'
import { homeOf } from '../../src/desk/numbers.ts'
import type { AttendedParts } from '../../src/gateway/journal/attend.ts'
import { openExchanges } from '../../src/gateway/journal/postgres/open.ts'
import { tokensInPostgres } from '../../src/gateway/journal/postgres/tokens.ts'
import { readRecord } from '../../src/gateway/journal/record.ts'
import { attendedWire, type RegisterWire } from '../../src/gateway/register/shep/attended.ts'
import type { OpenedRegister } from '../../src/gateway/register/shep/from.ts'
import { registerSettings } from '../../src/gateway/register/shep/settings.ts'
import { edgeIins } from '../../src/gateway/register/simulator/world.ts'
import { type Office, openOffice, said, signers } from '../desk/office.ts'
import { destroyedBy } from '../ledger/commands.ts'

const password = 'demo-secret'

/** A case asks the register over the wire, with consent by telephone, and the journals of exchanges and of readings beside it. */
describe('a case and the register at the gateway', () => {
  let office: Office
  let contour: Contour
  let opened: OpenedRegister
  let wire: RegisterWire
  let attended: AttendedParts
  let parts: ExchangeParts
  let close: () => Promise<void>
  const kept = () => tokensInPostgres(office.ledger.database, office.ledger.caseKeys, homeOf)
  const lawTime = () => new Date(office.clock.time).toISOString()

  beforeAll(async () => {
    ;[{ office, close }, contour] = await Promise.all([openOffice(), openContour({ port: 0, clock: '2019-10-14T09:00:00+05:00' })])
    attended = { ...(await openExchanges(office.ledger.database, office.ledger.files, Date.now)), now: lawTime }
    const { keys } = contour
    const signer = await keys.system('corporation-system')
    if (signer === null) throw new Error('no system')
    const consent = { company: 'DEMO', companyBin: '160440007161', responsible: 'Үлгі Айжан', dataName: 'address' }
    const settings = registerSettings.parse({ endpoint: contour.sync, senderCode: 'DEMO', service: 'token', signedAnswers: true, consent })
    const access = { senderId: 'demo-iis', password, signer, trust: keys.trust, known: keys.known }
    wire = { access, settings }
    opened = await attendedWire(wire, { now: lawTime, homeOf, attended, kept: kept() })
    const { register } = opened
    const clock = { now: () => office.clock.time }
    parts = { ...office, register, people: signers, clock } as unknown as ExchangeParts // the channel is not asked
  })
  afterAll(async () => {
    opened.close()
    await attended.turns.close()
    await Promise.all([contour.close(), close()])
  })

  const asks = async (number: string, iin: string) => {
    const { data } = (await office.events(number)).findLast(({ type }) => type === 'RegisterQueried') ?? expect.unreachable()
    return (await askRegister(asAbout(iin), await office.file(number), String(data.query), lawTime())).answer
  }
  const readings = async (number: string) => (await office.reading.readers(number)).filter(({ purpose }) => purpose === 'register')
  /** Who applies is another person of the contour than the one of the examples. */
  const asAbout = (iin: string): ExchangeParts => ({
    ...parts,
    register: { ask: (question, options) => parts.register.ask({ ...question, iin }, options) },
  })

  it('is not asked without consent: the step is refused, and the gateway hears nothing', async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    const before = contour.watch.newest()
    expect(said(await office.go(number, { consent: { given: false, form: 'written' } }))).toMatchObject({ code: 'consentRequired' })
    expect((await office.events(number)).map(({ type }) => type)).not.toContain('RegisterQueried')
    await expect(askRegister(parts, await office.file(number), 'q', lawTime())).rejects.toThrow(/consent/)
    expect(contour.watch.newest()).toBe(before)
    expect(await readings(number)).toEqual([])
  })

  it('is asked with it; who read whom is written, and no door opener is kept', async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    const iin = '840404499918'
    await contour.faults.add(faultRule.parse({ kind: 'fault', code: 'SCE909', service: 'GBDFLUniversal_token', count: 1 }))
    // A failure is no reading, and ends nothing.
    expect(await asks(number, iin)).toMatchObject({ kind: 'technicalFailure', code: 'shep-error', retryAt: expect.any(String) })
    expect(await readings(number)).toEqual([])
    const answer = await asks(number, iin)
    expect(answer).toMatchObject({ kind: 'found', person: { iin, lifeStatus: { nameKz: 'Қалыпты' } }, marks: [] })
    expect(await readings(number)).toMatchObject([{ who: 'operator', role: 'operator', cases: [{ case: number }] }])
    expect(await office.answer(number, answer as never)).toMatchObject({ kind: 'done' }) // an answer, as the types of both say
    expect((await office.file(number)).state.step?.id).toBe('sendRequest')

    const rows = await attended.journal.ofCase(homeOf(number) ?? 0, number)
    const outcomes = rows.map(({ service, outcome }) => `${service} ${outcome}`).sort()
    expect(outcomes).toEqual(['GBDFLUniversal_token found', 'GBDFLUniversal_token shep-error', 'KDP_SERVICE consented'])
    for (const { request, response } of rows)
      for (const sha256 of [request, response]) {
        const bytes = await office.ledger.files.get(homeOf(number) ?? 0, number, sha256 ?? '')
        const { body, removed } = readRecord(bytes ?? expect.unreachable())
        expect(body).not.toContain(password)
        expect(body).not.toMatch(/<(?:\w+:)?(?:kdpToken|publicKey|public-key|code)>[A-Za-z0-9+/]{16,}/)
        if (sha256 === request) expect(removed).toContain('password')
      }
  })

  it('asks the person once for a question, also after a restart and from another process, until the consent is over', async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    const iin = '770303399917'
    const sent = () => contour.watch.list({ service: 'KDP_SERVICE' }, 1000).length
    const cut = () => contour.faults.add(faultRule.parse({ kind: 'cutBefore', service: 'GBDFLUniversal_token', count: 1 }))
    const { pool } = office.ledger.database
    const rows = async () =>
      (await pool.query<{ row: string }>('select t::text as row from consent_token as t where case_number = $1', [number])).rows
    const first = sent()
    await cut()
    expect((await asks(number, iin)).kind).toBe('technicalFailure')
    const here = opened
    // Another process, or this one after a restart: nothing of the first one's memory.
    opened = await attendedWire(wire, { now: lawTime, homeOf, attended, kept: kept() })
    parts = { ...parts, register: opened.register }
    here.close()
    expect((await asks(number, iin)).kind).toBe('found')
    expect(sent() - first).toBe(1)
    // What opens the door lies sealed, and nobody else's question finds it.
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    const given = contour.watch.list({ service: 'KDP_SERVICE' }, 1)[0]
    const answer = new TextDecoder().decode(contour.watch.body(given?.id ?? 0, 'response') ?? undefined)
    const token = /code>([^<]+)</.exec(answer)?.[1] ?? expect.unreachable()
    for (const secret of [token, Buffer.from(token).toString('hex'), iin]) expect(row?.row).not.toContain(secret)
    expect((await asks(number, '820707399915')).kind).toBe('found')
    expect(sent() - first).toBe(2)
    office.clock.time += 9 * 60_000
    expect((await asks(number, '820707399915')).kind).toBe('found')
    expect(sent() - first).toBe(3)
    expect(await rows()).toHaveLength(1)
    const { law } = (await office.events(number))[0] ?? expect.unreachable()
    await office.ledger.destroy(homeOf(number) ?? 0, number, { ...destroyedBy(), law })
    expect(await rows()).toEqual([])
    // A token that comes when the case is gone comes to lie nowhere.
    const place = { caseNumber: number, queryId: 'late', iin }
    await kept().keep(place, { kdpToken: 'late', publicKey: 'late' }, new Date(office.clock.time + 60_000).toISOString())
    expect([await kept().find(place, lawTime()), await rows()]).toEqual([null, []])
  })

  it('does not ask the register while the consent service is out, and takes that for no outage of the register', async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    await contour.faults.add(faultRule.parse({ kind: 'cutBefore', service: 'KDP_SERVICE', count: 1 }))
    expect(await asks(number, '820707399915')).toMatchObject({ kind: 'technicalFailure', code: 'govtech-transport-error' })
    const rows = await attended.journal.ofCase(homeOf(number) ?? 0, number)
    expect(rows.map(({ service, outcome }) => `${service} ${outcome}`)).toEqual(['KDP_SERVICE govtech-transport-error'])
    expect((await asks(number, '820707399915')).kind).toBe('found')
  })

  it("ends by the register's own word that there is nobody, and by no other", async () => {
    const number = await office.walk('aktobe', 'corporation', 'queryPerson')
    await office.go(number)
    const iin = edgeIins.absent
    for (const fault of [{ kind: 'http500' }, { kind: 'badSignature' }, { kind: 'truncate' }, { kind: 'fault', code: 'AC-404' }]) {
      await contour.faults.add(faultRule.parse({ ...fault, service: 'GBDFLUniversal_token', count: 1 }))
      const failure = await asks(number, iin)
      expect(failure.kind).toBe('technicalFailure')
      await office.answer(number, failure as never, `failure ${fault.kind}`) // an answer, as the types of both say
      expect((await office.file(number)).state.ended).toBeNull()
    }
    const answer = await asks(number, iin)
    expect(answer).toMatchObject({ kind: 'notFound', text: expect.stringContaining('Жеке тұлға табылмады') })
    await office.answer(number, answer as never, 'nobody') // an answer, as the types of both say
    expect((await office.file(number)).state.ended).toMatchObject({ kind: 'impossible', clause: '8.6' })
    expect(await office.problems()).toEqual([])
  })
})

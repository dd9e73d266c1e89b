import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desk } from '../../src/desk/desk.ts'
import { createDesk } from '../../src/desk/desk.ts'
import { readStatement } from '../../src/desk/statement.ts'
import type { StepInput } from '../../src/engine/case/input.ts'
import type { Seal, Signature, ToBeSigned } from '../../src/seal/seal.ts'
import { digestOf } from '../../src/seal/signed.ts'
import { type Office, openOffice, signers, who } from './office.ts'

/** A desk whose seal holds no keys, as everywhere but in the demonstration. */
function withoutKeys({ ledger, shelf, statutes, seal, clock }: Office): Desk {
  const { prepare, accept, verify } = seal
  const judge: Seal = { prepare, accept, verify }
  return createDesk({
    ...{ ledger, shelf, statutes },
    clock: { now: () => clock.time },
    signing: { seal: judge, people: signers },
    isPerformer: () => true,
  })
}

let office: Office
let close: () => Promise<void>
let desk: Desk
beforeAll(async () => {
  ;({ office, close } = await openOffice())
  desk = withoutKeys(office)
})
afterAll(async () => close?.())

const head = who('almaty', 'head')
const taken: StepInput = { taken: true }
const newKey = () => crypto.randomUUID()

async function prepared(number: string, input = taken): Promise<ToBeSigned> {
  const outcome = await desk.prepare(number, 'signAnswer', input, head)
  if (outcome.kind !== 'prepared') throw new Error(outcome.kind)
  return outcome.toBeSigned
}

describe('a step is signed in two phases', () => {
  it('what is prepared says all that is signed, and its signature does the step', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const toBeSigned = await prepared(number)
    const statement = readStatement(toBeSigned.bytes)
    expect(statement).toMatchObject({
      ...{ case: number, step: 'signAnswer', clause: '8.3', signs: 'answer', answer: 'result' },
      signer: { id: 'head', role: 'head', organisation: { bin: '160440007161' } },
    })
    expect(statement?.title.kk).toBe('Жауапқа қол қою')
    expect(statement?.documents.length).toBeGreaterThan(0)
    expect(statement?.documents.every(({ title }) => title.kk !== '')).toBe(true)
    const signature = office.seal.personSigns(toBeSigned)
    const key = newKey()
    expect(await desk.step(number, 'signAnswer', taken, head, { key, signature })).toMatchObject({ kind: 'done', repeated: false })
    const { state, home } = await office.file(number)
    expect(state.signature).toMatchObject({ signer: 'head', digest: toBeSigned.digest, algorithm: signature.algorithm })
    const kept = await office.ledger.files.get(home, number, state.signature?.file ?? '')
    const file = JSON.parse(Buffer.from(kept ?? []).toString('utf8'))
    expect(file.format).toBe('qyzmet.signed/1')
    expect(digestOf(Buffer.from(file.content, 'base64'))).toBe(toBeSigned.digest)
    // The same form sent twice, signed anew: one step.
    const again = { key, signature: office.seal.personSigns(toBeSigned) }
    expect(await desk.step(number, 'signAnswer', taken, head, again)).toMatchObject({ kind: 'done', repeated: true })
  })

  it('without a signature the step is refused, and names what is missing', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const outcome = await desk.step(number, 'signAnswer', taken, head, { key: newKey() })
    expect(outcome).toMatchObject({ kind: 'refused', refusal: { code: 'signatureRequired' } })
  })

  it('refuses what was signed of another case, by another key or over other words, and leaves the step open', async () => {
    const [number, other] = [await office.walk('almaty', 'office', 'signAnswer'), await office.walk('almaty', 'office', 'signAnswer')]
    const toBeSigned = await prepared(number)
    const wrong: [Signature, string][] = [
      [office.seal.personSigns(await prepared(other)), 'otherContent'],
      [office.seal.personSigns(toBeSigned, 'wrongPerson'), 'wrongPerson'],
      [office.seal.personSigns(toBeSigned, 'expired'), 'expired'],
      [office.seal.personSigns(toBeSigned, 'wrongUsage'), 'wrongUsage'],
    ]
    for (const [signature, reason] of wrong) {
      const outcome = await desk.step(number, 'signAnswer', taken, head, { key: newKey(), signature })
      expect(outcome).toMatchObject({ kind: 'unsigned', reasons: expect.arrayContaining([reason]) })
    }
    expect((await office.file(number)).state).toMatchObject({ signature: null, step: { id: 'signAnswer' } })
  })

  it('a signature of a turn that was sent back does not fit the next turn', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const signature = office.seal.personSigns(await prepared(number))
    office.later(5)
    await desk.office(number, { do: 'return', reason: 'қайта қарау' }, head, { key: newKey() })
    await office.go(number)
    const outcome = await desk.step(number, 'signAnswer', taken, head, { key: newKey(), signature })
    expect(outcome).toMatchObject({ kind: 'unsigned', reasons: expect.arrayContaining(['otherContent']) })
  })

  it('prepares nothing that could not be done: another person, another step, an older page', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const stranger = await desk.prepare(number, 'signAnswer', taken, who('almaty', 'specialist'))
    expect(stranger).toMatchObject({ kind: 'refused', refusal: { code: 'notYours' } })
    expect(await desk.prepare(number, 'refer', taken, head)).toEqual({ kind: 'notAsked' })
    expect(await desk.prepare(number, 'signAnswer', taken, head, 1)).toMatchObject({ kind: 'changed' })
    expect(await desk.prepare('075-191014-00000-0', 'signAnswer', taken, head)).toEqual({ kind: 'notFound' })
  })
})

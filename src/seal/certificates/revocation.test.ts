import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerOcsp } from '../../contour/pki/answers.ts'
import { certify, keyIdOf } from '../../contour/pki/certify.ts'
import type { Identity } from '../../contour/pki/identity.ts'
import { type RunningPki, servePki } from '../../contour/pki/server.ts'
import { spkiOf } from '../algorithms/keys.ts'
import { type Asking, httpAsking } from './asking.ts'
import { judgeByCrl, readCrl } from './crl.ts'
import { judgeByOcsp } from './judgeOcsp.ts'
import { certIdOf, ocspRequest, readOcspResponse } from './ocsp.ts'
import { fromEvidence, revocations } from './revocation.ts'

const at = '2019-10-14T10:00:00+06:00'
const nonce = Buffer.alloc(32, 7)

let running: RunningPki
let issuer: Identity
let operator: Identity
let revoked: Identity
let now: string
beforeEach(async () => {
  now = at
  running = await servePki({ algorithm: 'ecdsa', at, now: () => now })
  issuer = await running.pki.identity('authority')
  operator = await running.pki.identity('almaty.operator')
  revoked = await running.pki.identity('almaty.operator.revoked')
})
afterEach(() => running.close())

const judge = (bytes: Uint8Array, { certificate }: Identity, more: { at?: string; nonce?: string } = {}) => {
  const reading = readOcspResponse(bytes)
  if (reading.kind !== 'answer') throw new Error(reading.kind)
  return judgeByOcsp(reading.response, { certificate, issuer: issuer.certificate, at, ...more })
}
const answerAbout = ({ certificate }: Identity, moment = at) =>
  running.pki.ocsp(ocspRequest(certIdOf(certificate, issuer.certificate), nonce), moment)

describe('an OCSP answer', () => {
  it('says good, revoked since when and why, and what it does not know', async () => {
    expect(await judge(await answerAbout(operator), operator)).toMatchObject({ kind: 'good', by: 'ocsp' })
    expect(await judge(await answerAbout(revoked), revoked)).toMatchObject({
      kind: 'revoked',
      reason: 'keyCompromise',
      since: '2019-10-14T04:00:00Z',
    })
    const foreign = await running.pki.identity('almaty.operator.untrusted')
    expect(await judge(await answerAbout(foreign), foreign)).toEqual({ kind: 'unknown', why: 'ocsp.unknownCertificate' })
  })

  it('speaks of the moment that counts: what was revoked after it was good then', async () => {
    const later = '2019-10-15T10:00:00+06:00'
    running.pki.revoke({ serial: operator.certificate.serial, since: later, reason: 'superseded' })
    const answer = await answerAbout(operator, '2019-10-16T10:00:00+06:00')
    expect(await judge(answer, operator)).toMatchObject({ kind: 'good' })
    expect(await judge(answer, operator, { at: later })).toMatchObject({ kind: 'revoked' })
  })

  it('is not believed when it is old, another question’s, another certificate’s, or bent', async () => {
    const answer = await answerAbout(operator)
    expect(await judge(answer, operator, { at: '2019-10-14T11:00:00+06:00' })).toMatchObject({ kind: 'good' })
    expect(await judge(answer, operator, { at: '2019-10-14T11:00:01+06:00' })).toEqual({ kind: 'unknown', why: 'ocsp.stale' })
    expect(await judge(answer, operator, { nonce: 'aa' })).toEqual({ kind: 'unknown', why: 'ocsp.otherNonce' })
    expect(await judge(answer, revoked)).toEqual({ kind: 'unknown', why: 'ocsp.otherCertificate' })
    expect(await judge(await answerAbout(operator, '2023-10-14T10:00:00+06:00'), operator)).toEqual({
      kind: 'unknown',
      why: 'ocsp.afterExpiry',
    })
    for (let byte = 0; byte < answer.length; byte++) {
      const bent = Uint8Array.from(answer)
      bent[byte] = (bent[byte] ?? 0) ^ 1
      const reading = readOcspResponse(bent)
      const status =
        reading.kind === 'answer' &&
        (await judgeByOcsp(reading.response, { certificate: operator.certificate, issuer: issuer.certificate, at }))
      // The last bytes are the responder's certificate: bent, it is no delegate any more.
      expect(status === false || status.kind === 'unknown').toBe(true)
    }
  })

  it('is believed from the issuer and from its delegate only', async () => {
    const house = { issuer: issuer.certificate, issued: () => true, revocation: () => undefined }
    const question = ocspRequest(certIdOf(operator.certificate, issuer.certificate), nonce)
    expect(await judge(await answerOcsp(question, { ...house, responder: issuer }, at), operator)).toMatchObject({ kind: 'good' })
    // A signer of documents under the same authority has no say, nor has a responder of another root or one that has ended.
    expect(await judge(await answerOcsp(question, { ...house, responder: operator }, at), operator)).toEqual({
      kind: 'unknown',
      why: 'ocsp.notTheResponder',
    })
    const key = (await running.pki.identity('ocsp')).key
    const wish = { subject: { commonName: 'OCSP' }, spki: await spkiOf(key), use: 'ocsp', from: '2018-01-01T00:00:00Z' } as const
    const foreign = await running.pki.identity('foreignAuthority')
    for (const { by, until } of [
      { by: foreign, until: '2030-01-01T00:00:00Z' },
      { by: issuer, until: '2019-01-01T00:00:00Z' },
    ]) {
      const certificate = await certify({ ...wish, issuer: by, until })
      const responder = { name: 'other', key, certificate, chain: [certificate] }
      expect(await judge(await answerOcsp(question, { ...house, responder }, at), operator)).toEqual({
        kind: 'unknown',
        why: 'ocsp.notTheResponder',
      })
    }
  })
})

describe('a list of revoked certificates', () => {
  const question = (one: Identity, moment = at) => ({ certificate: one.certificate, issuer: issuer.certificate, at: moment })

  it('says good and revoked at a moment, and nothing when it is too old', async () => {
    const list = readCrl(await running.pki.crl('authority', at))
    if (list === null) throw new Error('our own list')
    expect(await judgeByCrl(list, question(operator))).toMatchObject({ kind: 'good', by: 'crl' })
    expect(await judgeByCrl(list, question(revoked))).toMatchObject({ kind: 'revoked', reason: 'keyCompromise' })
    expect(await judgeByCrl(list, question(revoked, '2019-10-14T09:59:00+06:00'))).toMatchObject({ kind: 'good' })
    expect(await judgeByCrl(list, question(operator, '2019-10-16T10:00:00+06:00'))).toEqual({ kind: 'unknown', why: 'crl.stale' })
  })

  it('of changes only, of another issuer or bent is not judged by', async () => {
    const delta = readCrl(await running.pki.crl('authority', at, 1))
    expect(delta && (await judgeByCrl(delta, question(operator)))).toEqual({ kind: 'unknown', why: 'crl.delta' })
    const root = readCrl(await running.pki.crl('root', at))
    expect(root && (await judgeByCrl(root, question(operator)))).toEqual({ kind: 'unknown', why: 'crl.otherIssuer' })
    const bent = Uint8Array.from(await running.pki.crl('authority', at))
    bent[bent.length - 1] = (bent.at(-1) ?? 0) ^ 1
    const list = readCrl(bent)
    expect(list && (await judgeByCrl(list, question(operator)))).toEqual({ kind: 'unknown', why: 'crl.badSignature' })
    expect(readCrl(bent.subarray(0, -1))).toBeNull()
  })
})

describe('asking the authorities', () => {
  const of = (one: Identity, limits = {}) =>
    revocations({ asking: httpAsking({ timeoutMs: 400, ...limits }) }).of(one.certificate, issuer.certificate, at)

  it('asks OCSP and keeps its answer as evidence, which says the same without the network', async () => {
    const learnt = await of(operator)
    expect(learnt).toMatchObject({ status: { kind: 'good', by: 'ocsp' }, evidence: { kind: 'ocsp' } })
    const question = { certificate: operator.certificate, issuer: issuer.certificate, at }
    expect(learnt.evidence && (await fromEvidence([learnt.evidence], question))).toMatchObject({ kind: 'good' })
    expect(await fromEvidence([], question)).toEqual({ kind: 'unknown', why: 'evidence.none' })
    expect((await of(revoked)).status.kind).toBe('revoked')
  })

  it.each(['down', 'garbage', 'cut', 'replay'] as const)('turns to the list where OCSP is wrong: %s', async (fault) => {
    if (fault === 'replay') {
      running.faults.replay = true
      await of(revoked)
    } else running.faults[fault].add('ocsp')
    expect(await of(operator)).toMatchObject({ status: { kind: 'good', by: 'crl' }, evidence: { kind: 'crl' } })
    expect((await of(revoked)).status).toMatchObject({ kind: 'revoked', by: 'crl' })
  })

  it('never takes silence for good: down, slow, cut, too long', async () => {
    for (const place of ['ocsp', 'crl'] as const) running.faults.down.add(place)
    expect((await of(operator)).status).toEqual({ kind: 'unknown', why: 'crl.outage' })
    for (const place of ['ocsp', 'crl'] as const) running.faults.down.delete(place)
    running.faults.delayMs = 600
    expect((await of(operator)).status).toEqual({ kind: 'unknown', why: 'crl.outage' })
    running.faults.delayMs = 0
    expect((await of(operator, { mostBytes: 100, mostListBytes: 100 })).status).toEqual({ kind: 'unknown', why: 'crl.outage' })
    await running.close()
    expect((await of(operator)).status).toEqual({ kind: 'unknown', why: 'crl.outage' })
  })

  it('fetches a list once for all who need it, and a dead responder is left alone for a while', async () => {
    running.faults.down.add('ocsp')
    const asked: string[] = []
    const http = httpAsking()
    const asking: Asking = {
      ask(question) {
        asked.push(question.kind)
        return http.ask(question)
      },
    }
    const house = revocations({ asking })
    const all = await Promise.all(Array.from({ length: 20 }, () => house.of(operator.certificate, issuer.certificate, at)))
    expect(all.every(({ status }) => status.kind === 'good')).toBe(true)
    await house.of(operator.certificate, issuer.certificate, at)
    expect(asked.filter((kind) => kind === 'crl')).toHaveLength(1)
    expect(asked.filter((kind) => kind === 'ocsp').length).toBeLessThanOrEqual(20)
    const before = asked.length
    await house.of(operator.certificate, issuer.certificate, at)
    expect(asked).toHaveLength(before)
    // The list's end: a new one.
    now = '2019-10-16T10:00:00+06:00'
    expect((await house.of(operator.certificate, issuer.certificate, now)).status).toMatchObject({ kind: 'good' })
    expect(asked.filter((kind) => kind === 'crl')).toHaveLength(2)
  })
})

it('a key id is over the key alone', async () => {
  expect(keyIdOf(operator.certificate.spki).toString('hex')).toBe(operator.certificate.subjectKeyId)
})

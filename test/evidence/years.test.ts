import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeCrl } from '../../src/contour/pki/lists.ts'
import { readStaff } from '../../src/contour/pki/people.ts'
import { type RunningPki, servePki } from '../../src/contour/pki/server.ts'
import { exportPrivate, generateKey } from '../../src/seal/algorithms/keys.ts'
import { httpAsking } from '../../src/seal/certificates/asking.ts'
import { judgeByCrl, readCrl } from '../../src/seal/certificates/crl.ts'
import { toPem } from '../../src/seal/certificates/pem.ts'
import { type Revocations, revocations } from '../../src/seal/certificates/revocation.ts'
import { type CmsSigner, signCms } from '../../src/seal/cms/sign.ts'
import { readTimestamp } from '../../src/seal/cms/timestamp.ts'
import { type Evidence, noEvidence, readEvidence, writeEvidence } from '../../src/seal/evidence/evidence.ts'
import { readRecord } from '../../src/seal/evidence/record.ts'
import { createRecords, renewTimestamps, renewTrees } from '../../src/seal/evidence/renew.ts'
import { verifyRecord } from '../../src/seal/evidence/verifyRecord.ts'
import { gathering, judgeToken } from '../../src/seal/national/judge.ts'
import { nationalSeal } from '../../src/seal/national/national.ts'
import { stampFrom } from '../../src/seal/national/stamping.ts'
import type { Signature, Signer } from '../../src/seal/seal.ts'
import { digestOf, encodeSignature, signedBytes } from '../../src/seal/signed.ts'

/**
 * A signature of October 2019, seen from the end of 2026. By then the signer's certificate has ended (2022) and was revoked before that, in 2021, for compromise of its key; the
 * time-stamping authority's has ended (2024), and that of the authority that issued both (October 2026).
 */
const at = '2019-10-14T10:00:00+06:00'
const today = '2026-11-26T12:00:00+05:00'
const bytes = signedBytes({ case: 'ALM-0001', says: 'екінші санат' })
const signer: Signer = { staffId: 'almaty.operator', iin: '940601493277', name: 'Әлия', organisationBin: '060541998705', role: 'operator' }

let running: RunningPki
let now: string
beforeEach(async () => {
  now = at
  running = await servePki({ algorithm: 'rsa', at, now: () => now })
})
afterEach(() => running.close())

const asking = httpAsking({ timeoutMs: 2000 })
const stamp = () => stampFrom(`${running.url}/tsp`, asking)
const asked = () => revocations({ asking })
/** Nobody answers any more. */
const silent: Revocations = { of: () => Promise.reject(new Error('the network was asked')) }
const seal = (revoked: Revocations, stamps = false) =>
  nationalSeal({ trust: running.pki.trust, revocations: revoked, ...(stamps && { stamp: stamp() }) })

async function signerOf(name: string): Promise<CmsSigner> {
  const { key, chain } = await running.pki.identity(name)
  const [certificate, ...above] = chain.map(({ der }) => der)
  return { key, certificate: certificate ?? new Uint8Array(0), chain: above }
}

async function received(value: Uint8Array, stamps = true): Promise<Signature> {
  const prepared = await seal(asked()).prepare({ bytes, signer, at: now })
  const given = { algorithm: 'cms', certificate: '', value, signedAt: now, digest: digestOf(bytes) }
  const outcome = await seal(asked(), stamps).accept(prepared, given, now)
  if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
  return outcome.signature
}

const signed = async (stamps = true) => received(await signCms(bytes, [await signerOf('almaty.operator')], { at }), stamps)

async function revokeSigner(since: string): Promise<void> {
  const { certificate } = await running.pki.identity('almaty.operator')
  running.pki.revoke({ serial: certificate.serial, since, reason: 'keyCompromise' })
}

describe('a signature of 2019 in 2026', () => {
  it('is valid by what was kept, though everybody on its paths has ended and its key was stolen since', async () => {
    const kept = await signed()
    await revokeSigner('2021-03-01T00:00:00Z')
    now = today
    const { pki } = running
    expect(Date.parse((await pki.identity('almaty.operator')).certificate.notAfter)).toBeLessThan(Date.parse(today))
    expect(Date.parse((await pki.identity('tsa')).certificate.notAfter)).toBeLessThan(Date.parse(today))
    expect(Date.parse((await pki.identity('authority')).certificate.notAfter)).toBeLessThan(Date.parse(today))
    expect(await seal(silent).verify(bytes, kept, { at, signer })).toMatchObject({ valid: true, reasons: [] })
    // Whoever does not believe our word of the receipt goes by the authority's.
    expect(await seal(silent).verify(bytes, kept, { at: today, signer })).toMatchObject({ valid: true, reasons: [] })
  })

  it('is not without what was kept, whoever is asked: an authority forgets certificates that have ended', async () => {
    const { evidence: _, ...bare } = await signed()
    await revokeSigner('2021-03-01T00:00:00Z')
    now = today
    expect((await seal(asked()).verify(bytes, bare, { at, signer })).reasons).toEqual(['statusUnknown'])
  })

  it('without a time-stamp goes by the receipt, or by its record; today its certificate has ended', async () => {
    const kept = await signed(false)
    const [record] = (await createRecords([[encodeSignature(kept)]], 'sha256', stamp())) ?? []
    if (record === undefined) throw new Error('made')
    expect((await seal(silent).verify(bytes, kept, { at: today, signer })).reasons).toEqual(['expired'])
    expect((await seal(silent).verify(bytes, kept, { at, signer })).reasons).toEqual([])
    const { since } = await verifyRecord(record, [encodeSignature(kept)], { court: { trust: running.pki.trust, revocations: asked() }, at })
    expect((await seal(silent).verify(bytes, kept, { at: since ?? '', by: 'record', signer })).reasons).toEqual([])
  })

  it('that was made after its certificate was revoked is refused then and now', async () => {
    await revokeSigner('2019-09-01T00:00:00Z')
    await expect(signed()).rejects.toThrow('revoked')
    // Also where somebody puts evidence of an earlier day beside it.
    now = '2019-08-20T10:00:00+06:00'
    const earlier = readEvidence((await signed()).evidence ?? new Uint8Array(0))
    now = at
    const value = await signCms(bytes, [await signerOf('almaty.operator')], { at, stamp: stamp() })
    const { certificate } = await running.pki.identity('almaty.operator')
    const forged = { algorithm: 'cms', certificate: toPem(certificate.der, 'CERTIFICATE'), value, signedAt: at, digest: digestOf(bytes) }
    expect(earlier?.revocations.length).toBeGreaterThan(0)
    expect((await seal(asked()).verify(bytes, forged, { at, signer })).reasons).toEqual(['revoked'])
  })
})

describe('its record', () => {
  /** Another issuing authority of the same root, and a time-stamping authority under it: when the old ones end. */
  async function nextAuthority(from: string, until: string) {
    const { pki } = running
    const root = await pki.identity('root')
    const urls = {
      crl: `${running.url}/crl/root.crl`,
      ocsp: `${running.url}/ocsp`,
      issuer: `${running.url}/cert/root.cer`,
      tsp: `${running.url}/tsp`,
    }
    const authority = await pki.certify(
      `authority-${from}`,
      { subject: { commonName: 'NEXT CA' }, use: 'authority', issuer: root, urls, from, until },
      await generateKey('rsa-sha256'),
    )
    const tsa = await pki.certify(
      `tsa-${from}`,
      { subject: { commonName: 'NEXT TSA' }, use: 'tsa', issuer: authority, from, until },
      await generateKey('rsa-sha256'),
    )
    // Its lists, which no server of the test PKI gives.
    const lists = async (revoked: Parameters<typeof makeCrl>[1] = []): Promise<Revocations> => ({
      async of(certificate, issuer, moment) {
        if (issuer.sha256 !== authority.certificate.sha256) return asked().of(certificate, issuer, moment)
        const der = await makeCrl(authority, revoked, now)
        const crl = readCrl(der)
        if (crl === null) throw new Error('our own list')
        return { status: await judgeByCrl(crl, { certificate, issuer, at: moment }), evidence: { kind: 'crl', der } }
      },
    })
    return { authority, tsa, lists }
  }

  const together = (...all: Evidence[]): Evidence => ({
    certificates: all.flatMap(({ certificates }) => certificates),
    revocations: all.flatMap((one) => one.revocations),
    timestamps: [],
  })

  async function judged(record: Uint8Array, court: Parameters<typeof gathering>[0]) {
    const last = readRecord(record)?.chains.at(-1)?.at(-1)
    if (last === undefined) throw new Error('our own record')
    const gathered = gathering(court, noEvidence, [])
    const said = await judgeToken(last.token, { hash: readTimestamp(last.token)?.digest ?? last.token }, gathered, {
      at: now,
      holdsAt: now,
    })
    return { said, evidence: { ...gathered.used(), timestamps: [] } satisfies Evidence }
  }

  it('renewed before each authority ended, and chained anew by another digest, holds in 2026; a link that was missed does not', async () => {
    const file = encodeSignature(await signed())
    const first = await createRecords([[file]], 'sha256', stamp())
    const { trust } = running.pki
    // 2024: before the authority of time-stamps ends, by one that another authority issued.
    now = '2024-06-01T00:00:00Z'
    const next = await nextAuthority('2024-01-01T00:00:00Z', '2031-01-01T00:00:00Z')
    running.pki.stampBy(next.tsa)
    const court = { trust, revocations: await next.lists() }
    const proof = await judged(first?.[0] ?? file, court)
    expect(proof.said).toMatchObject({ at: '2019-10-14T04:00:00Z' })
    const second = await renewTimestamps(
      (first ?? []).flatMap((one) => readRecord(one) ?? []),
      stamp(),
    )
    now = '2025-06-01T00:00:00Z'
    const proof2 = await judged(second?.[0] ?? file, court)
    const read = readRecord(second?.[0] ?? file)
    const third = read && (await renewTrees([{ record: read, group: [file] }], 'sha512', stamp()))
    now = today
    const evidence = together(proof.evidence, proof2.evidence)
    const verdict = await verifyRecord(third?.[0] ?? file, [file], { court, at: today, evidence })
    expect(verdict).toEqual({ reasons: [], since: '2019-10-14T04:00:00Z', until: '2031-01-01T00:00:00Z' })
    // Without what was kept of the authorities that are gone.
    expect((await verifyRecord(third?.[0] ?? file, [file], { court, at: today })).reasons).toContain('statusUnknown')
    // Not renewed: its authority has ended.
    expect((await verifyRecord(first?.[0] ?? file, [file], { court, at: today, evidence })).reasons).toEqual(['badTimestamp'])
    // Renewed too late: after that end.
    now = '2025-01-01T00:00:00Z'
    const late = await renewTimestamps(
      (first ?? []).flatMap((one) => readRecord(one) ?? []),
      stamp(),
    )
    now = today
    expect((await verifyRecord(late?.[0] ?? file, [file], { court, at: today, evidence })).reasons).toContain('badTimestamp')
  })

  it('whose authority lost its key holds only where it was renewed before', async () => {
    const file = encodeSignature(await signed())
    const first = await createRecords([[file]], 'sha256', stamp())
    const { certificate } = await running.pki.identity('tsa')
    now = '2021-05-01T00:00:00Z'
    const next = await nextAuthority('2021-01-01T00:00:00Z', '2031-01-01T00:00:00Z')
    running.pki.stampBy(next.tsa)
    const court = { trust: running.pki.trust, revocations: await next.lists() }
    const proof = await judged(first?.[0] ?? file, court)
    const second = await renewTimestamps(
      (first ?? []).flatMap((one) => readRecord(one) ?? []),
      stamp(),
    )
    running.pki.revoke({ serial: certificate.serial, since: '2022-01-01T00:00:00Z', reason: 'keyCompromise' })
    now = '2022-02-01T00:00:00Z'
    expect((await verifyRecord(second?.[0] ?? file, [file], { court, at: now, evidence: proof.evidence })).reasons).toEqual([])
    expect((await verifyRecord(first?.[0] ?? file, [file], { court, at: now, evidence: proof.evidence })).reasons).toEqual(['badTimestamp'])
  })
})

describe('documents of algorithms that have aged', () => {
  it('by GOST 34.310-2004 are valid with their evidence', async () => {
    const key = await generateKey('gost2004')
    const subject = readStaff().get('almaty.operator')
    if (subject === undefined) throw new Error('of the demonstration')
    const years = { from: '2019-01-01T00:00:00Z', until: '2020-01-01T00:00:00Z' }
    const old = await running.pki.certify('old', { subject, use: 'sign', ...years }, key)
    const value = await signCms(bytes, [{ key, certificate: old.certificate.der, chain: old.chain.slice(1).map(({ der }) => der) }], { at })
    const kept = await received(value)
    now = today
    expect(await seal(silent).verify(bytes, kept, { at, signer })).toMatchObject({ valid: true })
  })

  it('by SHA-1 are valid where an authority knew them before it was broken, and else not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-years-'))
    const old = await servePki({ algorithm: 'rsa', at: '2015-06-01T10:00:00+06:00', now: () => now })
    const before = running
    running = old
    try {
      now = '2015-06-01T10:00:00+06:00'
      const sha1 = async (): Promise<Uint8Array> => {
        const { key, certificate } = await old.pki.identity('almaty.operator')
        writeFileSync(join(folder, 'key.pem'), toPem(exportPrivate(key), 'PRIVATE KEY'), { mode: 0o600 })
        writeFileSync(join(folder, 'signer.pem'), toPem(certificate.der, 'CERTIFICATE'))
        writeFileSync(join(folder, 'content'), bytes)
        execFileSync(
          'openssl',
          [
            'cms',
            '-sign',
            '-md',
            'sha1',
            '-binary',
            '-nosmimecap',
            '-signer',
            'signer.pem',
            '-inkey',
            'key.pem',
            '-in',
            'content',
            '-outform',
            'DER',
            '-out',
            'cms',
          ],
          { cwd: folder, stdio: 'pipe' },
        )
        return readFileSync(join(folder, 'cms'))
      }
      const value = await sha1()
      const kept = await received(value)
      expect(readEvidence(kept.evidence ?? value)?.timestamps).toHaveLength(1)
      now = today
      expect(await seal(silent).verify(bytes, kept, { at: '2015-06-01T10:00:00+06:00', signer })).toMatchObject({ valid: true })
      // By our word alone it may have been forged since.
      const evidence = readEvidence(kept.evidence ?? value)
      const unstamped = { ...kept, evidence: writeEvidence({ ...noEvidence, ...evidence, timestamps: [] }) }
      const receipt = '2015-06-01T10:00:00+06:00'
      expect((await seal(silent).verify(bytes, unstamped, { at: receipt, signer })).reasons).toEqual(['weakAlgorithm'])
      expect((await seal(silent).verify(bytes, unstamped, { at: receipt, by: 'record', signer })).reasons).toEqual([])
      now = '2017-03-01T10:00:00+06:00'
      await expect(received(value)).rejects.toThrow('weakAlgorithm')
    } finally {
      running = before
      await old.close()
      rmSync(folder, { recursive: true })
    }
  })
})

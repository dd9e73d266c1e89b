import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Seal, SealReason, Signature, Signer, ToBeSigned } from './seal.ts'
import { decodeSignature, encodeSignature, signedBytes } from './signed.ts'

/** How an implementation is brought into the situations of the contract. One that it cannot be brought into is left out, with the reason. */
export interface SealUnderTest {
  readonly seal: Seal
  readonly signer: Signer
  /** Plays the signing side: what the person's key makes of what was prepared, with this wrong about it. */
  personSigns(prepared: ToBeSigned, wrong?: SealReason): Promise<Signature | { readonly skipped: string }>
  stop(): Promise<void>
}

const document = { case: 'AKT-0001', asks: 'екінші санат', documents: ['application', 'diploma'] }
const at = '2019-10-14T10:00:00+06:00'
const certificateFaults = ['wrongPerson', 'wrongOrganisation', 'expired', 'notYetValid', 'revoked', 'wrongUsage', 'untrusted'] as const

/** What every seal keeps to. */
export function sealContract(name: string, start: () => Promise<SealUnderTest>): void {
  describe(`seal: ${name}`, () => {
    let subject: SealUnderTest
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(async () => subject.stop())

    const prepare = () => subject.seal.prepare({ bytes: signedBytes(document), signer: subject.signer, at })
    const signed = async (): Promise<Signature> => {
      const signature = await subject.personSigns(await prepare())
      if ('skipped' in signature) throw new Error('Every implementation has a person who can sign.')
      return signature
    }

    it('takes the signature of the person for whom it was prepared, and verifies it years later at the time of receipt', async () => {
      const signature = await signed()
      const outcome = await subject.seal.accept(await prepare(), signature, at)
      expect(outcome).toMatchObject({ kind: 'signed', signer: subject.signer })
      const verdict = await subject.seal.verify(signedBytes(document), signature, { at, signer: subject.signer })
      expect(verdict).toMatchObject({ valid: true, reasons: [], signedBy: { iin: subject.signer.iin } })
    })

    it('judges by the time that counts: the same signature received after the certificate ended is expired', async () => {
      const verdict = await subject.seal.verify(signedBytes(document), await signed(), { at: '2039-10-14T10:00:00+06:00' })
      expect(verdict).toMatchObject({ valid: false, reasons: ['expired'] })
    })

    it('refuses a signature under other bytes', async () => {
      const other = signedBytes({ ...document, asks: 'жоғары санат' })
      expect((await subject.seal.verify(other, await signed(), { at })).reasons).toContain('otherContent')
    })

    it('refuses a signature whose digest was put right for other bytes', async () => {
      const other = await subject.seal.prepare({ bytes: signedBytes({ ...document, asks: 'жоғары санат' }), signer: subject.signer, at })
      const outcome = await subject.seal.accept(other, { ...(await signed()), digest: other.digest }, at)
      // A signature that carries the digest inside, as a CMS does, can tell which of the two it is.
      expect([['badSignature'], ['otherContent']]).toContainEqual('reasons' in outcome && outcome.reasons)
    })

    it.for(certificateFaults)('refuses for what is wrong with the key: %s', async (fault, { skip }) => {
      const signature = await subject.personSigns(await prepare(), fault)
      if ('skipped' in signature) return skip(signature.skipped)
      const outcome = await subject.seal.accept(await prepare(), signature, at)
      expect(outcome).toMatchObject({ kind: 'refused', reasons: [fault] })
    })

    it('gives a verdict on whatever it is handed', async () => {
      const good = await signed()
      const handed: [Partial<Signature>, SealReason][] = [
        [{ algorithm: 'none' }, 'unknownAlgorithm'],
        [{ certificate: 'not a certificate' }, 'damaged'],
        [{ certificate: '' }, 'damaged'],
        [{ value: new Uint8Array(0) }, 'badSignature'],
        [{ value: new Uint8Array(64) }, 'badSignature'],
        [{ value: Buffer.from(good.value).fill(0xff, 4, 20) }, 'badSignature'],
        [{ digest: '\ud800' }, 'otherContent'],
      ]
      for (const [change, reason] of handed) {
        const verdict = await subject.seal.verify(signedBytes(document), { ...good, ...change }, { at })
        expect(verdict.valid).toBe(false)
        expect(verdict.reasons).toContain(reason)
      }
    })

    it('survives being kept as a file', async () => {
      const signature = await signed()
      const kept = decodeSignature(encodeSignature(signature))
      expect(kept).not.toBeNull()
      if (kept !== null) expect((await subject.seal.verify(signedBytes(document), kept, { at, signer: subject.signer })).valid).toBe(true)
    })
  })
}

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealContract } from '../contract.ts'
import type { Signer } from '../seal.ts'
import { decodeSignature, digestOf, signatureInput, signedBytes } from '../signed.ts'
import { type Provocation, simulateSeal } from './simulator.ts'

const signer: Signer = {
  staffId: 'aktobe.operator',
  iin: '900712499986',
  name: 'СЫНАҚОВА ӘСЕЛ БОЛАТҚЫЗЫ',
  organisationBin: '160440007161',
  role: 'operator',
}
const at = '2019-10-14T10:00:00+06:00'
const bytes = signedBytes({ case: 'AKT-0001' })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qyzmet-seal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

sealContract('simulator', async () => {
  const seal = simulateSeal({ folder })
  return {
    seal,
    signer,
    personSigns: async (prepared, wrong) => seal.personSigns(prepared, wrong as Provocation | undefined), // the contract asks only for faults of the key
    stop: async () => {},
  }
})

describe('the simulated seal', () => {
  it('does both phases at once', async () => {
    const outcome = await simulateSeal({ folder }).sign({ bytes, signer, at })
    if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
    expect(signatureInput(outcome.signature, signer, 'f'.repeat(64))).toEqual({
      signer: 'aktobe.operator',
      digest: digestOf(bytes),
      algorithm: 'ecdsa-p256-sha256/1',
      file: 'f'.repeat(64),
    })
  })

  it.each(['cancelled', 'noKey', 'wrongPerson', 'expired', 'revoked'] as const)('can be made to fail: %s', async (fault) => {
    const seal = simulateSeal({ folder })
    seal.provoked.set(signer.staffId, fault)
    expect(await seal.sign({ bytes, signer, at })).toEqual({ kind: 'refused', reasons: [fault] })
    seal.provoked.delete(signer.staffId)
    expect(await seal.sign({ bytes, signer, at })).toMatchObject({ kind: 'signed' })
  })

  it('keeps the key of a person over a restart, closed to others', async () => {
    const first = simulateSeal({ folder })
    const outcome = await first.sign({ bytes, signer, at })
    if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
    const again = simulateSeal({ folder })
    expect(await again.verify(bytes, outcome.signature, { at, signer })).toMatchObject({ valid: true })
    expect(readdirSync(folder)).toHaveLength(2)
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  })

  it('does not trust a certificate of another installation', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const outcome = await simulateSeal({ folder: elsewhere }).sign({ bytes, signer, at })
    if (outcome.kind !== 'signed') throw new Error(outcome.reasons.join())
    expect(await simulateSeal({ folder: join(folder, 'here') }).verify(bytes, outcome.signature, { at })).toMatchObject({
      reasons: ['untrusted'],
    })
  })

  it('reads no signature out of another file', () => {
    expect(decodeSignature(Buffer.from('{"format":"qyzmet.signature/1"}'))).toBeNull()
    expect(decodeSignature(Buffer.from('%PDF-1.7'))).toBeNull()
  })
})

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { keyIsFor } from '../../seal/certificates/certificate.ts'
import { certIdOf, ocspRequest, readOcspResponse } from '../../seal/certificates/ocsp.ts'
import { findPath } from '../../seal/certificates/path.ts'
import type { Identity } from './identity.ts'
import { makePki, type Pki, type PkiAlgorithm } from './pki.ts'

const at = '2019-10-14T10:00:00+06:00'
const judge = (pki: Pki, { certificate, chain }: Identity) => findPath(certificate, { trust: pki.trust, offered: chain, at })

const folders: string[] = []
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true })
})

describe.each(['gost', 'ecdsa', 'rsa'] as PkiAlgorithm[])('the test PKI: %s', (algorithm) => {
  it('gives the demonstration’s staff certificates by role, under a root', async () => {
    const pki = await makePki({ algorithm, at })
    const operator = await pki.identity('almaty.operator')
    expect(operator.certificate.holder).toMatchObject({ iin: '940601493277', bin: '060541998705', country: 'KZ' })
    expect([...operator.certificate.usages]).toEqual(['signDocuments', 'legalEntity', 'employee'])
    expect(keyIsFor(operator.certificate)).toBe('signing')
    expect(await judge(pki, operator)).toMatchObject({ trusted: true })
    const head = await pki.identity('almaty.head.signIn')
    expect([...head.certificate.usages]).toEqual(['signIn', 'legalEntity', 'head'])
    expect(keyIsFor(head.certificate)).toBe('signIn')
    expect(await pki.identity('almaty.operator')).toBe(operator)
    for (const name of ['../root', 'a/b', '', '.', 'almaty..operator']) await expect(pki.identity(name)).rejects.toThrow(/No identity/)
    await expect(pki.identity('almaty.nobody')).rejects.toThrow(/nobody/)
  })

  it.each(['expired', 'notYetValid', 'untrusted', 'weakAlgorithm'] as const)('makes one that is refused: %s', async (fault) => {
    const pki = await makePki({ algorithm, at })
    expect(await judge(pki, await pki.identity(`almaty.operator.${fault}`))).toMatchObject({ trusted: false, reasons: [fault] })
  })
})

describe('a test PKI in a folder', () => {
  it('is found again, closed to others, and the same whoever opens it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-pki-'))
    folders.push(folder)
    const [one, other] = await Promise.all([makePki({ algorithm: 'ecdsa', at, folder }), makePki({ algorithm: 'ecdsa', at, folder })])
    const first = await one.identity('aktobe.operator.revoked')
    expect((await other.identity('aktobe.operator.revoked')).certificate.sha256).toBe(first.certificate.sha256)
    // Whatever one process makes, the responder of the other knows.
    const late = await one.identity('almaty.clerk')
    const asked = ocspRequest(certIdOf(late.certificate, other.trust.authorities[0] ?? late.certificate), Buffer.alloc(8, 1))
    const answer = readOcspResponse(await other.ocsp(asked, at))
    expect(answer.kind === 'answer' && answer.response.answers[0]?.status).toEqual({ kind: 'good' })
    // What the folder is wins over what is wished for later.
    const again = await makePki({ algorithm: 'rsa', at: '2030-01-01T00:00:00Z', folder })
    expect(again).toMatchObject({ algorithm: 'ecdsa', at })
    expect(await judge(again, await one.identity('aktobe.head'))).toMatchObject({ trusted: true })
    for (const file of readdirSync(join(folder, 'identities'))) expect(statSync(join(folder, 'identities', file)).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['authority.pem', 'identities', 'pki.json', 'revoked.json', 'root.pem'])
  })
})

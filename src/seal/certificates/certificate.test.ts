import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyIsFor, readCertificate, readCertificates, validityAt } from './certificate.ts'

const samples = join(import.meta.dirname, '../../../../shared/egov/samples/pki')
const sample = (name: string): string => readFileSync(join(samples, name), 'utf8')

describe.skipIf(!existsSync(samples))('certificates in the national layout (skipped where the samples are not at hand)', () => {
  it('tell whose they are, what for and where they are asked about', () => {
    const read = readCertificate(sample('gost-operator.pem'))
    expect(read).toMatchObject({
      version: 3,
      serial: '700054208f60f278d4f806db0c3b65d5a475e011',
      holder: { iin: '900712499986', bin: '200140999992', country: 'KZ' },
      notBefore: '2026-11-22T01:28:21Z',
      keyAlgorithm: '1.2.398.3.10.1.1.2.2',
      signatureAlgorithmId: '1.2.398.3.10.1.1.2.3.2',
      policies: ['1.2.398.3.3.2'],
      crlUrls: ['http://localhost:8080/crl/nca_gost_test.crl'],
      ocspUrls: ['http://localhost:8080/ocsp'],
      isAuthority: false,
      unknownCritical: [],
    })
    if (read === null) return
    expect([...read.usages]).toEqual(['signDocuments', 'legalEntity', 'employee'])
    expect(keyIsFor(read)).toBe('signing')
    expect(validityAt(read, '2026-11-22T01:28:20Z')).toBe('notYetValid')
    expect(validityAt(read, '2036-11-19T01:29:21.9Z')).toBe('valid')
    expect(validityAt(read, '2036-11-19T01:29:22Z')).toBe('expired')
  })

  it('of authorities sign no documents', () => {
    const read = readCertificate(sample('gost-nca.pem'))
    expect(read).toMatchObject({ isAuthority: true, pathLength: null })
    expect(read && keyIsFor(read)).toBe('neither')
  })

  it('are read several from one text, with words around them', () => {
    const text = `Subject: somebody\n${sample('gost-nca.pem')}\n${sample('gost-root.pem')}`
    expect(readCertificates(text)).toHaveLength(2)
  })

  it('are read from any text in a moment: spaces, marks without an end', () => {
    const before = process.cpuUsage()
    for (const text of [`-----BEGIN CERTIFICATE-----${' '.repeat(1 << 20)}`, '-----BEGIN CERTIFICATE-----A'.repeat(50_000), `-----BEGIN ${'A'.repeat(1 << 20)}`])
      expect(readCertificates(text)).toEqual([])
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000)
  }) // biome-ignore format: short

  it('are null when damaged: cut, lengthened, or a bit of the structure bent', () => {
    const read = readCertificate(sample('gost-operator.pem'))
    if (read === null) throw new Error('the sample is readable')
    const { der } = read
    expect(readCertificate(der.subarray(0, -1))).toBeNull()
    expect(readCertificate(Buffer.concat([der, Buffer.of(0)]))).toBeNull()
    expect(readCertificate(new Uint8Array(0))).toBeNull()
    expect(readCertificate('no certificate')).toBeNull()
    expect(readCertificate(new Uint8Array(70_000))).toBeNull()
    for (let at = 0; at < der.length; at++) {
      const bent = Uint8Array.from(der)
      bent[at] = (bent[at] ?? 0) ^ 0x80
      expect(() => readCertificate(bent)).not.toThrow()
    }
  })
})

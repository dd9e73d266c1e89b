import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestIdentifier } from '../algorithms/identifiers.ts'
import { digestNow } from '../algorithms/verify.ts'
import { readCms } from '../cms/read.ts'
import { verifyTimestamp } from '../cms/timestamp.ts'
import { noEvidence } from '../evidence/evidence.ts'
import { judgeCms } from '../national/judge.ts'
import { type Certificate, keyIsFor, readCertificate } from './certificate.ts'
import { judgeByCrl, readCrl } from './crl.ts'
import { judgeByOcsp } from './judgeOcsp.ts'
import { certIdOf, ocspRequest, readOcspResponse } from './ocsp.ts'
import { findPath } from './path.ts'
import { readTimestampResponse, writeTimestampRequest } from './timestamp.ts'

/** Another program's authority: we read its certificates, its lists, the answers of its responder and its time-stamps. How it reads ours: src/contour/pki/openssl.test.ts. */

const isThere = spawnSync('openssl', ['version']).status === 0
const settings = `
[req]
distinguished_name = name
prompt = no
[name]
CN = OPENSSL
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person]
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ocsp]
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
[tsa]
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = critical, timeStamping
[ca]
default_ca = own
[own]
database = index
crlnumber = crlnumber
default_md = DIGEST
default_crl_days = 30
certificate = root.pem
private_key = root.key
[stamps]
default_tsa = one
[one]
serial = serial
signer_digest = DIGEST
default_policy = 1.2.398.3.3.2.6.2
digests = sha256, sha512
ess_cert_id_alg = sha256
signer_cert = tsa.pem
signer_key = tsa.key
`

const kinds = {
  'RSA-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'P-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
} as const

describe.skipIf(!isThere).each(Object.entries(kinds))('OpenSSL’s authority of %s (skipped where it is not installed)', (kind, key) => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-ca-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const file = (name: string): Buffer => readFileSync(join(folder, name))
  const certificate = (name: string): Certificate => readCertificate(String(file(`${name}.pem`))) ?? expect.unreachable(name)
  // Each curve has its digest in what is believed (RFC 5758 allows others too).
  const md = kind === 'P-384' ? 'sha384' : 'sha256'
  let now = ''
  const trust = () => ({ roots: [certificate('root')], authorities: [] })

  function issue(name: string, section: string): void {
    openssl('genpkey', ...key, '-out', `${name}.key`)
    const ask = ['req', '-new', '-config', 'settings', '-key', `${name}.key`, '-subj', `/CN=${name}/serialNumber=IIN850315399990`, `-${md}`]
    if (section === 'root') openssl(...ask, '-x509', '-days', '30', '-extensions', section, '-out', `${name}.pem`)
    else {
      openssl(...ask, '-out', `${name}.csr`)
      const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '20', '-extfile', 'settings', '-extensions', section]
      openssl('x509', '-req', '-in', `${name}.csr`, ...by, `-${md}`, '-out', `${name}.pem`)
    }
  }

  beforeAll(() => {
    writeFileSync(join(folder, 'settings'), settings.replaceAll('DIGEST', md))
    for (const [name, section] of [['root', 'root'], ['person', 'person'], ['revoked', 'person'], ['ocsp', 'ocsp'], ['tsa', 'tsa']] as const) issue(name, section)
    const line = (state: string, name: string, since: string) => {
      const serial = certificate(name).serial.toUpperCase().replace(/^00/, '')
      return `${state}\t491231235959Z\t${since}\t${serial}\tunknown\t/CN=${name}\n`
    }
    writeFileSync(join(folder, 'index'), line('V', 'person', '') + line('R', 'revoked', '200101000000Z,keyCompromise'))
    writeFileSync(join(folder, 'crlnumber'), '01')
    writeFileSync(join(folder, 'serial'), '01')
    now = new Date().toISOString()
  }) // biome-ignore format: short
  afterAll(() => rmSync(folder, { recursive: true }))

  it('leads from its people to its root, and they may sign', async () => {
    expect(await findPath(certificate('person'), { trust: trust(), at: now })).toMatchObject({ trusted: true })
    expect(keyIsFor(certificate('person'))).toBe('signing')
    expect(keyIsFor(certificate('tsa'))).toBe('neither')
  })

  it('says in its list who was revoked', async () => {
    openssl('ca', '-gencrl', '-config', 'settings', '-out', 'list.pem')
    const list = readCrl(String(file('list.pem'))) ?? expect.unreachable()
    const about = (name: string) => judgeByCrl(list, { certificate: certificate(name), issuer: certificate('root'), at: now })
    expect(list.number).toBe(1n)
    expect(await about('person')).toMatchObject({ kind: 'good' })
    expect(await about('revoked')).toMatchObject({ kind: 'revoked', reason: 'keyCompromise', since: '2020-01-01T00:00:00Z' })
    const bent = Buffer.from(list.der).fill(1, list.der.length - 9)
    const other = readCrl(bent)
    if (other !== null)
      expect(await judgeByCrl(other, { certificate: certificate('person'), issuer: certificate('root'), at: now })).toMatchObject({ kind: 'unknown' })
  }) // biome-ignore format: short

  it.each(['sha256', 'sha1'] as const)('answers our question of OCSP by %s, with its nonce', async (hash) => {
    for (const [name, kind] of [['person', 'good'], ['revoked', 'revoked']] as const) {
      const [one, issuer, nonce] = [certificate(name), certificate('root'), Buffer.alloc(32, 7)]
      writeFileSync(join(folder, 'question'), ocspRequest(certIdOf(one, issuer, hash), nonce))
      openssl('ocsp', '-index', 'index', '-CA', 'root.pem', '-rsigner', 'ocsp.pem', '-rkey', 'ocsp.key', '-reqin', 'question', '-respout', 'answer', '-ndays', '1', '-rmd', md)
      const reading = readOcspResponse(file('answer'))
      if (reading.kind !== 'answer') return expect.unreachable(reading.kind)
      const question = { certificate: one, issuer, at: now }
      expect(await judgeByOcsp(reading.response, { ...question, nonce: nonce.toString('hex') })).toMatchObject({ kind })
      expect(await judgeByOcsp(reading.response, { ...question, nonce: 'ff' })).toMatchObject({ why: 'ocsp.otherNonce' })
      expect(await judgeByOcsp(reading.response, { ...question, certificate: certificate('tsa') })).toMatchObject({ kind: 'unknown' })
    }
  }) // biome-ignore format: short

  it('whose person answers as its responder is not believed', async () => {
    writeFileSync(join(folder, 'question'), ocspRequest(certIdOf(certificate('person'), certificate('root')), Buffer.alloc(32, 7)))
    openssl('ocsp', '-index', 'index', '-CA', 'root.pem', '-rsigner', 'person.pem', '-rkey', 'person.key', '-reqin', 'question', '-respout', 'answer', '-ndays', '1')
    const reading = readOcspResponse(file('answer'))
    if (reading.kind !== 'answer') return expect.unreachable(reading.kind)
    const question = { certificate: certificate('person'), issuer: certificate('root'), at: now }
    expect(await judgeByOcsp(reading.response, question)).toMatchObject({ why: 'ocsp.notTheResponder' })
  }) // biome-ignore format: short

  it.each(['sha256', 'sha512'] as const)('stamps what we ask for by %s', async (digest) => {
    const data = Buffer.from('{"asks":"екінші санат"}')
    const query = writeTimestampRequest({ digestAlgorithm: digestIdentifier(digest), digest: digestNow(digest, data), nonce: Buffer.alloc(16, 9) })
    writeFileSync(join(folder, 'query'), query)
    expect(String(openssl('ts', '-query', '-in', 'query', '-text'))).toContain('Certificate required: yes')
    openssl('ts', '-reply', '-config', 'settings', '-section', 'one', '-queryfile', 'query', '-out', 'reply')
    const reading = readTimestampResponse(file('reply'))
    if (reading.kind !== 'token') return expect.unreachable(reading.kind)
    const { reasons, timestamp, certificate: by } = await verifyTimestamp(reading.token, data)
    expect({ reasons, nonce: timestamp?.nonce, by: by?.sha256 }).toEqual({ reasons: [], nonce: '09'.repeat(16), by: certificate('tsa').sha256 })
    expect((await verifyTimestamp(reading.token, Buffer.from('{}'))).reasons).toEqual(['badTimestamp'])
  }) // biome-ignore format: short

  it('signs with its people what we judge whole: signatures, path, list; and one of two who is revoked is told', async () => {
    const content = Buffer.from('{"asks":"екінші санат"}')
    writeFileSync(join(folder, 'content'), content)
    const signers = ['person', 'revoked'].flatMap((name) => ['-signer', `${name}.pem`, '-inkey', `${name}.key`])
    openssl('cms', '-sign', '-binary', '-cades', '-in', 'content', ...signers, '-md', md, '-outform', 'DER', '-out', 'signed')
    openssl('ca', '-gencrl', '-config', 'settings', '-out', 'list.pem')
    const cms = readCms(file('signed')) ?? expect.unreachable()
    const evidence = { ...noEvidence, revocations: [{ kind: 'crl', der: readCrl(String(file('list.pem')))?.der ?? content } as const] } // the kind
    const { signers: judged } = await judgeCms(cms, content, { trust: trust(), revocations: null }, { at: now, evidence })
    const reasons = Object.fromEntries(judged.map((one) => [one.certificate?.holder.commonName, one.reasons]))
    expect(reasons).toEqual({ person: [], revoked: ['revoked'] })
    const other = await judgeCms(cms, Buffer.from('{}'), { trust: trust(), revocations: null }, { at: now, evidence })
    expect(other.signers.map(({ reasons: [first] }) => first)).toEqual(['otherContent', 'otherContent'])
  }) // biome-ignore format: short
})

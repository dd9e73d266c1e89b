import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportPrivate } from '../algorithms/keys.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import { parseCertificate } from '../certificates/certificate.ts'
import { toPem } from '../certificates/pem.ts'
import { authorityWith, personWith } from './people.testing.ts'
import { readCms } from './read.ts'
import { type CmsSigner, signCms } from './sign.ts'
import { readTimestamp, verifyTimestamp } from './timestamp.ts'
import { verifyCms } from './verify.ts'

/** Another program says the same: OpenSSL verifies ours, and we verify what it signs. */

const isThere = spawnSync('openssl', ['version']).status === 0
const content = Buffer.from('{"asks":"екінші санат"}\n')
const at = '2019-10-14T10:00:00+06:00'

describe.skipIf(!isThere)('OpenSSL (skipped where it is not installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-cms-'))
  const path = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  afterAll(() => rmSync(folder, { recursive: true }))

  const pairs: [AlgorithmName, AlgorithmName, string[]][] = [
    ['rsa-sha256', 'rsa-sha256', ['-md', 'sha256']],
    ['rsa-sha384', 'rsa-sha384', ['-md', 'sha384']],
    ['rsa-pss-sha256', 'rsa-pss-sha256', ['-md', 'sha256', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest']],
    ['rsa-pss-sha512', 'rsa-pss-sha512', ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest']],
    ['ecdsa-p256-sha256', 'ecdsa-p256-sha256', ['-md', 'sha256']],
    ['ecdsa-p384-sha384', 'ecdsa-p384-sha384', ['-md', 'sha384']],
    ['rsa-sha512', 'rsa-sha1', ['-md', 'sha1']],
  ]
  describe.each(pairs)('%s', (algorithm, theirs, options) => {
    let person: CmsSigner
    let authority: CmsSigner
    beforeAll(async () => {
      authority = await authorityWith('ecdsa-p256-sha256')
      person = await personWith(algorithm, authority)
      writeFileSync(path('root.pem'), toPem(authority.certificate, 'CERTIFICATE'))
      writeFileSync(path('person.pem'), toPem(person.certificate, 'CERTIFICATE'))
      writeFileSync(path('key.pem'), toPem(exportPrivate(person.key), 'PRIVATE KEY'), { mode: 0o600 })
      writeFileSync(path('content'), content)
    })

    it('verifies ours, detached and attached', async () => {
      for (const detached of [true, false]) {
        writeFileSync(path('ours'), await signCms(content, [person], { at, detached, namesCertificate: true }))
        const given = detached ? ['-content', 'content'] : []
        const out = openssl(
          'cms',
          '-verify',
          '-binary',
          '-inform',
          'DER',
          '-in',
          'ours',
          '-CAfile',
          'root.pem',
          '-purpose',
          'any',
          '-cades',
          ...given,
        )
        expect(out).toEqual(content)
      }
    })

    it('and ours, changed, it refuses', async () => {
      const ours = Buffer.from(await signCms(content, [person], { at }))
      ours[ours.length - 9] = (ours.at(-9) ?? 0) ^ 1
      writeFileSync(path('ours'), ours)
      expect(() =>
        openssl('cms', '-verify', '-binary', '-inform', 'DER', '-in', 'ours', '-CAfile', 'root.pem', '-content', 'content'),
      ).toThrow()
    })

    it('signs what we verify: named by number and by key, with its attributes', async () => {
      for (const more of [[], ['-keyid'], ['-cades'], ['-nocerts'], ['-nosmimecap']]) {
        openssl(
          'cms',
          '-sign',
          '-binary',
          '-in',
          'content',
          '-signer',
          'person.pem',
          '-inkey',
          'key.pem',
          '-outform',
          'PEM',
          '-out',
          'theirs',
          ...options,
          ...more,
        )
        const cms = readCms(readFileSync(path('theirs'))) ?? expect.unreachable()
        const known = more[0] === '-nocerts' ? [parseCertificate(person.certificate)] : []
        expect(await verifyCms(cms, { content, known })).toMatchObject({
          valid: true,
          signers: [{ algorithm: theirs, legacy: theirs === 'rsa-sha1' }],
        })
        expect((await verifyCms(cms, { content: Buffer.from('{}'), known })).valid).toBe(false)
      }
    })

    it('without signed attributes, or streamed as BER: damaged', () => {
      // OpenSSL 3.0 cannot stream PSS.
      const ways = theirs.startsWith('rsa-pss') ? [['-noattr']] : [['-noattr'], ['-nodetach', '-stream']]
      for (const more of ways) {
        openssl(
          'cms',
          '-sign',
          '-binary',
          '-in',
          'content',
          '-signer',
          'person.pem',
          '-inkey',
          'key.pem',
          '-outform',
          'DER',
          '-out',
          'theirs',
          ...options,
          ...more,
        )
        expect(readCms(readFileSync(path('theirs')))).toBeNull()
      }
    })
  })

  it('its time-stamps are read, and refused over anything else', async () => {
    const authority = await authorityWith('rsa-sha256')
    const stamping = await personWith('rsa-sha256', authority, ['1.3.6.1.5.5.7.3.8'])
    writeFileSync(path('tsa.pem'), toPem(stamping.certificate, 'CERTIFICATE'))
    writeFileSync(path('tsa.key'), toPem(exportPrivate(stamping.key), 'PRIVATE KEY'), { mode: 0o600 })
    writeFileSync(path('stamped'), content)
    writeFileSync(path('serial'), '01')
    writeFileSync(
      path('tsa.cnf'),
      '[tsa]\ndefault_tsa=one\n[one]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.398.3.3.2.6.2\ndigests=sha256\naccuracy=secs:1\nordering=yes\ness_cert_id_alg=sha256\n',
    )
    openssl('ts', '-query', '-data', 'stamped', '-sha256', '-cert', '-out', 'query')
    openssl(
      'ts',
      '-reply',
      '-queryfile',
      'query',
      '-config',
      'tsa.cnf',
      '-section',
      'one',
      '-signer',
      'tsa.pem',
      '-inkey',
      'tsa.key',
      '-token_out',
      '-out',
      'token',
    )
    const token = readFileSync(path('token'))
    expect(readTimestamp(token)).toMatchObject({ policy: '1.2.398.3.3.2.6.2' })
    expect((await verifyTimestamp(token, content)).reasons).toEqual([])
    expect((await verifyTimestamp(token, Buffer.from('{}'))).reasons).toEqual(['badTimestamp'])
    expect((await verifyTimestamp(Buffer.from(token).fill(1, token.length - 20), content)).reasons).toEqual(['badSignature'])
  })
})

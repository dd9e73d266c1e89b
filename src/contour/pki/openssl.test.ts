import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpAsking } from '../../seal/certificates/asking.ts'
import { toPem } from '../../seal/certificates/pem.ts'
import { readTimestampResponse } from '../../seal/certificates/timestamp.ts'
import { type RunningPki, servePki } from './server.ts'

const isThere = spawnSync('openssl', ['version']).status === 0
const run = promisify(execFile)

/** The program's own words, also where it says no. */
async function openssl(...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run('openssl', args)
    return stdout + stderr
  } catch (cause) {
    const { stdout = '', stderr = '' } = Object(cause)
    return `${stdout}${stderr}`
  }
}

describe.skipIf(!isThere).each(['rsa', 'ecdsa'] as const)('openssl on our %s PKI (skipped where there is no openssl)', (algorithm) => {
  let running: RunningPki
  let folder: string
  const file = (name: string): string => join(folder, name)
  const trust = (): string[] => ['-CAfile', file('root.pem'), '-untrusted', file('authority.pem')]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qyzmet-openssl-'))
    // Its OCSP client goes by the machine's time.
    running = await servePki({ algorithm, at: new Date().toISOString(), now: () => new Date().toISOString() })
    const { pki } = running
    for (const name of ['root', 'authority', 'ocsp', 'almaty.operator', 'almaty.operator.revoked', 'almaty.operator.untrusted'])
      writeFileSync(file(`${name}.pem`), toPem((await pki.identity(name)).certificate.der, 'CERTIFICATE'))
  })
  afterAll(async () => {
    await running.close()
    rmSync(folder, { recursive: true })
  })

  it('verifies the path, strictly, and refuses another root’s', async () => {
    expect(await openssl('verify', '-x509_strict', ...trust(), file('almaty.operator.pem'))).toContain(': OK')
    expect(await openssl('verify', ...trust(), file('almaty.operator.untrusted.pem'))).toContain('verification failed')
  })

  it('verifies the lists and finds who was revoked', async () => {
    for (const which of ['root', 'authority'] as const) {
      const list = await httpAsking().ask({ url: `${running.url}/crl/${which}.crl`, kind: 'crl' })
      if (list.kind !== 'bytes') throw new Error(list.why)
      writeFileSync(file(`${which}.crl.pem`), toPem(list.bytes, 'X509 CRL'))
      expect(await openssl('crl', '-in', file(`${which}.crl.pem`), '-noout', '-CAfile', file(`${which}.pem`))).toContain('verify OK')
    }
    const checks = ['-crl_check', '-CRLfile', file('authority.crl.pem')]
    expect(await openssl('verify', ...checks, ...trust(), file('almaty.operator.pem'))).toContain(': OK')
    expect(await openssl('verify', ...checks, ...trust(), file('almaty.operator.revoked.pem'))).toContain('certificate revoked')
  })

  it('asks the responder, with its nonce, and believes the answer', async () => {
    const ask = (name: string) =>
      openssl(
        'ocsp',
        '-issuer',
        file('authority.pem'),
        ...['-sha256', '-cert', file(`${name}.pem`), '-url', `${running.url}/ocsp`, '-CAfile', file('root.pem')],
        ...['-verify_other', file('authority.pem')],
      )
    const good = await ask('almaty.operator')
    expect(good).toContain('Response verify OK')
    expect(good).toContain('almaty.operator.pem: good')
    const revoked = await ask('almaty.operator.revoked')
    expect(revoked).toContain('Response verify OK')
    expect(revoked).toMatch(/: revoked[\s\S]*keyCompromise/)
    expect(await ask('almaty.operator.untrusted')).toContain(': unknown')
  })

  it('takes a time-stamp and believes it', async () => {
    writeFileSync(file('document'), 'what is stamped')
    await openssl('ts', '-query', '-data', file('document'), '-sha256', '-cert', '-out', file('query.tsq'))
    const { readFile } = await import('node:fs/promises')
    const answer = await httpAsking().ask({ url: `${running.url}/tsp`, kind: 'tsp', body: await readFile(file('query.tsq')) })
    if (answer.kind !== 'bytes') throw new Error(answer.why)
    expect(readTimestampResponse(answer.bytes).kind).toBe('token')
    writeFileSync(file('answer.tsr'), answer.bytes)
    const verify = (...what: string[]) => openssl('ts', '-verify', '-in', file('answer.tsr'), ...what, ...trust())
    expect(await verify('-queryfile', file('query.tsq'))).toContain('Verification: OK')
    expect(await verify('-data', file('document'))).toContain('Verification: OK')
    writeFileSync(file('document'), 'something else')
    expect(await verify('-data', file('document'))).toContain('message imprint mismatch')
  })
})

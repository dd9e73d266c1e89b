import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { identityText } from '../../contour/pki/keep.ts'
import { makePki, type Pki } from '../../contour/pki/pki.ts'
import { toPem } from '../../seal/certificates/pem.ts'
import { registerFrom } from '../register/shep/from.ts'
import { registerSettings } from '../register/shep/settings.ts'
import { openAccess } from './open.ts'
import { accessSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-access-'))
const keys = join(folder, 'keys')
const now = () => '2019-10-14T10:00:00+05:00'
let pki: Pki
const pemOf = async (...names: string[]) =>
  (await Promise.all(names.map((name) => pki.identity(name)))).map(({ certificate }) => toPem(certificate.der, 'CERTIFICATE')).join('')

beforeAll(async () => {
  pki = await makePki({ algorithm: 'ecdsa', at: now() })
})
beforeEach(async () => {
  rmSync(keys, { recursive: true, force: true })
  mkdirSync(join(keys, 'trust'), { recursive: true })
  writeFileSync(join(keys, 'system.pem'), identityText(await pki.identity('corporation-system')), { mode: 0o600 })
  writeFileSync(join(keys, 'trust', 'all.pem'), await pemOf('root', 'authority', 'shep', 'register'))
  writeFileSync(join(folder, 'password'), 'demo-secret\n', { mode: 0o600 })
  chmodSync(join(folder, 'password'), 0o600)
})
afterAll(() => rmSync(folder, { recursive: true }))

const settings = accessSettings.parse({ senderId: 'demo-iis', password: { file: join(folder, 'password') }, keys })
const wrong = (env: NodeJS.ProcessEnv = {}, given = settings) =>
  openAccess(given, env).then(
    () => 'opened',
    (cause: Error) => `${cause.name}: ${cause.message}`,
  )

describe('who we are at the gateway', () => {
  it('is read from one folder; certificates are told apart by what they are', async () => {
    const access = await openAccess(settings, {})
    expect(access).toMatchObject({ senderId: 'demo-iis', password: 'demo-secret' })
    expect(access.signer.certificate.holder.bin).toBe('160440007161')
    const names = (all: readonly { holder: { surname?: string | null } }[]) => all.length
    expect([names(access.trust.roots), names(access.trust.authorities), names(access.known)]).toEqual([1, 1, 2])
  })

  it('believes for the gateway only those named as such, where that is said', async () => {
    expect((await openAccess(settings, {})).gateway).toBeUndefined()
    writeFileSync(join(keys, 'gateway.pem'), await pemOf('shep'))
    const { gateway } = await openAccess(settings, {})
    expect(gateway?.map(({ sha256 }) => sha256)).toEqual([(await pki.identity('shep')).certificate.sha256])
  })

  it('takes the password from the environment where that is said', async () => {
    const given = accessSettings.parse({ ...settings, password: { variable: 'QYZMET_SHEP_PASSWORD' } })
    expect(await openAccess(given, { QYZMET_SHEP_PASSWORD: 'demo' })).toMatchObject({ password: 'demo' })
    expect(await wrong({}, given)).toContain('QYZMET_SHEP_PASSWORD is not set')
  })

  it.each<[string, () => Promise<void> | void, string]>([
    ['a key that others can read', () => chmodSync(join(keys, 'system.pem'), 0o644), 'chmod 600'],
    ['a password that others can read', () => chmodSync(join(folder, 'password'), 0o640), 'chmod 600'],
    ['a gateway without certificate', () => writeFileSync(join(keys, 'gateway.pem'), 'none'), 'gateway.pem holds no certificate'],
    ['no key', () => rmSync(join(keys, 'system.pem')), 'system.pem cannot be read'],
    ['a certificate alone', async () => writeFileSync(join(keys, 'system.pem'), await pemOf('shep')), 'no private key'],
    [
      "a key with somebody else's certificate",
      async () => writeFileSync(join(keys, 'system.pem'), (await pemOf('shep')) + identityText(await pki.identity('corporation-system'))),
      'is not that of its first certificate',
    ],
    [
      'a damaged key',
      () => writeFileSync(join(keys, 'system.pem'), '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
      'no private key',
    ],
    ['no root', async () => writeFileSync(join(keys, 'trust', 'all.pem'), await pemOf('authority')), 'holds no root'],
    ['a file without certificates', () => writeFileSync(join(keys, 'trust', 'more.pem'), 'none'), 'holds no certificate'],
    ['no trust', () => rmSync(join(keys, 'trust'), { recursive: true }), 'holds the certificates that are believed'],
    ['an empty password', () => writeFileSync(join(folder, 'password'), '\n'), 'is empty'],
  ])('is refused at the start with what to do: %s', async (_, spoil, words) => {
    await spoil()
    const said = await wrong()
    expect(said).toContain('AccessWrong')
    expect(said).toContain(words)
  })
})

describe('settings of the register', () => {
  const plain = { endpoint: 'https://shep.example.kz/bip-sync-wss-gost/', senderCode: 'DEMO' }
  const consent = { company: 'DEMO', companyBin: '160440007161', responsible: 'Үлгі Айжан', dataName: 'address' }

  it('have the ordinary time-outs, and name everything that is wrong at once', () => {
    expect(registerSettings.parse(plain)).toMatchObject({ service: 'plain', timeoutMs: 30_000, signedAnswers: false })
    expect(registerSettings.parse({ ...plain, service: 'token', consent })).toMatchObject({
      consent: { timeoutMs: 60_000, tokenForMs: 600_000 },
    })
    const issues = registerSettings.safeParse({
      endpoint: 'shep',
      service: 'sms',
      timeoutMs: 5,
      consent: { ...consent, companyBin: '123' },
      password: 'x',
    }).error?.issues
    const paths = issues?.map(({ path }) => path.join('.'))
    expect(paths).toEqual(expect.arrayContaining(['endpoint', 'service', 'timeoutMs', 'consent.companyBin', 'senderCode', '']))
    expect(registerSettings.safeParse({ ...plain, service: 'token' }).error?.issues).toMatchObject([{ path: ['consent'] }])
  })

  it('ask for an RSA key where passes are signed, since the service knows no other', async () => {
    const access = await openAccess(settings, {})
    const token = registerSettings.parse({ ...plain, service: 'token', consent })
    await expect(registerFrom(token, { access, now })).rejects.toThrow(/RS256/)
    const rsa = await makePki({ algorithm: 'rsa', at: now() })
    const key = join(keys, 'consent.pem')
    writeFileSync(key, identityText(await rsa.identity('corporation-system')), { mode: 0o600 })
    const { close } = await registerFrom(
      { ...token, consent: { ...token.consent, ...consent, key } as NonNullable<typeof token.consent> },
      { access, now },
    ) // parsed above
    close()
  })
})

import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importPrivate, type PrivateKey } from './algorithms/keys.ts'
import { readCertificates } from './certificates/certificate.ts'
import { pemBlocks, toPem } from './certificates/pem.ts'
import { type Stamp, signCms } from './cms/sign.ts'
import { writeOnce } from './onceWritten.ts'
import { makeCertificate } from './simulator/certificate.ts'

/** The installation's own word, where no person signs: what it hands out was made by it. */
export interface InstallationKey {
  /** The certificate and those above it, PEM: whoever checks has to have been given it apart. */
  readonly certificates: string
  /** Detached CMS, DER. @param at RFC 3339 by the law's clock */
  sign(content: Uint8Array, at: string): Promise<Uint8Array>
}

/**
 * `<folder>/installation.pem`: a private key (PKCS#8) and its certificates, mode 0600. An installation puts there what its certification centre
 * gave it; where there is nothing, a key with a certificate of its own (RSA-3072, ten years) is made when it is first asked for. RSA, because the same content
 * and time then give the same signature: a paper that is printed again has the same bytes.
 * @param now milliseconds since 1970
 */
export function installationKey(folder: string, now: () => number, stamp?: Stamp): InstallationKey {
  let known: { key: PrivateKey; chain: readonly Uint8Array[]; pem: string } | undefined
  const opened = () => {
    known ??= readOrMake(join(folder, 'installation.pem'), now)
    return known
  }
  return {
    get certificates() {
      return opened().pem
    },
    sign: async (content, at) => {
      const { key, chain } = opened()
      const [certificate, ...above] = chain
      if (certificate === undefined) throw new Error('installation.pem holds no certificate')
      const signer = { key, certificate, chain: above }
      return signCms(content, [signer], { at, namesCertificate: true, ...(stamp === undefined ? {} : { stamp }) })
    },
  }
}

function readOrMake(file: string, now: () => number) {
  if (!existsSync(file)) make(file, now())
  const text = readFileSync(file, 'utf8')
  const chain = readCertificates(text)
  const [pkcs8] = pemBlocks(text, 'PRIVATE KEY')
  if (chain === null || chain.length === 0 || pkcs8 === undefined)
    throw new Error(`${file} must hold a private key (PKCS#8) and its certificates, PEM`)
  const ders = chain.map(({ der }) => der)
  return { key: importPrivate(pkcs8), chain: ders, pem: ders.map((der) => toPem(der, 'CERTIFICATE')).join('') }
}

function make(file: string, now: number): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
  const subject = { commonName: 'QYZMET INSTALLATION' }
  const from = Temporal.Instant.fromEpochMilliseconds(now)
  const certificate = makeCertificate({
    subject,
    issuer: subject,
    publicKey,
    issuerKey: privateKey,
    serial: Uint8Array.of(0x40, ...randomBytes(7)),
    from,
    until: from.add({ hours: 24 * 3652 }),
    usage: 'sign',
  })
  writeOnce(file, `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${certificate}`)
}

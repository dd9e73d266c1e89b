import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importPrivate, type PrivateKey, spkiOf, UnusableKey } from '../../seal/algorithms/keys.ts'
import { type Certificate, readCertificates } from '../../seal/certificates/certificate.ts'
import type { TrustStore } from '../../seal/certificates/path.ts'
import { pemBlocks } from '../../seal/certificates/pem.ts'
import { sameBytes } from '../../seal/der/values.ts'
import type { XmlSigner } from '../../seal/xmldsig/sign.ts'
import type { TransportStanding } from '../shep/standing.ts'
import type { TransportTrust } from '../shep/transport.ts'
import { openStanding, usualRevocation } from './revocation.ts'
import { type AccessSettings, AccessWrong, readPrivate, readSecret } from './settings.ts'

/** A system of ours as the gateway knows it, ready to speak. `password` goes into signed bodies and nowhere else. */
export interface Access {
  readonly senderId: string
  readonly password: string
  readonly signer: XmlSigner
  readonly trust: TrustStore
  /** Certificates of others that signatures only name, by issuer and serial number. */
  readonly known: readonly Certificate[]
  /** Who speaks for the gateway; absent: everybody in `known`. Any participant's certificate leads to the same roots. */
  readonly gateway?: readonly Certificate[]
  /** Whether certificates of the gateway were taken back; absent: nobody is asked. */
  readonly standing?: TransportStanding
}

/** Any participant's certificate leads to the same roots: for the gateway speaks only one that we hold as its own. */
export const gatewayTrust = ({ gateway, known, standing }: Pick<Access, 'gateway' | 'known' | 'standing'>): TransportTrust => ({
  trust: { roots: [], authorities: [] },
  pinned: gateway ?? known,
  ...(standing === undefined ? {} : { standing }),
})

/** @throws AccessWrong */
export async function openAccess(
  { senderId, password, keys, revocation = usualRevocation }: AccessSettings,
  env: NodeJS.ProcessEnv,
  unknown?: (why: string) => void,
): Promise<Access> {
  const signer = await readSigner(join(keys, 'system.pem'))
  const { roots, authorities, known } = readTrust(join(keys, 'trust'))
  const pinned = join(keys, 'gateway.pem')
  const gateway = existsSync(pinned) ? { gateway: certificatesIn(pinned) } : {}
  const trust = { roots, authorities }
  const standing = openStanding(revocation, trust, unknown)
  return { senderId, password: readSecret(password, env), signer, trust, known, ...gateway, ...(standing === null ? {} : { standing }) }
}

/**
 * A private key with its certificate, and perhaps those above it, in one file of PEM.
 * @throws AccessWrong
 */
export async function readSigner(file: string): Promise<XmlSigner> {
  const text = readPrivate(file)
  const [pkcs8] = pemBlocks(text, 'PRIVATE KEY')
  const [certificate] = readCertificates(text) ?? []
  if (pkcs8 === undefined || certificate === undefined) throw new AccessWrong(`${file} holds no private key (PKCS#8) with its certificate.`)
  const key = keyIn(file, pkcs8)
  if (!sameBytes(await spkiOf(key), certificate.spki)) throw new AccessWrong(`The key in ${file} is not that of its first certificate.`)
  return { key, certificate }
}

function keyIn(file: string, pkcs8: Uint8Array): PrivateKey {
  try {
    return importPrivate(pkcs8)
  } catch (cause) {
    if (cause instanceof UnusableKey) throw new AccessWrong(`The key in ${file} cannot be used: ${cause.message}`, { cause })
    throw cause
  }
}

/**
 * What is believed, told apart by what each certificate is: issued by itself, it is a root; allowed to issue, an authority; else somebody's, whom
 * a signature may name without showing the certificate.
 */
function readTrust(folder: string): { roots: Certificate[]; authorities: Certificate[]; known: Certificate[] } {
  const files = listed(folder).filter((name) => name.endsWith('.pem'))
  const all = files.flatMap((name) => certificatesIn(join(folder, name)))
  const isRoot = (one: Certificate) => sameBytes(one.subject.der, one.issuer.der)
  const roots = all.filter(isRoot)
  if (roots.length === 0)
    throw new AccessWrong(`${folder} holds no root: put the certificates of the National Certification Authority there.`)
  const rest = all.filter((one) => !isRoot(one))
  const issues = (one: Certificate) => one.isAuthority
  return { roots, authorities: rest.filter(issues), known: rest.filter((one) => !issues(one)) }
}

function certificatesIn(file: string): Certificate[] {
  const found = readCertificates(readPem(file))
  if (found === null || found.length === 0) throw new AccessWrong(`${file} holds no certificate.`)
  return found
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (cause) {
    throw new AccessWrong(`${folder} cannot be read: it holds the certificates that are believed.`, { cause })
  }
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new AccessWrong(`${file} cannot be read.`, { cause })
  }
}

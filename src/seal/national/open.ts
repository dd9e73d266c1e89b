import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { httpAsking } from '../certificates/asking.ts'
import { type Certificate, readCertificate } from '../certificates/certificate.ts'
import type { TrustStore } from '../certificates/path.ts'
import { revocations } from '../certificates/revocation.ts'
import { sameBytes } from '../der/values.ts'
import type { Seal } from '../seal.ts'
import type { Court } from './judge.ts'
import { nationalSeal } from './national.ts'
import { stampFrom } from './stamping.ts'

export interface NationalKeys {
  /** Folder of certificates that are believed: those in their own name are roots, the others issuing authorities. */
  readonly trust: string
  /** URL of the time-stamping authority; absent: signatures stay without our time-stamp. */
  readonly timestamps?: string | undefined
  /** URL of a responder for certificates that name none. */
  readonly ocsp?: string | undefined
}

/** The folder of trust cannot be used: it has no root, or a file in it is none of its kind. */
export class TrustWrong extends Error {
  override name = 'TrustWrong'
}

const forms = new Set(['.pem', '.crt', '.cer', '.der'])

/**
 * The certificates of a folder (PEM or DER; its subfolders are not looked into). Whoever can write there decides whose signatures count. Throws `TrustWrong` where there is no root, or
 * a file cannot be read: an installation that believes less than it was told to is worse than one that does not start.
 */
export function trustIn(folder: string): TrustStore {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && forms.has(extname(entry.name).toLowerCase()),
  )
  const all = files.map(({ name }) => readAt(join(folder, name)))
  const isRoot = ({ subject, issuer }: Certificate): boolean => sameBytes(subject.der, issuer.der)
  const roots = all.filter(isRoot)
  if (roots.length === 0) throw new TrustWrong(`${folder} holds no certificate of a root: put the roots of the certification centre there.`)
  return { roots, authorities: all.filter((one) => !isRoot(one)) }
}

function readAt(file: string): Certificate {
  const bytes = readFileSync(file)
  const read = readCertificate(bytes.includes('-----BEGIN ') ? bytes.toString('latin1') : bytes)
  if (read === null) throw new TrustWrong(`${file} is no certificate.`)
  return read
}

/** The seal of an installation whose people have keys of the certification centre, and by whom it judges. */
export function openNationalSeal({ trust, timestamps, ocsp }: NationalKeys): { readonly seal: Seal; readonly court: Court } {
  const asking = httpAsking()
  const court = { trust: trustIn(trust), revocations: revocations({ asking, ocspUrl: ocsp }) }
  return { court, seal: nationalSeal({ ...court, stamp: timestamps === undefined ? undefined : stampFrom(timestamps, asking) }) }
}

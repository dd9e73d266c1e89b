import type { Certificate } from '../../seal/certificates/certificate.ts'
import type { PkiFolder } from './keep.ts'
import type { Revocation } from './revocations.ts'

/** What the authority knows of its certificates: which numbers it gave, and which it took back. */
export interface Book {
  note(certificate: Certificate): void
  /** Whether the authority of this key id (hex) made a certificate of this number. */
  issued(serial: string, issuer: string | null): boolean
  revocations(): Revocation[]
  revocation(serial: string): Revocation | undefined
  revoke(revocation: Revocation): void
}

/** @param kept another process may make identities in the same folder: a number that is not known is looked for there before it is called unknown */
export function bookOf(kept: PkiFolder | null): Book {
  /** By serial number: the key id of whoever issued it. */
  const issuers = new Map<string, string | null>()
  const seen = new Set<string>()
  const inMemory: Revocation[] = []
  const note = ({ serial, authorityKeyId }: Certificate): void => void issuers.set(serial, authorityKeyId)
  const readNew = (): void => {
    for (const name of kept?.identities() ?? []) {
      if (seen.has(name)) continue
      const found = kept?.read(name)
      if (found) note(found.certificate)
      seen.add(name)
    }
  }
  const revocations = (): Revocation[] => kept?.revocations() ?? inMemory
  return {
    note,
    issued(serial, issuer) {
      if (!issuers.has(serial)) readNew()
      return issuer !== null && issuers.get(serial) === issuer
    },
    revocations,
    revocation: (serial) => revocations().find((one) => one.serial === serial),
    revoke: (one) => void (kept === null ? inMemory.push(one) : kept.revoke(one)),
  }
}

import type { RevocationReason } from '../../seal/certificates/status.ts'

/** A certificate that was taken back: by its serial number in hex. */
export interface Revocation {
  readonly serial: string
  /** RFC 3339. */
  readonly since: string
  readonly reason: RevocationReason
}

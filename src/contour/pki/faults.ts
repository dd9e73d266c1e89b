import { createHash, privateEncrypt } from 'node:crypto'
import type { PrivateKey } from '../../seal/algorithms/keys.ts'
import * as der from '../../seal/der/write.ts'

/** What can be wrong with a certificate that is made to be refused. */
export const faults = ['expired', 'notYetValid', 'revoked', 'wrongPerson', 'wrongOrganisation', 'untrusted', 'weakAlgorithm'] as const
export type Fault = (typeof faults)[number]

/** `almaty.operator.signIn`, `almaty.operator.expired` → whose, for what, what is wrong. */
export function faultOf(name: string): { readonly person: string; readonly use: 'sign' | 'signIn'; readonly fault: Fault | null } {
  const parts = name.split('.')
  const last = parts.at(-1)
  const fault = faults.find((one) => one === last) ?? null
  if (fault !== null) parts.pop()
  const use = parts.at(-1) === 'signIn' ? 'signIn' : 'sign'
  if (use === 'signIn') parts.pop()
  return { person: parts.join('.'), use, fault }
}

export function shifted(at: string, days: number): string {
  return Temporal.Instant.from(at)
    .add({ hours: days * 24 })
    .toString()
}

const sha1WithRsa = der.sequence(der.oid('1.2.840.113549.1.1.5'), der.nothing())

/** PKCS#1 v1.5 over SHA-1, which nobody signs with any more: made by hand, so that it can be refused. */
export function signSha1({ key }: PrivateKey, data: Uint8Array): { readonly identifier: Uint8Array; readonly signature: Uint8Array } {
  const info = der.sequence(der.sequence(der.oid('1.3.14.3.2.26'), der.nothing()), der.octets(createHash('sha1').update(data).digest()))
  // The platform's private encryption is RSASSA-PKCS1-v1_5 with the DigestInfo given.
  return { identifier: sha1WithRsa, signature: privateEncrypt(key, info) }
}

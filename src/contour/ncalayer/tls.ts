import { randomBytes } from 'node:crypto'
import { algorithmIdentifier } from '../../seal/algorithms/identifiers.ts'
import { exportPrivate, generateKey, spkiOf } from '../../seal/algorithms/keys.ts'
import { signBytes } from '../../seal/algorithms/verify.ts'
import * as der from '../../seal/der/write.ts'

/** PEM. */
export interface OwnTls {
  readonly cert: string
  readonly key: string
}

/**
 * A certificate for 127.0.0.1 and localhost that nobody but itself signed, as NCALayer's own is until its installer tells the browser: whoever opens
 * the window's address once and agrees has told it. Chromium takes one for at most 825 days. `at` is the machine's time, RFC 3339.
 */
export async function ownTls(at: string): Promise<OwnTls> {
  const key = await generateKey('ecdsa-p256-sha256')
  const from = Temporal.Instant.from(at).subtract({ hours: 24 })
  const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8('NCALayer emulator'))))
  const signedBy = algorithmIdentifier(key.algorithm)
  const body = der.sequence(
    der.tagged(0, der.whole(2)),
    der.integer(randomBytes(16).map((byte, index) => (index === 0 ? (byte & 0x3f) | 0x40 : byte))),
    signedBy,
    name,
    der.sequence(der.time(from), der.time(from.add({ hours: 24 * 800 }))),
    name,
    await spkiOf(key),
    der.tagged(3, der.sequence(...extensions())),
  )
  const certificate = der.sequence(body, signedBy, der.bits(await signBytes(key, body)))
  return { cert: pem('CERTIFICATE', certificate), key: pem('PRIVATE KEY', exportPrivate(key)) }
}

/** For a server, under the names by which pages call it: an address and a name. */
function extensions(): Buffer[] {
  const extension = (oid: string, value: Uint8Array, critical = false) =>
    der.sequence(der.oid(oid), ...(critical ? [der.yes()] : []), der.octets(value))
  const names = [der.taggedBytes(7, Uint8Array.of(127, 0, 0, 1)), der.taggedBytes(2, Buffer.from('localhost', 'latin1'))]
  return [
    extension('2.5.29.19', der.sequence(), true),
    extension('2.5.29.15', der.namedBits([0]), true),
    extension('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', der.sequence(...names)),
  ]
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

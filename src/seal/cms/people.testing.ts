import { algorithmIdentifier } from '../algorithms/identifiers.ts'
import { generateKey, type PrivateKey, spkiOf } from '../algorithms/keys.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import { signBytes } from '../algorithms/verify.ts'
import { bits, integer, namedBits, octets, oid, printable, sequence, set, tagged, time, utf8, whole, yes } from '../der/write.ts'
import type { CmsSigner } from './sign.ts'

/** An invented person with a certificate of an invented authority: enough for signatures; paths, usages and lists are the matter of certificates. */
export async function personWith(algorithm: AlgorithmName, authority?: CmsSigner): Promise<CmsSigner> {
  const own = await generateKey(algorithm)
  if (authority === undefined) return { key: own, certificate: await certificateOf(own, own, 'ҮЛГІБАЕВА АСЕМ', 'ҮЛГІБАЕВА АСЕМ') }
  return {
    key: own,
    certificate: await certificateOf(own, authority.key, 'ҮЛГІБАЕВА АСЕМ', 'ДЕМО КУӘЛАНДЫРУШЫ'),
    chain: [authority.certificate],
  }
}

export async function authorityWith(algorithm: AlgorithmName): Promise<CmsSigner> {
  const key = await generateKey(algorithm)
  return { key, certificate: await certificateOf(key, key, 'ДЕМО КУӘЛАНДЫРУШЫ', 'ДЕМО КУӘЛАНДЫРУШЫ', true) }
}

let made = 0

async function certificateOf(own: PrivateKey, issuer: PrivateKey, subject: string, by: string, isAuthority = false): Promise<Uint8Array> {
  made += 1
  const algorithm = algorithmIdentifier(issuer.algorithm)
  const usage = extension('2.5.29.15', namedBits(isAuthority ? [5, 6] : [0, 1]))
  const key = extension('2.5.29.14', octets(integer(Uint8Array.of(made >> 8, made))))
  const body = sequence(
    tagged(0, whole(2)),
    integer(Uint8Array.of(0x5a, made >> 8, made)),
    algorithm,
    nameOf(by),
    sequence(time(Temporal.Instant.from('2019-01-01T00:00:00Z')), time(Temporal.Instant.from('2049-01-01T00:00:00Z'))),
    nameOf(subject),
    await spkiOf(own),
    tagged(3, sequence(usage, key, ...(isAuthority ? [extension('2.5.29.19', sequence(yes()))] : []))),
  )
  return sequence(body, algorithm, bits(await signBytes(issuer, body)))
}

const extension = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), yes(), octets(value))

const nameOf = (common: string): Uint8Array =>
  sequence(
    set(sequence(oid('2.5.4.3'), utf8(common))),
    set(sequence(oid('2.5.4.5'), printable('IIN850315499992'))),
    set(sequence(oid('2.5.4.6'), printable('KZ'))),
  )

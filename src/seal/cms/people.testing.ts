import { algorithmIdentifier } from '../algorithms/identifiers.ts'
import { generateKey, type PrivateKey, spkiOf } from '../algorithms/keys.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import { signBytes } from '../algorithms/verify.ts'
import { bits, integer, namedBits, octets, oid, printable, sequence, set, tagged, time, utf8, whole, yes } from '../der/write.ts'
import type { CmsSigner } from './sign.ts'

const person = 'ҮЛГІБАЕВА АСЕМ'
const centre = 'ДЕМО КУӘЛАНДЫРУШЫ'

/** An invented person with a certificate of an invented authority: enough for signatures; paths, usages and lists are the matter of certificates. */
export async function personWith(algorithm: AlgorithmName, authority?: CmsSigner, usages: readonly string[] = []): Promise<CmsSigner> {
  const key = await generateKey(algorithm)
  if (authority === undefined) return { key, certificate: await certificateOf(key, key, [person, person], usageOf([0, 1])) }
  const purposes = usages.length > 0 ? [extension('2.5.29.37', sequence(...usages.map(oid)), true)] : []
  const certificate = await certificateOf(key, authority.key, [person, centre], [...usageOf([0, 1]), ...purposes])
  return { key, certificate, chain: [authority.certificate] }
}

export async function authorityWith(algorithm: AlgorithmName): Promise<CmsSigner> {
  const key = await generateKey(algorithm)
  const certificate = await certificateOf(key, key, [centre, centre], [...usageOf([5, 6]), extension('2.5.29.19', sequence(yes()), true)])
  return { key, certificate }
}

const usageOf = (numbers: readonly number[]) => [extension('2.5.29.15', namedBits(numbers), true)]

let made = 0

async function certificateOf(
  own: PrivateKey,
  issuer: PrivateKey,
  [subject, by]: [string, string],
  more: Uint8Array[],
): Promise<Uint8Array> {
  made += 1
  const algorithm = algorithmIdentifier(issuer.algorithm)
  const number = Uint8Array.of(0x5a, made >> 8, made)
  const body = sequence(
    tagged(0, whole(2)),
    integer(number),
    algorithm,
    nameOf(by),
    sequence(time(Temporal.Instant.from('2019-01-01T00:00:00Z')), time(Temporal.Instant.from('2049-01-01T00:00:00Z'))),
    nameOf(subject),
    await spkiOf(own),
    tagged(3, sequence(...more, extension('2.5.29.14', octets(number), false))),
  )
  return sequence(body, algorithm, bits(await signBytes(issuer, body)))
}

const extension = (id: string, value: Uint8Array, critical: boolean): Uint8Array =>
  sequence(oid(id), ...(critical ? [yes()] : []), octets(value))

const nameOf = (common: string): Uint8Array =>
  sequence(
    set(sequence(oid('2.5.4.3'), utf8(common))),
    set(sequence(oid('2.5.4.5'), printable('IIN850315499992'))),
    set(sequence(oid('2.5.4.6'), printable('KZ'))),
  )

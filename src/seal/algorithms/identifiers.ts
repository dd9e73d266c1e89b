import { type Der, Fields } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { tags } from '../der/tags.ts'
import { oidOf, sameBytes } from '../der/values.ts'
import { nothing, oid, sequence, tagged, whole } from '../der/write.ts'
import { type DigestName, digestByOid, digests } from './digests.ts'
import { type Algorithm, type AlgorithmName, algorithmNames, algorithms, keyKinds, olderOids } from './table.ts'

const mgf1 = '1.2.840.113549.1.1.8'

/**
 * The algorithm that an AlgorithmIdentifier names, or null. CMS may name only the key (rsaEncryption, RFC 3370 section 3.2) and the digest beside it: then `digest`
 * decides. Parameters that do not belong there are an unknown algorithm; what is no AlgorithmIdentifier throws DerRefused.
 */
export function algorithmOf(identifier: Der, digest?: DigestName): AlgorithmName | null {
  const fields = new Fields(identifier)
  const named = oidOf(fields.next())
  const isNull = nullIn(fields)
  const other = fields.optional(tags.sequence)
  fields.end()
  if (named === algorithms['rsa-pss-sha256'].oid) return other === null ? null : pssOf(other)
  if (other !== null) return null
  if (named === keyKinds.rsa.oid && digest !== undefined) return algorithmNames.find((name) => isPkcs1(algorithms[name], digest)) ?? null
  const name = olderOids[named] ?? algorithmNames.find((one) => algorithms[one].oid === named)
  if (name === undefined || (isNull && algorithms[name].parameters === 'absent')) return null
  return name
}

/** The AlgorithmIdentifier of a signature. */
export function algorithmIdentifier(name: AlgorithmName): Uint8Array {
  const algorithm: Algorithm = algorithms[name]
  if (algorithm.parameters === 'absent') return sequence(oid(algorithm.oid))
  return sequence(oid(algorithm.oid), algorithm.parameters === 'pss' ? pssParameters(algorithm.digest) : nothing())
}

/**
 * The digest that an AlgorithmIdentifier names, or null. NULL and absent parameters are the same (RFC 5754 section 2); with others, or where it is none, it names
 * nothing. Never throws: it is asked of whatever came, also before anything of it was judged.
 */
export function digestOfIdentifier(identifier: Der): DigestName | null {
  try {
    const fields = new Fields(identifier)
    const named = oidOf(fields.next())
    nullIn(fields)
    fields.end()
    return digestByOid(named)
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

/** The AlgorithmIdentifier of a digest, with NULL as the country's programs and OpenSSL 1 to 3 write it. */
export function digestIdentifier(name: DigestName): Uint8Array {
  return sequence(oid(digests[name].oid), nothing())
}

function isPkcs1(algorithm: Algorithm, digest: DigestName): boolean {
  return algorithm.kind === 'rsa' && algorithm.parameters === 'null' && algorithm.digest === digest
}

/** RFC 4055 section 3.1: only the same digest twice and a salt as long as it are taken, which is what everybody writes. */
function pssOf(parameters: Der): AlgorithmName | null {
  const found = algorithmNames.find((name) => {
    const algorithm: Algorithm = algorithms[name]
    return (
      algorithm.parameters === 'pss' && [true, false].some((isNull) => sameBytes(pssParameters(algorithm.digest, isNull), parameters.bytes))
    )
  })
  return found ?? null
}

function pssParameters(digest: DigestName, isNull = true): Uint8Array {
  const hash = isNull ? digestIdentifier(digest) : sequence(oid(digests[digest].oid))
  return sequence(tagged(0, hash), tagged(1, sequence(oid(mgf1), hash)), tagged(2, whole(digests[digest].size)))
}

/** Whether NULL stands next; it is taken. */
function nullIn(fields: Fields): boolean {
  const value = fields.optional(tags.nothing)
  if (value !== null && value.content.length > 0) throw new DerRefused('A NULL with content.')
  return value !== null
}

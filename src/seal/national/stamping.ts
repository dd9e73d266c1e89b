import { randomBytes } from 'node:crypto'
import { digestIdentifier } from '../algorithms/identifiers.ts'
import type { Asking } from '../certificates/asking.ts'
import { readTimestampResponse, writeTimestampRequest } from '../certificates/timestamp.ts'
import type { Stamp } from '../cms/sign.ts'
import { readTimestamp } from '../cms/timestamp.ts'
import { sameBytes } from '../der/values.ts'

/** Asks a time-stamping authority over HTTP; null where it does not answer, or answers something else than was asked. Whether it is to be believed is judged with the signature. */
export function stampFrom(url: string, asking: Asking): Stamp {
  return async ({ digest, hash }) => {
    const nonce = randomBytes(16)
    const digestAlgorithm = digestIdentifier(digest)
    const answer = await asking.ask({ url, kind: 'tsp', body: writeTimestampRequest({ digestAlgorithm, digest: hash, nonce }) })
    const reading = answer.kind === 'bytes' ? readTimestampResponse(answer.bytes) : null
    if (reading?.kind !== 'token') return null
    const read = readTimestamp(reading.token)
    if (read === null || !sameBytes(read.digest, hash) || !isNonce(read.nonce, nonce)) return null
    return reading.token
  }
}

/** The number is the same whatever zeros stand before it. */
const isNonce = (given: string | null, own: Uint8Array): boolean =>
  given !== null && BigInt(`0x${given}`) === BigInt(`0x${Buffer.from(own).toString('hex')}`)

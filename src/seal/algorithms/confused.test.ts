import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { element, integer, nothing, octets, oid, sequence } from '../der/write.ts'
import { generateKey, spkiOf } from './keys.ts'
import type { AlgorithmName } from './table.ts'
import { digestNow, type EcdsaForm, signBytes, verifyBytes } from './verify.ts'

/** In the manner of Wycheproof, second part: what is right under another name, in another form or with something in between; see also hostile.test.ts. */

const data = Buffer.from('{"asks":"екінші санат"}')
const big = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const fixed = (value: bigint, size: number): Buffer => Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex')

describe.each([
  ['ecdsa-p256-sha256', 32, 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n],
  ['ecdsa-p384-sha384', 48, 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n],
] as const)('%s', (algorithm, size, order) => {
  let spki: Uint8Array
  let r: bigint
  let s: bigint
  beforeAll(async () => {
    const key = await generateKey(algorithm)
    spki = await spkiOf(key)
    const right = await signBytes(key, data, 'pair')
    r = big(right.subarray(0, size))
    s = big(right.subarray(size))
  })
  const verdict = (signature: Uint8Array, form: EcdsaForm) => verifyBytes({ algorithm, spki, data, signature, form })
  const pair = (one: bigint, two: bigint): Buffer => Buffer.concat([fixed(one, size), fixed(two, size)])
  const der = (one: bigint, two: bigint): Buffer => sequence(integer(fixed(one, size + 1)), integer(fixed(two, size + 1)))

  it.each([
    ['r of zero', () => [0n, s]],
    ['s of zero', () => [r, 0n]],
    ['r of one, s of one', () => [1n, 1n]],
    ['r of the order', () => [order, s]],
    ['s of the order', () => [r, order]],
    ['r one below the order', () => [order - 1n, s]],
    ['s one over the order', () => [r, order + 1n]],
    ['r negative modulo the order', () => [order - r, s]],
    ['s, then r', () => [s, r]],
  ] as const)('a signature with %s', async (_, numbers) => {
    const [one = 0n, two = 0n] = numbers()
    expect(await verdict(der(one, two), 'der')).toBe('badSignature')
    expect(await verdict(pair(one, two), 'pair')).toBe('badSignature')
  })

  it.each([
    ['the form of certificates where XML has a pair', () => der(r, s), 'pair'],
    ['a pair where certificates have the other form', () => pair(r, s), 'der'],
    ['a pair that is an octet short', () => pair(r, s).subarray(1), 'pair'],
    ['a pair that is an octet long', () => Buffer.concat([Buffer.alloc(1), pair(r, s)]), 'pair'],
    ['a pair of longer halves', () => Buffer.concat([fixed(r, size + 2), fixed(s, size + 2)]), 'pair'],
    ['little-endian halves', () => Buffer.concat([fixed(r, size).reverse(), fixed(s, size).reverse()]), 'pair'],
    ['a length with a zero before it', () => Buffer.concat([Buffer.from([0x30, 0x82, 0]), der(r, s).subarray(1)]), 'der'],
    ['a number without its zero before the sign', () => sequence(element(2, fixed(r | (1n << BigInt(size * 8 - 1)), size)), integer(fixed(s, size))), 'der'],
    ['a text of numbers', () => sequence(element(4, fixed(r, size)), element(4, fixed(s, size))), 'der'],
    ['a NULL behind its numbers', () => sequence(integer(fixed(r, size)), integer(fixed(s, size)), nothing()), 'der'],
    ['nothing', () => Buffer.alloc(0), 'pair'],
  ] as const)('a signature in %s', async (_, signature, form) => expect(await verdict(signature(), form)).toBe('badSignature')) // biome-ignore format: a vector a line

  it('its other half is a signature too: ECDSA itself says so, and nobody may take its octets for what names a signature', async () => {
    expect(await verdict(der(r, order - s), 'der')).toBe('valid')
  })
})

describe('RSA', () => {
  const low = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
  const spki = low.publicKey.export({ format: 'der', type: 'spki' })
  const modulus = big(Buffer.from(low.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'))
  const digest = digestNow('sha256', data)
  const right = sign('sha256', data, low.privateKey)
  const sha256 = oid('2.16.840.1.101.3.4.2.1')
  const verdict = (signature: Uint8Array, algorithm: AlgorithmName) => verifyBytes({ algorithm, spki, data, signature })

  /** A block of PKCS#1 with this in the place of its DigestInfo. */
  const raw = (info: Uint8Array, key: KeyObject = low.privateKey): Buffer => {
    const block = Buffer.concat([Uint8Array.of(0, 1), Buffer.alloc(256 - 3 - info.length, 0xff), Uint8Array.of(0), info])
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block)
  }

  it.each([
    ['no NULL in its DigestInfo', () => raw(sequence(sequence(sha256), octets(digest)))],
    ['rubbish in the place of the NULL', () => raw(sequence(sequence(sha256, octets(Buffer.alloc(64, 7))), octets(digest)))],
    ['rubbish behind the NULL', () => raw(sequence(sequence(sha256, nothing(), octets(Buffer.alloc(64, 7))), octets(digest)))],
    ['rubbish behind the digest, inside', () => raw(sequence(sequence(sha256, nothing()), octets(digest), octets(Buffer.alloc(64, 7))))],
    ['a length in the form of BER', () => raw(Buffer.concat([Uint8Array.of(0x30, 0x81, 0x31), sequence(sequence(sha256, nothing()), octets(digest)).subarray(2)]))],
    ['the name of SHA-512 over a SHA-256', () => raw(sequence(sequence(oid('2.16.840.1.101.3.4.2.3'), nothing()), octets(digest)))],
    ['the name of MD5', () => raw(sequence(sequence(oid('1.2.840.113549.2.5'), nothing()), octets(createHash('md5').update(data).digest())))],
    ['half a digest', () => raw(sequence(sequence(sha256, nothing()), octets(digest.subarray(0, 16))))],
    ['the cube root of a right beginning (e = 3)', () => fixed(cubeRoot(big(Buffer.concat([Buffer.from('0001ffffffffffffffff00', 'hex'), sequence(sequence(sha256, nothing()), octets(digest)), Buffer.alloc(194)]))) + 1n, 256)],
    ['the modulus added', () => (big(right) + modulus < 1n << 2048n ? fixed(big(right) + modulus, 256) : Buffer.concat([Uint8Array.of(1), fixed((big(right) + modulus) & ((1n << 2048n) - 1n), 256)]))],
    ['the modulus itself', () => fixed(modulus, 256)],
    ['its negative', () => fixed(modulus - big(right), 256)],
    ['one octet short', () => right.subarray(1)],
  ] as const)('a signature with %s', async (_, signature) => expect(await verdict(signature(), 'rsa-sha256')).toBe('badSignature')) // biome-ignore format: a vector a line

  const pss = (hash: string, saltLength: number) =>
    sign(hash, data, { key: low.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })
  it.each([
    ['PKCS#1 v1.5', () => right, 'rsa-pss-sha256'],
    ['another digest', () => pss('sha512', 64), 'rsa-pss-sha256'],
    ['no salt', () => pss('sha256', 0), 'rsa-pss-sha256'],
    ['the longest salt', () => pss('sha256', constants.RSA_PSS_SALTLEN_MAX_SIGN), 'rsa-pss-sha256'],
    ['a salt of the other digest', () => pss('sha256', 48), 'rsa-pss-sha256'],
    ['PSS under the name of PKCS#1', () => pss('sha256', 32), 'rsa-sha256'],
    ['a shorter digest under the name of a longer', () => right, 'rsa-sha512'],
  ] as const)('PSS is asked for and it is %s, or the other way', async (_, signature, algorithm) => {
    expect(await verdict(signature(), algorithm)).toBe('badSignature')
  })

  it('no key signs under an algorithm of another kind', async () => {
    for (const algorithm of ['ecdsa-p256-sha256', 'gost2015-512', 'gost2015-256', 'gost2004'] as const)
      expect(await verdict(right, algorithm)).toBe('wrongAlgorithm')
  })
})

/** Of the exponent three: whoever reads a signature only as far as it is right takes the root of a beginning for one (Bleichenbacher 2006). */
function cubeRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 3))
  for (;;) {
    const next = (2n * root + value / (root * root)) / 3n
    if (next >= root) return root
    root = next
  }
}

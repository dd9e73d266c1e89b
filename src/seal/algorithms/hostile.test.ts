import { generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bits, element, integer, nothing, octets, oid, sequence, whole } from '../der/write.ts'
import { curves } from '../gost/curves.ts'
import { generateKey, importPrivate, type PrivateKey, spkiOf, UnusableKey } from './keys.ts'
import { closeGostPool } from './pool.ts'
import { gostSpki, keyIdentifier } from './spki.ts'
import { type AlgorithmName, algorithms, keyKinds } from './table.ts'
import { digestNow, signBytes, verifyBytes } from './verify.ts'

/** In the manner of Wycheproof: signatures and keys that a careless verifier takes, each with the verdict that it must get. */

afterAll(closeGostPool)

const data = Buffer.from('{"asks":"екінші санат"}')
const gosts = [
  ['gost2015-512', 'a512'],
  ['gost2015-256', 'a256'],
  ['gost2004', 'cryptoProA'],
] as const

describe.each(gosts)('%s', (algorithm, curve) => {
  const { q, p, bits: width } = curves[curve]
  const size = width / 8
  let key: PrivateKey
  let spki: Uint8Array
  let right: Uint8Array
  let r: bigint
  let s: bigint
  beforeAll(async () => {
    key = await generateKey(algorithm)
    spki = await spkiOf(key)
    right = await signBytes(key, data)
    r = number(right.subarray(0, size))
    s = number(right.subarray(size))
  })
  const verdict = (signature: Uint8Array) => verifyBytes({ algorithm, spki, data, signature })
  const pair = (one: bigint, two: bigint) => Buffer.concat([little(one, size), little(two, size)])

  it('takes the right one', async () => expect(await verdict(pair(r, s))).toBe('valid'))

  it.each([
    ['r of zero', () => pair(0n, s)],
    ['s of zero', () => pair(r, 0n)],
    ['both of zero', () => pair(0n, 0n)],
    ['r of q', () => pair(q, s)],
    ['s of q', () => pair(r, q)],
    ['r one below q', () => pair(q - 1n, s)],
    ['s one below q', () => pair(r, q - 1n)],
    ['r and s of one', () => pair(1n, 1n)],
    ['r negative', () => pair(q - r, s)],
    ['s negative: its other half', () => pair(r, q - s)],
    ['all bits', () => Buffer.alloc(size * 2, 0xff)],
    ['s, then r', () => pair(s, r)],
    ['big-endian halves', () => Buffer.concat([Buffer.from(little(r, size)).reverse(), Buffer.from(little(s, size)).reverse()])],
    ['turned round whole', () => Buffer.from(right).reverse()],
    ['an octet less', () => right.subarray(0, -1)],
    ['an octet more', () => Buffer.concat([right, Buffer.alloc(1)])],
    ['half of it', () => right.subarray(0, size)],
    ['nothing', () => Buffer.alloc(0)],
    ['as DER', () => sequence(integer(Buffer.from(little(r, size)).reverse()), integer(Buffer.from(little(s, size)).reverse()))],
  ] as const)('a signature with %s', async (_, signature) => expect(await verdict(signature())).toBe('badSignature'))

  it('r over q that is right modulo it', async () => {
    // Only where it fits the octets: r + q below 2^bits.
    const over = r + q < 2n ** BigInt(width) ? pair(r + q, s) : pair(r, s + q < 2n ** BigInt(width) ? s + q : q)
    expect(await verdict(over)).toBe('badSignature')
  })

  const point = () => spki.subarray(-size * 2)
  const x = () => number(point().subarray(0, size))
  const y = () => number(point().subarray(size))
  it.each([
    ['no point of the curve', () => gostSpki(algorithm, pair(x(), y() ^ 1n)), 'damaged'],
    ['zero', () => gostSpki(algorithm, pair(0n, 0n)), 'damaged'],
    ['x over the field', () => gostSpki(algorithm, pair(p + 1n, y())), 'damaged'],
    ['y, then x', () => gostSpki(algorithm, pair(y(), x())), 'damaged'],
    ['big-endian', () => gostSpki(algorithm, Buffer.from(point()).reverse()), 'damaged'],
    ['an octet more', () => gostSpki(algorithm, Buffer.concat([point(), Buffer.alloc(1)])), 'damaged'],
    ['no octets', () => gostSpki(algorithm, Buffer.alloc(0)), 'damaged'],
    ['bits without the OCTET STRING', () => sequence(keyIdentifier(algorithm), bits(point())), 'damaged'],
    [
      'bits that are no whole octets',
      () => sequence(keyIdentifier(algorithm), bits(Buffer.concat([octets(point()).subarray(0, -1), Buffer.alloc(1)]), 1)),
      'damaged',
    ],
    ['no parameters', () => sequence(sequence(oid(keyKinds[algorithm].oid)), bits(octets(point()))), 'unknownAlgorithm'],
    ['parameters of NULL', () => sequence(sequence(oid(keyKinds[algorithm].oid), nothing()), bits(octets(point()))), 'unknownAlgorithm'],
    ['an octet after it', () => Buffer.concat([spki, Buffer.alloc(1)]), 'damaged'],
    ['nothing', () => Buffer.alloc(0), 'damaged'],
  ] as const)('a key with %s', async (_, spki, expected) => {
    expect(await verifyBytes({ algorithm, spki: spki(), data, signature: right })).toBe(expected)
  })

  it('the parameters of another curve', async () => {
    for (const [other] of gosts.filter(([name]) => name !== algorithm)) {
      const [, foreign] = keyKinds[other].parameters.list
      const mixed = sequence(oid(keyKinds[algorithm].oid), sequence(oid(keyKinds[other].parameters.list[0]), oid(foreign)))
      expect(await verifyBytes({ algorithm, spki: sequence(mixed, bits(octets(point()))), data, signature: right })).toBe(
        'unknownAlgorithm',
      )
      expect(await verifyBytes({ algorithm: other, spki, data, signature: right })).toBe('wrongAlgorithm')
    }
  })

  it('a private key of zero, of q or of another length', async () => {
    for (const scalar of [little(0n, size), little(q, size), Buffer.alloc(size - 1, 1), Buffer.alloc(size + 1, 1)]) {
      const pkcs8 = sequence(whole(0), keyIdentifier(algorithm), octets(octets(scalar)))
      expect(() => importPrivate(pkcs8)).toThrow(UnusableKey)
    }
  })
})

describe('points of GOST 34.10-2015-256 that are not of the order q', () => {
  const { p, a, b } = curves.a256
  it.each([
    ['of order two: its y is zero', 0x100fe73f595ff158e974b44d478d9588744fe5c192ac47ea63075dce7a14aaan, 0n],
    [
      'of order four',
      0x7f7f80c60535007538b45a5d95c39353bc5d80d1f36a9dc0ace7c5118c2f5977n,
      0x7e7e82520f9f015faa1d0f18c14ab9fb35188275da3fd94206b74f34a48e0ecdn,
    ],
    ['of four times q', 13n, 0x7529c2d9a6f589a791e45dcd493ab520f44dd1ca51c607d5db34c6a64cbba6a3n],
  ])('%s', async (_, x, y) => {
    expect((y * y - (x ** 3n + a * x + b)) % p).toBe(0n)
    const spki = gostSpki('gost2015-256', Buffer.concat([little(x, 32), little(y, 32)]))
    const signature = Buffer.concat([little(1n, 32), little(1n, 32)])
    expect(await verifyBytes({ algorithm: 'gost2015-256', spki, data, signature })).toBe('damaged')
  })
})

describe('ECDSA', () => {
  const algorithm = 'ecdsa-p256-sha256'
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  let spki: Uint8Array
  let r: bigint
  let s: bigint
  beforeAll(async () => {
    const key = await generateKey(algorithm)
    spki = await spkiOf(key)
    const right = await signBytes(key, data, 'pair')
    r = big(right.subarray(0, 32))
    s = big(right.subarray(32))
  })
  const positive = (value: bigint) => integer(Buffer.from(hexOf(value), 'hex'))
  const verdict = (signature: Uint8Array) => verifyBytes({ algorithm, spki, data, signature })

  it('takes the right one', async () => expect(await verdict(sequence(positive(r), positive(s)))).toBe('valid'))

  it.each([
    ['r of zero', () => sequence(whole(0), positive(s))],
    ['s of zero', () => sequence(positive(r), whole(0))],
    ['both of zero', () => sequence(whole(0), whole(0))],
    ['r and s of the order', () => sequence(positive(order), positive(order))],
    ['r over the order', () => sequence(positive(r + order), positive(s))],
    ['r negative', () => sequence(element(2, Buffer.from(hexOf(r | (1n << 255n)), 'hex')), positive(s))],
    ['a zero before r (BER)', () => sequence(element(2, Buffer.alloc(2), Buffer.from(hexOf(r), 'hex')), positive(s))],
    ['an octet after it', () => Buffer.concat([sequence(positive(r), positive(s)), Buffer.alloc(1)])],
    ['a third number', () => sequence(positive(r), positive(s), whole(1))],
    ['indefinite length', () => Buffer.concat([Buffer.from([0x30, 0x80]), positive(r), positive(s), Buffer.alloc(2)])],
    ['the plain pair', () => Buffer.from(hexOf(r) + hexOf(s), 'hex')],
  ] as const)('a signature with %s', async (_, signature) => expect(await verdict(signature())).toBe('badSignature'))

  it.each([
    ['of the other curve', async () => spkiOf(await generateKey('ecdsa-p384-sha384')), 'wrongAlgorithm'],
    ['on secp256k1', async () => spkiBytes('ec', { namedCurve: 'secp256k1' }), 'unknownAlgorithm'],
    ['with its curve written out', async () => spkiBytes('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }), 'unknownAlgorithm'],
    ['of Ed25519', async () => spkiBytes('ed25519', {}), 'unknownAlgorithm'],
    ['off the curve', async () => Buffer.concat([spki.subarray(0, -1), Uint8Array.of((spki.at(-1) ?? 0) ^ 1)]), 'damaged'],
    ['of the point at infinity', async () => sequence(keyIdentifier('p256'), bits(Buffer.alloc(1))), 'damaged'],
    [
      'compressed',
      async () => sequence(keyIdentifier('p256'), bits(Buffer.concat([Uint8Array.of(2), spki.subarray(-64, -32)]))),
      'damaged',
    ],
  ] as const)('a key %s', async (_, key, expected) => {
    const signature = sequence(positive(r), positive(s))
    expect(await verifyBytes({ algorithm, spki: await key(), data, signature })).toBe(expected)
  })
})

describe('RSA', () => {
  const algorithm = 'rsa-sha256'
  const low = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
  const spki = low.publicKey.export({ format: 'der', type: 'spki' })
  const info = sequence(sequence(oid('2.16.840.1.101.3.4.2.1'), nothing()), octets(digestNow('sha256', data)))
  const padded = (padding: number, tail: Uint8Array = Buffer.alloc(0)) =>
    Buffer.concat([Uint8Array.of(0, 1), Buffer.alloc(padding, 0xff), Uint8Array.of(0), info, tail])
  const raw = (block: Uint8Array, key: KeyObject = low.privateKey) => privateEncrypt({ key, padding: 3 }, block)
  const verdict = (signature: Uint8Array, name: AlgorithmName = algorithm) => verifyBytes({ algorithm: name, spki, data, signature })

  it('takes the right one', async () => expect(await verdict(raw(padded(256 - 3 - info.length)))).toBe('valid'))

  it.each([
    ['rubbish after the digest (Bleichenbacher 2006)', () => raw(padded(8, Buffer.alloc(256 - 11 - info.length, 7)))],
    ['padding of zeros', () => raw(Buffer.concat([Uint8Array.of(0, 1), Buffer.alloc(256 - 3 - info.length), Uint8Array.of(0), info]))],
    [
      'padding of encryption',
      () => raw(Buffer.concat([Uint8Array.of(0, 2), Buffer.alloc(256 - 3 - info.length, 0xff), Uint8Array.of(0), info])),
    ],
    [
      'no DigestInfo',
      () => raw(Buffer.concat([Uint8Array.of(0, 1), Buffer.alloc(221, 0xff), Uint8Array.of(0), digestNow('sha256', data)])),
    ],
    ['the digest of another algorithm', () => sign('sha512', data, low.privateKey)],
    ['PSS', () => sign('sha256', data, { key: low.privateKey, padding: 6, saltLength: 32 })],
    ['zeros', () => Buffer.alloc(256)],
    ['one', () => Buffer.concat([Buffer.alloc(255), Uint8Array.of(1)])],
    ['an octet before it', () => Buffer.concat([Buffer.alloc(1), raw(padded(256 - 3 - info.length))])],
    ['nothing', () => Buffer.alloc(0)],
  ] as const)('a signature with %s', async (_, signature) => expect(await verdict(signature())).toBe('badSignature'))

  it('PSS with a salt of another length', async () => {
    const signature = sign('sha256', data, { key: low.privateKey, padding: 6, saltLength: 20 })
    expect(await verdict(signature, 'rsa-pss-sha256')).toBe('badSignature')
    expect(await verdict(sign('sha256', data, { key: low.privateKey, padding: 6, saltLength: 32 }), 'rsa-pss-sha256')).toBe('valid')
  })

  it('SHA-1 is read, with a mark', async () => {
    expect(await verdict(sign('sha1', data, low.privateKey), 'rsa-sha1')).toBe('valid')
    expect(algorithms['rsa-sha1'].legacy).toBe(true)
  })

  const key = (modulus: Uint8Array, exponent: Uint8Array) =>
    sequence(keyIdentifier('rsa'), bits(sequence(integer(modulus), integer(exponent))))
  const odd = (octets: number) => Buffer.alloc(octets, 0xff)
  it.each([
    ['of 1024 bits', () => spkiBytes('rsa', { modulusLength: 1024 }), 'weakAlgorithm'],
    ['of 2047 bits', () => key(Buffer.concat([Uint8Array.of(0x7f), odd(255)]), Uint8Array.of(3)), 'weakAlgorithm'],
    ['of 16384 bits', () => key(odd(2048), Uint8Array.of(3)), 'unknownAlgorithm'],
    ['with an exponent as long as the modulus', () => key(odd(256), odd(255)), 'unknownAlgorithm'],
    ['with the exponent one', () => key(odd(256), Uint8Array.of(1)), 'damaged'],
    ['with an even exponent', () => key(odd(256), Uint8Array.of(4)), 'damaged'],
    ['with an even modulus', () => key(Buffer.concat([odd(255), Uint8Array.of(0xfe)]), Uint8Array.of(3)), 'damaged'],
    [
      'with a negative modulus',
      () => sequence(keyIdentifier('rsa'), bits(sequence(element(2, odd(256).fill(0x80, 0, 1)), whole(3)))),
      'damaged',
    ],
    ['for PSS only', () => spkiBytes('rsa-pss', { modulusLength: 2048 }), 'unknownAlgorithm'],
    ['without the NULL', () => sequence(sequence(oid(keyKinds.rsa.oid)), bits(sequence(integer(odd(256)), whole(3)))), 'unknownAlgorithm'],
  ] as const)('a key %s', async (_, spki, expected) => {
    expect(await verifyBytes({ algorithm, spki: spki(), data, signature: raw(padded(256 - 3 - info.length)) })).toBe(expected)
  })
})

function spkiBytes(type: string, options: object): Uint8Array {
  // The overloads of node know each pair apart; here they come from a table.
  const make = generateKeyPairSync as unknown as (type: string, options: object) => { publicKey: KeyObject }
  return make(type, options).publicKey.export({ format: 'der', type: 'spki' })
}

const number = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
const big = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const hexOf = (value: bigint) => {
  const digits = value.toString(16)
  return digits.padStart(Math.max(64, digits.length + (digits.length % 2)), '0')
}
const little = (value: bigint, size: number) => Buffer.from(value.toString(16).padStart(size * 2, '0'), 'hex').reverse()

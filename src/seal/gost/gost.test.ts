import { describe, expect, it } from 'vitest'
import { type CurveName, curves, pointsOf } from './curves.ts'
import { gost94 } from './gost94.ts'
import { checkDigest, isPoint, newScalar, publicPoint, signDigest, signWith } from './signature.ts'
import { streebog } from './streebog.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
/** The RFCs print numbers with the most significant octet first; on the wire they stand the other way round. */
const printed = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex').reverse()
const names = Object.keys(curves) as CurveName[]

describe('Streebog (RFC 6986, section 10)', () => {
  const m1 = Buffer.from('012345678901234567890123456789012345678901234567890123456789012')
  const m2 = printed(
    'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202ce8f0f2e5e220e5d1',
  )
  it.each([
    [
      m1,
      512,
      '486f64c1917879417fef082b3381a4e211c324f074654c38823a7b76f830ad00fa1fbae42b1285c0352f227524bc9ab16254288dd6863dccd5b9f54a1ad0541b',
    ],
    [m1, 256, '00557be5e584fd52a449b16b0251d05d27f94ab76cbaa6da890b59d8ef1e159d'],
    [
      m2,
      512,
      '28fbc9bada033b1460642bdcddb90c3fb3e56c497ccd0f62b8a2ad4935e85f037613966de4ee00531ae60f3b5a47f8dae06915d5f2f194996fcabf2622e6881e',
    ],
    [m2, 256, '508f7e553c06501d749a66fc28c6cac0b005746d97537fa85d9e40904efed29d'],
  ] as const)('vector %#', (data, bits, expected) => expect(streebog(data, bits)).toEqual(Uint8Array.from(printed(expected))))

  it('every length around a block, and no length is like another', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, length) => hex(streebog(new Uint8Array(length), 256))))
    expect(seen.size).toBe(200)
  })
})

describe('GOST R 34.11-94 with the test parameters (RFC 5831 and its known answers)', () => {
  it.each([
    ['', 'ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d'],
    ['a', 'd42c539e367c66e9c88a801f6649349c21871b4344c6a573f849fdce62f314dd'],
    ['This is message, length=32 bytes', 'b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa'],
    ['Suppose the original message has length = 50 bytes', '471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208'],
  ])('%j', (text, expected) => expect(hex(gost94(Buffer.from(text)))).toBe(expected))
})

describe.each(names)('GOST 34.10 on %s', (name) => {
  const { p, q, a, b, x, y, bits } = curves[name]
  const scalar = newScalar(name)
  const point = publicPoint(name, scalar)
  const digest = streebog(Buffer.from('өтініш'), bits)

  it('has a base point on the curve, of the order q', () => {
    expect((y * y - (x ** 3n + a * x + b)) % p).toBe(0n)
    expect(
      pointsOf(name)
        .BASE.multiplyUnsafe(q - 1n)
        .add(pointsOf(name).BASE)
        .is0(),
    ).toBe(true)
  })

  it('verifies what it signs, and no other digest, key or signature', () => {
    const signature = signDigest(name, scalar, digest)
    expect(checkDigest(name, point, digest, signature)).toBe('valid')
    for (const at of [0, 1, bits / 8 - 1]) {
      expect(checkDigest(name, point, flipped(digest, at), signature)).toBe('badSignature')
      expect(checkDigest(name, point, digest, flipped(signature, at))).toBe('badSignature')
      expect(checkDigest(name, point, digest, flipped(signature, at + bits / 8))).toBe('badSignature')
    }
    expect(checkDigest(name, publicPoint(name, newScalar(name)), digest, signature)).toBe('badSignature')
  })

  it('signs the same digest differently each time', () => {
    expect(hex(signDigest(name, scalar, digest))).not.toBe(hex(signDigest(name, scalar, digest)))
  })

  it('counts a digest of zero as one', () => {
    const zero = new Uint8Array(bits / 8)
    const one = Uint8Array.from(zero)
    one[0] = 1
    const signature = signDigest(name, scalar, zero)
    expect(checkDigest(name, point, one, signature)).toBe('valid')
  })

  it('knows no key that is zero, off the curve, out of the field or of another length', () => {
    const width = bits / 8
    expect(isPoint(name, point)).toBe(true)
    expect(isPoint(name, new Uint8Array(width * 2))).toBe(false)
    expect(isPoint(name, flipped(point, 0))).toBe(false)
    expect(isPoint(name, point.subarray(1))).toBe(false)
    expect(isPoint(name, Buffer.from(point).reverse())).toBe(false)
    expect(() => publicPoint(name, new Uint8Array(width))).toThrow(RangeError)
    expect(() => publicPoint(name, printed(q.toString(16).padStart(width * 2, '0')))).toThrow(RangeError)
  })
})

describe('the vectors of the standards', () => {
  it('the self-signed certificate of RFC 9215, A.2, on id-tc26-gost-3410-2012-256-paramSetA: there s stands before r, big-endian', () => {
    const signed = Buffer.from(
      '3081d3a00302010202010a300a06082a8503070101030230123110300e060355040313074578616d706c653020170d3031303130313030303030305a180f32303530313233313030303030305a30123110300e' +
        '060355040313074578616d706c65305e301706082a85030701010101300b06092a85030701020101010343000440742795d4bee884ddf2850fec03ea3faf1844e01d9da60b645093a55e26dfc39978f596cf' +
        '4d4d0c6cf1d18943d94493d16b9ec0a16d512d2e127cc4691a6318e2a3133011300f0603551d130101ff040530030101ff',
      'hex',
    )
    const point = signed.subarray(signed.length - 64 - 21, signed.length - 21)
    const signature = printed(
      '140b4da9124b09cb0d5ce928ee874273a310129492ec0e29369e3b791248578c1d0e1da5be347c6f1b5256c7aeac200ad64ac77a6f5b3a0e097318e7ae6ee769',
    )
    expect(checkDigest('a256', point, streebog(signed, 256), signature)).toBe('valid')
    expect(checkDigest('a256', point, streebog(signed, 256), Buffer.from(signature).reverse())).toBe('badSignature')
    expect(checkDigest('cryptoProA', point, streebog(signed, 256), signature)).toBe('badKey')
  })

  it('a signature of a given k is always the same', () => {
    const d = 0x1111111111111111111111111111111111111111111111111111111111111113n
    const k = 0x2222222222222222222222222222222222222222222222222222222222222227n
    const digest = streebog(Buffer.from('k'), 256)
    const signature = signWith('cryptoProA', d, k, digest)
    expect(signature).toEqual(signWith('cryptoProA', d, k, digest))
    const point = publicPoint('cryptoProA', printed(d.toString(16)))
    if (signature !== null) expect(checkDigest('cryptoProA', point, digest, signature)).toBe('valid')
    expect(signature).not.toBeNull()
  })
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

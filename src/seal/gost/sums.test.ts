import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CurveName, curves, pointsOf } from './curves.ts'
import { sumOf } from './sums.ts'

const names = Object.keys(curves) as CurveName[]

describe.each(names)('a·G + b·Q on %s', (name) => {
  const { q, p, x, y } = curves[name]
  const { BASE } = pointsOf(name)
  const scalar = fc.oneof(fc.bigInt({ min: 0n, max: q - 1n }), fc.constantFrom(0n, 1n, 2n, q - 2n, q - 1n, (q - 1n) / 2n, 255n, 256n, 257n))

  it('is what the library computes, for every kind of scalars', () => {
    const check = fc.property(scalar, scalar, fc.bigInt({ min: 1n, max: q - 1n }), (a, b, d) => {
      const key = BASE.multiplyUnsafe(d)
      const whole = BASE.multiplyUnsafe(a).add(key.multiplyUnsafe(b))
      expect(sumOf(name, a, b, key.toAffine())).toEqual(whole.is0() ? null : whole.toAffine())
    })
    fc.assert(check, { numRuns: 25 })
  })

  it('bears a key that is the base point, or its opposite, on every way', () => {
    const plain = (scalar: bigint) => (scalar % q === 0n ? null : BASE.multiplyUnsafe(scalar % q).toAffine())
    for (const [a, b] of [
      [1n, 1n],
      [5n, 5n],
      [7n, q - 7n],
      [q - 1n, 1n],
      [3n, q - 1n],
      [1n << 200n, 1n << 200n],
    ] as const) {
      expect(sumOf(name, a, b, { x, y })).toEqual(plain(a + b))
      expect(sumOf(name, a, b, { x, y: p - y })).toEqual(plain(a + q - b))
    }
  })

  it('of q is the point at infinity', () => expect(sumOf(name, 0n, q, { x, y })).toBeNull())
})

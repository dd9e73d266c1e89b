import { type Curve, type CurveName, curves, reducer } from './curves.ts'

/**
 * a·G + b·Q for verification, where every number is public: both scalars run through the same doublings (Shamir's trick) in signed windows, G out of a
 * table that is kept. Takes two thirds of the time of two multiplications, and unlike a library for keys it bears points of small order on its way,
 * which only somebody who means harm brings. Never for secrets: its time depends on the scalars.
 */

export interface Affine {
  readonly x: bigint
  readonly y: bigint
}

/** Jacobian: the point (x/z², y/z³); z of zero is the point at infinity. Coordinates are below 4p in size, and may be negative. */
interface Jacobian {
  readonly x: bigint
  readonly y: bigint
  readonly z: bigint
}

const infinity: Jacobian = { x: 1n, y: 1n, z: 0n }

/** Window of the base point, whose 128 odd multiples are kept, and of the key, whose 16 are made anew. */
const windows = { base: 9, key: 6 }

interface Arithmetic {
  readonly curve: Curve
  readonly reduce: (product: bigint) => bigint
  readonly base: readonly Affine[]
}

const made = new Map<CurveName, Arithmetic>()

/** Affine a·G + b·Q; null where it is the point at infinity. Q lies on the curve; of what order it is does not matter. */
export function sumOf(name: CurveName, a: bigint, b: bigint, point: Affine): Affine | null {
  const arithmetic = arithmeticOf(name)
  const ofBase = digitsOf(a, windows.base)
  const ofKey = digitsOf(b, windows.key)
  const multiples = oddMultiples(arithmetic, point, 1 << (windows.key - 2))
  if (multiples === null) return plainSum(arithmetic, a, b, point)
  let sum = infinity
  for (let at = Math.max(ofBase.length, ofKey.length) - 1; at >= 0; at--) {
    sum = doubled(arithmetic, sum)
    sum = withDigit(arithmetic, sum, ofBase[at] ?? 0, arithmetic.base)
    sum = withDigit(arithmetic, sum, ofKey[at] ?? 0, multiples)
  }
  return affine(arithmetic, [sum])?.[0] ?? null
}

/** Bit by bit, for keys of so small an order that a multiple of theirs is the point at infinity. */
function plainSum(arithmetic: Arithmetic, a: bigint, b: bigint, point: Affine): Affine | null {
  const { x, y } = arithmetic.curve
  let sum = infinity
  for (let at = BigInt(arithmetic.curve.bits); at >= 0n; at--) {
    sum = doubled(arithmetic, sum)
    if ((a >> at) & 1n) sum = added(arithmetic, sum, { x, y })
    if ((b >> at) & 1n) sum = added(arithmetic, sum, point)
  }
  return affine(arithmetic, [sum])?.[0] ?? null
}

function arithmeticOf(name: CurveName): Arithmetic {
  const known = made.get(name)
  if (known !== undefined) return known
  const curve: Curve = curves[name]
  const bare = { curve, reduce: reducer(curve), base: [] }
  const base = oddMultiples(bare, { x: curve.x, y: curve.y }, 1 << (windows.base - 2))
  if (base === null) throw new Error('A base point has no small order')
  const arithmetic = { ...bare, base }
  made.set(name, arithmetic)
  return arithmetic
}

/** 1, 3, 5 … times the point; null where one of them is the point at infinity. */
function oddMultiples(arithmetic: Arithmetic, point: Affine, count: number): Affine[] | null {
  const [twice] = affine(arithmetic, [doubled(arithmetic, { ...point, z: 1n })]) ?? []
  if (twice === undefined) return null
  const multiples: Jacobian[] = [{ ...point, z: 1n }]
  for (let last = multiples[0]; last !== undefined && multiples.length < count; last = multiples.at(-1))
    multiples.push(added(arithmetic, last, twice))
  return affine(arithmetic, multiples)
}

/** The digits of a scalar in signed windows, the lowest first: odd or zero, and after each that is not zero as many zeros as the window has, less one. */
function digitsOf(scalar: bigint, width: number): number[] {
  const digits: number[] = []
  const whole = 1 << width
  for (let left = scalar; left > 0n; ) {
    const low = Number(BigInt.asUintN(width, left))
    if ((low & 1) === 0) {
      digits.push(0)
      left >>= 1n
      continue
    }
    const digit = low >= whole / 2 ? low - whole : low
    digits.push(digit)
    left = (left - BigInt(digit)) >> 1n
  }
  return digits
}

function withDigit(arithmetic: Arithmetic, sum: Jacobian, digit: number, multiples: readonly Affine[]): Jacobian {
  const multiple = digit === 0 ? undefined : multiples[(Math.abs(digit) - 1) >> 1]
  if (multiple === undefined) return sum
  return added(arithmetic, sum, digit > 0 ? multiple : { x: multiple.x, y: -multiple.y })
}

/** EFD dbl-2007-bl, with a = -3 factored where it is so; each coordinate is reduced once, after its sum. */
function doubled({ curve: { a, p }, reduce }: Arithmetic, { x, y, z }: Jacobian): Jacobian {
  if (z === 0n) return infinity
  const yy = reduce(y * y)
  const zz = reduce(z * z)
  const slope = a === p - 3n ? 3n * reduce((x - zz) * (x + zz)) : reduce(3n * x * x + a * reduce(zz * zz))
  const s = reduce(4n * x * yy)
  const x3 = reduce(slope * slope - 2n * s)
  return { x: x3, y: reduce(slope * (s - x3) - 8n * yy * yy), z: reduce(2n * y * z) }
}

/** EFD madd-2007-bl in its plain form. */
function added(arithmetic: Arithmetic, sum: Jacobian, point: Affine): Jacobian {
  const { reduce } = arithmetic
  if (sum.z === 0n) return { ...point, z: 1n }
  const zz = reduce(sum.z * sum.z)
  const h = reduce(point.x * zz - sum.x)
  const r = reduce(point.y * reduce(sum.z * zz) - sum.y)
  if (h === 0n) return r === 0n ? doubled(arithmetic, sum) : infinity
  const hh = reduce(h * h)
  const hhh = reduce(h * hh)
  const v = reduce(sum.x * hh)
  const x = reduce(r * r - hhh - 2n * v)
  return { x, y: reduce(r * (v - x) - sum.y * hhh), z: reduce(sum.z * h) }
}

/** All at once with one inversion (Montgomery's trick); null where one of them is the point at infinity. */
function affine({ curve: { p }, reduce }: Arithmetic, points: readonly Jacobian[]): Affine[] | null {
  const products = [1n]
  for (const { z } of points) products.push(reduce((products.at(-1) ?? 1n) * z))
  const whole = products.at(-1) ?? 0n
  if (whole === 0n) return null
  let left = inverse(whole, p)
  const found: Affine[] = []
  for (let at = points.length - 1; at >= 0; at--) {
    const { x, y, z } = points[at] ?? infinity
    const over = reduce(left * (products[at] ?? 0n))
    left = reduce(left * z)
    const square = reduce(over * over)
    found.unshift({ x: reduce(x * square), y: reduce(y * reduce(square * over)) })
  }
  return found
}

/** 1/value modulo a prime, by Euclid. */
export function inverse(value: bigint, prime: bigint): bigint {
  let [a, b, x, y] = [value, prime, 1n, 0n]
  while (a > 1n) {
    const quotient = a / b
    ;[a, b, x, y] = [b, a - quotient * b, y, x - quotient * y]
  }
  return x < 0n ? x + prime : x
}

import { Field, type IField } from '@noble/curves/abstract/modular.js'
import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'

/** The curves of GOST 34.10 that certificates of Kazakhstan are met on, in the short Weierstrass form of their standards. */
export interface Curve {
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  /** Order of the base point, which is prime. */
  readonly q: bigint
  readonly cofactor: bigint
  readonly x: bigint
  readonly y: bigint
  /** p = 2^bits - gap, with a gap of ten bits: reduction is a multiplication by it. */
  readonly bits: 256 | 512
  readonly gap: bigint
}

const p256 = 2n ** 256n - 617n
const p512 = 2n ** 512n - 569n

export const curves = {
  /** id-tc26-gost-3410-12-512-paramSetA (RFC 7836, A.1). */
  a512: {
    p: p512,
    a: p512 - 3n,
    b: 0xe8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760n,
    q: 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275n,
    cofactor: 1n,
    x: 3n,
    y: 0x7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4n,
    bits: 512,
    gap: 569n,
  },
  /** id-tc26-gost-3410-2012-256-paramSetA (RFC 7836, A.2): a twisted Edwards curve, so of cofactor 4. */
  a256: {
    p: p256,
    a: 0xc2173f1513981673af4892c23035a27ce25e2013bf95aa33b22c656f277e7335n,
    b: 0x295f9bae7428ed9ccc20e7c359a9d41a22fccd9108e17bf7ba9337a6f8ae9513n,
    q: 0x400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67n,
    cofactor: 4n,
    x: 0x91e38443a5e82c0d880923425712b2bb658b9196932e02c78b2582fe742daa28n,
    y: 0x32879423ab1a0375895786c4bb46e9565fde0b5344766740af268adb32322e5cn,
    bits: 256,
    gap: 617n,
  },
  /** id-GostR3410-2001-CryptoPro-A-ParamSet (RFC 4357, 11.4), the curve of GOST 34.310-2004. */
  cryptoProA: {
    p: p256,
    a: p256 - 3n,
    b: 166n,
    q: 0xffffffffffffffffffffffffffffffff6c611070995ad10045841b09b761b893n,
    cofactor: 1n,
    x: 1n,
    y: 0x8d91e471e0989cda27df505a453f2b7635294f2ddf23e3b122acc99c9e9f1e14n,
    bits: 256,
    gap: 617n,
  },
} as const satisfies Record<string, Curve>

export type CurveName = keyof typeof curves

/** Reduction modulo p = 2^bits - gap of a product or a sum of some, negative ones too: what stands above 2^bits comes back times the gap, twice at most. */
export function reducer({ p, bits, gap }: Curve): (product: bigint) => bigint {
  const width = BigInt(bits)
  return (product) => {
    let left = BigInt.asUintN(bits, product) + (product >> width) * gap
    left = BigInt.asUintN(bits, left) + (left >> width) * gap
    if (left < 0n) return left + p
    return left >= p ? left - p : left
  }
}

const points = new Map<CurveName, WeierstrassPointCons<bigint>>()

/** Points of the curve by noble, with the faster field below it and the table of its base point. The first call of each takes about 20 ms. */
export function pointsOf(name: CurveName): WeierstrassPointCons<bigint> {
  const known = points.get(name)
  if (known !== undefined) return known
  const curve: Curve = curves[name]
  const { p, q, cofactor, a, b, x, y } = curve
  const made = weierstrass({ p, n: q, h: cofactor, a, b, Gx: x, Gy: y }, { Fp: fieldOf(curve) })
  made.BASE.precompute(8, false)
  points.set(name, made)
  return made
}

/** noble's field with multiplication and squaring by the special form of p; the rest is its own. */
function fieldOf(curve: Curve): IField<bigint> {
  const field = Field(curve.p)
  const reduce = reducer(curve)
  const mul = (one: bigint, other: bigint) => reduce(one * other)
  const sqr = (one: bigint) => reduce(one * one)
  return Object.freeze(Object.create(field, { mul: { value: mul }, sqr: { value: sqr } }))
}

/**
 * GOST R 34.11-94 (RFC 5831), which Kazakhstan calls GOST 34.311-95, with the substitution of its test parameters (RFC 4357, 11.2; "D-TEST"), as
 * certificates and signatures of GOST 34.310-2004 have it. Only old documents need it, so plainness goes before speed: about 4 MB/s.
 */

/** id-GostR3411-94-TestParamSet: row i substitutes the i-th lowest half-octet. */
const rows = [
  '4a92d80e6b1c7f53',
  'eb4c6dfa23810759',
  '581da342efc7609b',
  '7da1089fe46cb253',
  '6c715fd84a9e03b2',
  '4ba0721d36859cfe',
  'db413f590ae7682c',
  '1fd057a4923e6b8c',
]

/** For each octet place: two half-octets substituted, in their place and turned by eleven, as the cipher's round does. */
const substituted: readonly Int32Array[] = [0, 1, 2, 3].map((place) =>
  Int32Array.from({ length: 256 }, (_, octet) => {
    const lower = Number.parseInt(rows[place * 2]?.[octet & 15] ?? '', 16)
    const upper = Number.parseInt(rows[place * 2 + 1]?.[octet >> 4] ?? '', 16)
    const word = ((upper << 4) | lower) << (place * 8)
    return (word << 11) | (word >>> 21)
  }),
)

/** 256 bits: octet 0 is the lowest. */
type Block = Uint8Array

const constant3: Block = Buffer.from('00ff00ff00ff00ffff00ff00ff00ff0000ffff00ff0000ffff000000ffff00ff', 'hex')

export function gost94(data: Uint8Array): Uint8Array {
  let state: Block = new Uint8Array(32)
  const sum = new Uint8Array(32)
  for (let at = 0; at < data.length; at += 32) {
    const block = new Uint8Array(32)
    block.set(data.subarray(at, at + 32))
    state = step(state, block)
    add(sum, block)
  }
  const length = new Uint8Array(32)
  new DataView(length.buffer).setBigUint64(0, BigInt(data.length) * 8n, true)
  return step(step(state, length), sum)
}

/** The step function: four keys from state and block, four encryptions of the state's quarters, and the shuffling of the three. */
function step(state: Block, block: Block): Block {
  let u = state
  let v = block
  const encrypted = new Uint8Array(32)
  for (let quarter = 0; quarter < 4; quarter++) {
    if (quarter > 0) {
      u = mixed(u)
      if (quarter === 2) u = xored(u, constant3)
      v = mixed(mixed(v))
    }
    encrypt(keyFrom(xored(u, v)), state, encrypted, quarter * 8)
  }
  return shuffled(state, block, encrypted)
}

/** A of the standard: (y4, y3, y2, y1) becomes (y1 ^ y2, y4, y3, y2). */
function mixed(from: Block): Block {
  const into = new Uint8Array(32)
  into.set(from.subarray(8))
  for (let i = 0; i < 8; i++) into[24 + i] = (from[i] ?? 0) ^ (from[8 + i] ?? 0)
  return into
}

/** P of the standard: octet i + 4k of the key is octet 8i + k. */
function keyFrom(block: Block): Int32Array {
  const key = new Uint8Array(32)
  for (let i = 0; i < 4; i++) for (let k = 0; k < 8; k++) key[i + 4 * k] = block[8 * i + k] ?? 0
  return new Int32Array(key.buffer)
}

/** GOST 28147-89 of one block of eight octets, 32 rounds. */
function encrypt(key: Int32Array, from: Uint8Array, into: Uint8Array, at: number): void {
  const view = new DataView(from.buffer, from.byteOffset)
  let low = view.getInt32(at, true)
  let high = view.getInt32(at + 4, true)
  for (let round = 0; round < 32; round++) {
    const next = high ^ turned((low + (key[round < 24 ? round % 8 : 31 - round] ?? 0)) | 0)
    high = low
    low = next
  }
  const out = new DataView(into.buffer, into.byteOffset)
  // The halves are not exchanged after the last round.
  out.setInt32(at, high, true)
  out.setInt32(at + 4, low, true)
}

function turned(word: number): number {
  let result = 0
  for (let place = 0; place < 4; place++) result ^= substituted[place]?.[(word >>> (place * 8)) & 0xff] ?? 0
  return result
}

/** psi^61(H ^ psi(M ^ psi^12(S))). */
function shuffled(state: Block, block: Block, encrypted: Block): Block {
  const first = xored(psi(encrypted, 12), block)
  return psi(xored(psi(first, 1), state), 61)
}

/** psi of the standard, so many times: the lowest sixteen bits go out, the sum of six words comes in at the top. */
function psi(from: Block, times: number): Block {
  const words = new Uint16Array(16 + times)
  for (let i = 0; i < 16; i++) words[i] = (from[i * 2] ?? 0) | ((from[i * 2 + 1] ?? 0) << 8)
  for (let i = 0; i < times; i++) {
    words[i + 16] = [0, 1, 2, 3, 12, 15].reduce((sum, tap) => sum ^ (words[i + tap] ?? 0), 0)
  }
  return Uint8Array.from({ length: 32 }, (_, i) => ((words[times + (i >> 1)] ?? 0) >> ((i & 1) * 8)) & 0xff)
}

function xored(one: Block, other: Block): Block {
  return one.map((octet, i) => octet ^ (other[i] ?? 0))
}

/** Addition modulo 2^256. */
function add(sum: Block, block: Block): void {
  let carry = 0
  for (let i = 0; i < 32; i++) {
    carry += (sum[i] ?? 0) + (block[i] ?? 0)
    sum[i] = carry & 0xff
    carry >>= 8
  }
}

/**
 * GOST R 34.11-94 (RFC 5831), which Kazakhstan calls GOST 34.311-95, with the substitution of its test parameters (RFC 4357, 11.2; "D-TEST"), as
 * certificates and signatures of GOST 34.310-2004 have it.
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

/** For each octet place 256 words: two half-octets substituted, in their place and turned by eleven, as the cipher's round does. */
const substituted = new Int32Array(4 * 256)
for (let place = 0; place < 4; place++) {
  for (let octet = 0; octet < 256; octet++) {
    const lower = Number.parseInt(rows[place * 2]?.[octet & 15] ?? '', 16)
    const upper = Number.parseInt(rows[place * 2 + 1]?.[octet >> 4] ?? '', 16)
    const word = ((upper << 4) | lower) << (place * 8)
    substituted[place * 256 + octet] = (word << 11) | (word >>> 21)
  }
}

/** 256 bits as eight 32-bit words, the lowest first, as the machine has them: every processor that Node runs on here is little-endian. */
type Block = Int32Array

/** C3 of the standard; C2 and C4 are zero. */
const constant3: Block = new Int32Array(
  Uint8Array.from(Buffer.from('00ff00ff00ff00ffff00ff00ff00ff0000ffff00ff0000ffff000000ffff00ff', 'hex')).buffer,
)

export function gost94(data: Uint8Array): Uint8Array {
  const state: Block = new Int32Array(8)
  const sum: Block = new Int32Array(8)
  const block: Block = new Int32Array(8)
  const octets = new Uint8Array(block.buffer)
  for (let at = 0; at < data.length; at += 32) {
    block.fill(0)
    octets.set(data.subarray(at, at + 32))
    step(state, block)
    add(sum, block)
  }
  block.fill(0)
  new DataView(block.buffer).setBigUint64(0, BigInt(data.length) * 8n, true)
  step(state, block)
  step(state, sum)
  return new Uint8Array(state.buffer)
}

const u: Block = new Int32Array(8)
const v: Block = new Int32Array(8)
const key: Block = new Int32Array(8)
const encrypted: Block = new Int32Array(8)

/** The step function: four keys from state and block, four encryptions of the state's quarters, and the shuffling of the three. */
function step(state: Block, block: Block): void {
  u.set(state)
  v.set(block)
  for (let quarter = 0; quarter < 4; quarter++) {
    if (quarter > 0) {
      mix(u)
      if (quarter === 2) for (let i = 0; i < 8; i++) u[i] = word(u, i) ^ word(constant3, i)
      mix(v)
      mix(v)
    }
    takeKey()
    encrypt(state, quarter * 2)
  }
  shuffle(state, block)
}

/** A of the standard: (y4, y3, y2, y1) becomes (y1 ^ y2, y4, y3, y2). */
function mix(block: Block): void {
  const [lower, upper] = [word(block, 0) ^ word(block, 2), word(block, 1) ^ word(block, 3)]
  block.copyWithin(0, 2)
  block[6] = lower
  block[7] = upper
}

/** P of the standard, of u ^ v: octet i of word k of the key is octet k of quarter i. */
function takeKey(): void {
  for (let k = 0; k < 8; k++) {
    const at = k >> 2
    const shift = (k & 3) * 8
    let gathered = 0
    for (let i = 0; i < 4; i++) gathered |= (((word(u, i * 2 + at) ^ word(v, i * 2 + at)) >>> shift) & 0xff) << (i * 8)
    key[k] = gathered
  }
}

/** GOST 28147-89 of one quarter, 32 rounds: three times the key forward, once backward. */
function encrypt(state: Block, at: number): void {
  let low = word(state, at)
  let high = word(state, at + 1)
  for (let round = 0; round < 32; round++) {
    const sum = (low + word(key, round < 24 ? round & 7 : 31 - round)) | 0
    const next =
      high ^
      word(substituted, sum & 0xff) ^
      word(substituted, 256 + ((sum >>> 8) & 0xff)) ^
      word(substituted, 512 + ((sum >>> 16) & 0xff)) ^
      word(substituted, 768 + (sum >>> 24))
    high = low
    low = next
  }
  // The halves are not exchanged after the last round.
  encrypted[at] = high
  encrypted[at + 1] = low
}

/** The register of psi: sixteen words of sixteen bits that walk through it, 74 steps in all. */
const walk = new Uint16Array(16 + 74)
const halves = { encrypted: new Uint16Array(encrypted.buffer), block: new Uint16Array(16), state: new Uint16Array(16) }

/** psi^61(H ^ psi(M ^ psi^12(S))). */
function shuffle(state: Block, block: Block): void {
  walk.set(halves.encrypted)
  psi(0, 12)
  new Int32Array(halves.block.buffer).set(block)
  for (let i = 0; i < 16; i++) walk[12 + i] = half(walk, 12 + i) ^ half(halves.block, i)
  psi(12, 13)
  new Int32Array(halves.state.buffer).set(state)
  for (let i = 0; i < 16; i++) walk[13 + i] = half(walk, 13 + i) ^ half(halves.state, i)
  psi(13, 74)
  new Uint16Array(state.buffer).set(walk.subarray(74))
}

/** Steps of psi: the sum of six words comes in at the top while the lowest goes out. */
function psi(from: number, until: number): void {
  for (let at = from; at < until; at++)
    walk[at + 16] =
      half(walk, at) ^ half(walk, at + 1) ^ half(walk, at + 2) ^ half(walk, at + 3) ^ half(walk, at + 12) ^ half(walk, at + 15)
}

/** Addition modulo 2^256. */
function add(sum: Block, block: Block): void {
  let carry = 0
  for (let i = 0; i < 8; i++) {
    const total = (word(sum, i) >>> 0) + (word(block, i) >>> 0) + carry
    sum[i] = total | 0
    carry = total > 0xffffffff ? 1 : 0
  }
}

function word(words: Int32Array, at: number): number {
  return words[at]! // inside everywhere here; a fallback would cost a tenth of the speed
}

function half(words: Uint16Array, at: number): number {
  return words[at]! // the same
}

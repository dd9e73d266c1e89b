import { iteration, matrix, pi } from './streebogConstants.ts'

/**
 * Streebog, GOST R 34.11-2012 (RFC 6986), which Kazakhstan calls GOST 34.11-2015. The digest is the octet string as CMS and XML carry it:
 * the reverse of how the RFC prints it.
 */

/**
 * Steps S, P and L at once: for each of eight octet places 256 words of 64 bits, as low and high halves one after the other. 16 KB, made once in 2 ms. All
 * words lie as the machine has them: every processor that Node runs on here is little-endian.
 */
const low = new Int32Array(8 * 256)
const high = new Int32Array(8 * 256)
for (let place = 0; place < 8; place++) {
  for (let octet = 0; octet < 256; octet++) {
    const substituted = Number.parseInt(pi.slice(octet * 2, octet * 2 + 2), 16)
    const at = place * 256 + octet
    for (let bit = 0; bit < 8; bit++) {
      if (((substituted >> bit) & 1) === 0) continue
      const row = (63 - (place * 8 + bit)) * 16
      high[at] = (high[at] ?? 0) ^ Number.parseInt(matrix.slice(row, row + 8), 16)
      low[at] = (low[at] ?? 0) ^ Number.parseInt(matrix.slice(row + 8, row + 16), 16)
    }
  }
}

/** 512 bits as sixteen 32-bit words, the least significant first. */
type Block = Int32Array

const constants: readonly Block[] = iteration.map((hex) => blockFrom(Buffer.from(hex, 'hex').reverse(), 0))

export function streebog(given: Uint8Array, bits: 256 | 512): Uint8Array {
  // Always of one kind: where Buffers come too, reading them costs as much again as the digest.
  const data = new Uint8Array(given.buffer, given.byteOffset, given.length)
  const state = new Int32Array(16).fill(bits === 256 ? 0x01010101 : 0)
  const counted = new Int32Array(16)
  const sum = new Int32Array(16)
  const full = data.length - (data.length % 64)
  const block = new Int32Array(16)
  for (let at = 0; at < full; at += 64) {
    readBlock(data, at, block)
    compress(state, counted, block)
    count(counted, 512)
    add(sum, block)
  }
  const last = new Uint8Array(64)
  last.set(data.subarray(full))
  last[data.length - full] = 1
  readBlock(last, 0, block)
  compress(state, counted, block)
  count(counted, (data.length - full) * 8)
  add(sum, block)
  const zero = new Int32Array(16)
  compress(state, zero, counted)
  compress(state, zero, sum)
  const digest = octetsOf(state)
  return bits === 512 ? digest : digest.slice(32)
}

const key = new Int32Array(16)
const text = new Int32Array(16)
const spare = new Int32Array(16)
/** The octets of `spare`: eight words of eight. */
const octets = new Uint8Array(spare.buffer)

/** g_N of the standard (8): the state becomes E(LPS(state ^ N), m) ^ state ^ m. */
function compress(state: Block, counted: Block, message: Block): void {
  xored(state, counted)
  lps(key)
  text.set(message)
  for (const constant of constants) {
    xored(text, key)
    lps(text)
    xored(key, constant)
    lps(key)
  }
  for (let i = 0; i < 16; i++) state[i] = word(state, i) ^ word(text, i) ^ word(key, i) ^ word(message, i)
}

/**
 * LPS of `spare`. Word `to` of the result gathers octet `to` of each of the eight words: P is a transposition, S and L are in the tables. Written out: in
 * a loop it takes three times as long.
 */
function lps(into: Block): void {
  for (let to = 0; to < 8; to++) {
    const a = octet(to)
    const b = 256 + octet(8 + to)
    const c = 512 + octet(16 + to)
    const d = 768 + octet(24 + to)
    const e = 1024 + octet(32 + to)
    const f = 1280 + octet(40 + to)
    const g = 1536 + octet(48 + to)
    const h = 1792 + octet(56 + to)
    into[to * 2] = word(low, a) ^ word(low, b) ^ word(low, c) ^ word(low, d) ^ word(low, e) ^ word(low, f) ^ word(low, g) ^ word(low, h)
    into[to * 2 + 1] =
      word(high, a) ^ word(high, b) ^ word(high, c) ^ word(high, d) ^ word(high, e) ^ word(high, f) ^ word(high, g) ^ word(high, h)
  }
}

function octet(at: number): number {
  return octets[at]! // at is below sixty-four everywhere here
}

function word(block: Block, index: number): number {
  return block[index]! // index is inside everywhere here; a fallback would cost a tenth of the speed
}

function xored(one: Block, other: Block): void {
  for (let i = 0; i < 16; i++) spare[i] = word(one, i) ^ word(other, i)
}

/** Adds a small number of bits, with the carry. */
function count(counted: Block, bits: number): void {
  let carry = bits
  for (let i = 0; i < 16 && carry > 0; i++) {
    const sum = (word(counted, i) >>> 0) + carry
    counted[i] = sum | 0
    carry = sum > 0xffffffff ? 1 : 0
  }
}

/** Addition modulo 2^512. */
function add(sum: Block, block: Block): void {
  let carry = 0
  for (let i = 0; i < 16; i++) {
    const total = (word(sum, i) >>> 0) + (word(block, i) >>> 0) + carry
    sum[i] = total | 0
    carry = total > 0xffffffff ? 1 : 0
  }
}

function readBlock(data: Uint8Array, at: number, into: Block): void {
  for (let i = 0; i < 16; i++) into[i] = wordAt(data, at + i * 4)
}

function wordAt(data: Uint8Array, at: number): number {
  return (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16) | ((data[at + 3] ?? 0) << 24)
}

function blockFrom(data: Uint8Array, at: number): Block {
  const block = new Int32Array(16)
  readBlock(data, at, block)
  return block
}

function octetsOf(block: Block): Uint8Array {
  const octets = new Uint8Array(64)
  const view = new DataView(octets.buffer)
  for (let i = 0; i < 16; i++) view.setInt32(i * 4, word(block, i), true)
  return octets
}

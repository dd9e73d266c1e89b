import { createCipheriv, createDecipheriv, randomBytes, randomFillSync } from 'node:crypto'

/** AES-256-GCM as `nonce (12) ‖ ciphertext ‖ tag (16)`; `context` names what the bytes are, so that they cannot be moved elsewhere. */

const nonceLength = 12
const tagLength = 16

export function seal(key: Buffer, context: string, plain: Uint8Array): Buffer {
  const nonce = randomPiece(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws when the key, the context or a bit of the bytes is another. */
export function unseal(key: Buffer, context: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(context, 'utf8'))
    .setAuthTag(sealed.subarray(sealed.length - tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)), decipher.final()])
}

const pool = Buffer.alloc(4096)
let drawn = pool.length

/** Random bytes for salts and nonces, of which a command takes several: drawn from the system by the page. Never for keys, since the page stays in memory. */
export function randomPiece(length: number): Buffer {
  if (drawn + length > pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  const piece = Buffer.from(pool.subarray(drawn, drawn + length))
  pool.fill(0, drawn, drawn + length)
  drawn += length
  return piece
}

export function newKey(): Buffer {
  return randomBytes(32)
}

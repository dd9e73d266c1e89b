import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { type KeyRing, keyRingOf } from '../keys/keyRing.ts'

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)

/** 128 MiB for each guess. */
const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

export function newSalt(): Buffer {
  return randomBytes(16)
}

/** 32 bytes that only the passphrase gives. */
export function secretFrom(passphrase: string, salt: Buffer): Promise<Buffer> {
  return derive(passphrase.normalize('NFC'), salt, 32, cost)
}

/** The keys of cases travel wrapped by a key from the passphrase: the export alone opens nothing. */
export async function keyRingFrom(passphrase: string, salt: Buffer): Promise<KeyRing> {
  return keyRingOf(await secretFrom(passphrase, salt))
}

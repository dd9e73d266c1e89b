import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newKey, seal, unseal } from './cipher.ts'

/** Wraps the keys of cases by a key of the installation, which never enters the database. Port: a hardware module may stand behind it. */
export interface KeyRing {
  wrap(caseKey: Buffer, context: string): Promise<Buffer> | Buffer
  unwrap(wrapped: Buffer, context: string): Promise<Buffer> | Buffer
}

/** @param master 32 bytes */
export function keyRingOf(master: Buffer): KeyRing {
  return {
    wrap: (key, context) => seal(master, `key ${context}`, key),
    unwrap: (wrapped, context) => unseal(master, `key ${context}`, wrapped),
  }
}

/** The installation's key in `<folder>/master.key` (base64, mode 0600), made when absent. Lose it and every personal value is lost: keep a copy apart. */
export function keyRingIn(folder: string): KeyRing {
  const file = join(folder, 'master.key')
  if (!existsSync(file)) makeMaster(folder, file)
  const master = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (master.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes in base64: restore it from its copy.`)
  return keyRingOf(master)
}

/**
 * Why the installation's key cannot be read now, or null. A server that has read it goes on without the file, but the next start would make a new
 * key, under which nothing of the old opens: better to hear of it before.
 */
export async function keyRingFault(folder: string): Promise<'missing' | 'unreadable' | 'damaged' | null> {
  try {
    const text = await readFile(join(folder, 'master.key'), 'utf8')
    return Buffer.from(text.trim(), 'base64').length === 32 ? null : 'damaged'
  } catch (cause) {
    return Object(cause).code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

/** Whole or absent, also when the power goes or two processes start together: written aside, then linked to its name. */
function makeMaster(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  const handle = openSync(draft, 'w', 0o600)
  writeSync(handle, `${newKey().toString('base64')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  try {
    linkSync(draft, file)
  } catch (cause) {
    if (!existsSync(file)) throw cause
  } finally {
    rmSync(draft)
  }
}

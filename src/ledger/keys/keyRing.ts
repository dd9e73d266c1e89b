import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seal, unseal } from './cipher.ts'
import { ensureMaster, keysIn, markOf } from './keyFolder.ts'

/** Wraps the keys of cases by a key of the installation, which never enters the database. Port: a hardware module may stand behind it. */
export interface KeyRing {
  wrap(caseKey: Buffer, context: string): Promise<Buffer> | Buffer
  unwrap(wrapped: Buffer, context: string): Promise<Buffer> | Buffer
}

/** @param master 32 bytes; `older` open what was wrapped before, and wrap nothing */
export function keyRingOf(master: Buffer, older: readonly Buffer[] = []): KeyRing {
  return {
    wrap: (key, context) => seal(master, `key ${context}`, key),
    unwrap: (wrapped, context) => openWith([master, ...older], wrapped, context),
  }
}

function openWith(keys: readonly Buffer[], wrapped: Buffer, context: string): Buffer {
  const [first, ...rest] = keys
  if (first === undefined) throw new Error('A ring without a key.')
  try {
    return unseal(first, `key ${context}`, wrapped)
  } catch (cause) {
    if (rest.length === 0) throw cause
    return openWith(rest, wrapped, context)
  }
}

/**
 * The installation's keys in `folder` (see `keyFolder.ts`), `master.key` made when absent. Lose them and every personal value is lost: keep a copy apart.
 * A rotation by another process is seen by the next wrapping, and by whatever does not open: nobody has to be restarted.
 */
export function keyRingIn(folder: string): KeyRing {
  ensureMaster(folder)
  let known = readRing(folder)
  /** A server that has read its keys goes on without the files. */
  const renewed = (): boolean => {
    try {
      if (markOf(folder) === known.mark) return false
      known = readRing(folder)
      return true
    } catch {
      return false
    }
  }
  return {
    wrap(key, context) {
      renewed()
      return known.ring.wrap(key, context)
    },
    unwrap(wrapped, context) {
      try {
        return known.ring.unwrap(wrapped, context)
      } catch (cause) {
        if (!renewed()) throw cause
        return known.ring.unwrap(wrapped, context)
      }
    },
  }
}

function readRing(folder: string): { readonly ring: KeyRing; readonly mark: string } {
  // The mark first: what comes between the two is read again the next time.
  const mark = markOf(folder)
  const [current, ...others] = keysIn(folder).map(({ key }) => key)
  if (current === undefined) throw new Error(`There is no key in ${folder}.`)
  return { ring: keyRingOf(current, others), mark }
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

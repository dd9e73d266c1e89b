import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { newKey } from './cipher.ts'

/**
 * The installation's keys as files of one folder (base64, mode 0600): `master.key` wraps the keys of cases from now on; `next.key` is prepared to follow it;
 * `retired-<id>.key` opens what was wrapped before. A key's id says nothing of the key.
 */
export interface KeyFile {
  readonly id: string
  readonly state: 'current' | 'next' | 'retired'
  readonly file: string
  readonly key: Buffer
}

/** Eight hex digits of a digest that is used for nothing else. */
export function idOf(key: Buffer): string {
  return createHash('sha256').update('qyzmet id of a master key').update(key).digest('hex').slice(0, 8)
}

/** The current one first, then `next`, then those that are retired; a key that stands in two files (a rotation was broken off) once. */
export function keysIn(folder: string): KeyFile[] {
  const retired = readdirSync(folder).filter((name) => /^retired-[0-9a-f]{8}\.key$/.test(name))
  const names = ['master.key', ...(existsSync(join(folder, 'next.key')) ? ['next.key'] : []), ...retired.sort()]
  const keys = names.map((name): KeyFile => {
    const key = readKey(join(folder, name))
    return { id: idOf(key), state: name === 'master.key' ? 'current' : name === 'next.key' ? 'next' : 'retired', file: name, key }
  })
  return keys.filter(({ id }, n) => keys.findIndex((one) => one.id === id) === n)
}

function readKey(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes in base64: restore it from its copy.`)
  return key
}

/** Changes whenever a file of the folder comes, goes or is replaced. */
export function markOf(folder: string): string {
  const { ino, mtimeNs } = statSync(folder, { bigint: true })
  return `${ino} ${mtimeNs}`
}

export function ensureMaster(folder: string): void {
  if (!existsSync(join(folder, 'master.key'))) makeKey(folder, 'master.key')
}

/** Makes the key that will follow, unless it is made already: for the other machines of an installation to get it before it is used. */
export function prepareNext(folder: string): KeyFile {
  if (!existsSync(join(folder, 'next.key'))) makeKey(folder, 'next.key')
  const next = keysIn(folder).find(({ state }) => state === 'next')
  if (next === undefined) throw new Error(`${join(folder, 'next.key')} is the current key itself.`)
  return next
}

/**
 * The next key becomes the current one, the current one is retired. Whenever it is killed the folder holds both, and the current one is whole: the retired name is
 * linked before the rename that replaces `master.key` at once.
 */
export function turn(folder: string): { readonly from: string; readonly to: string } {
  const next = prepareNext(folder)
  const [current] = keysIn(folder)
  if (current === undefined) throw new Error(`There is no key in ${folder}.`)
  const retired = join(folder, `retired-${current.id}.key`)
  if (!existsSync(retired)) linkSync(join(folder, 'master.key'), retired)
  syncFolder(folder)
  renameSync(join(folder, 'next.key'), join(folder, 'master.key'))
  syncFolder(folder)
  return { from: current.id, to: next.id }
}

export function forgetRetired(folder: string, id: string): void {
  rmSync(join(folder, `retired-${id}.key`))
  syncFolder(folder)
}

/** Whole or absent, also when the power goes or two processes start together: written aside, then linked to its name. */
function makeKey(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, name)
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

/** A name is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

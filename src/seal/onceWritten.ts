import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs'

/** A file of keys, mode 0600: whole or absent, also when the power goes, and the same for all processes: written aside, then linked to its name by whoever is first. */
export function writeOnce(file: string, text: string): void {
  if (existsSync(file)) return
  const draft = `${file}.${process.pid}`
  writeSynced(draft, text)
  try {
    linkSync(draft, file)
  } catch (cause) {
    if (!existsSync(file)) throw cause
  } finally {
    rmSync(draft)
  }
}

/** Mode 0600, and on the disk when it returns. */
export function writeSynced(file: string, text: string): void {
  const handle = openSync(file, 'w', 0o600)
  writeSync(handle, text)
  fsyncSync(handle)
  closeSync(handle)
}

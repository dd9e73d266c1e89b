import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the contour remembers. Without a folder it lives in memory and ends with the process. */
export interface State {
  readonly db: DatabaseSync
  /**
   * Runs `write` now; the promise is kept once it is on the disk. Everything written in one turn of the event loop is one commit: a sync of the
   * disk costs 2 ms on a busy machine, and a hundred messages at once share it. A `write` that throws leaves nothing behind.
   */
  durably<T>(write: () => T): Promise<T>
  /** Forgets everything but the settings. */
  reset(): Promise<void>
  /** Called after everything was forgotten: whoever keeps a copy of what stands here lets it go. */
  whenForgotten(listener: () => void): void
  close(): void
}

/** Another process has the folder. The message is its path. */
export class ContourInUse extends Error {
  override name = 'ContourInUse'
}

const schema = readFileSync(new URL('./schema.sql', import.meta.url), 'utf8')
const forgotten = ['participants', 'talks', 'messages', 'seen', 'faults', 'watch', 'consents', 'files', 'intake']

/** @throws ContourInUse, and when the folder cannot be written */
export function openState(folder?: string): State {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const db = new DatabaseSync(folder === undefined ? ':memory:' : join(folder, 'contour.sqlite'))
  lockedBy(db, folder)
  db.exec(schema)
  const batches = createBatches(db)
  const listeners: (() => void)[] = []
  return {
    db,
    durably: batches.durably,
    async reset() {
      await batches.durably(() => db.exec(forgotten.map((table) => `delete from ${table};`).join('')))
      for (const listener of listeners) listener()
    },
    whenForgotten: (listener) => void listeners.push(listener),
    close() {
      batches.end()
      db.close()
    },
  }
}

/** Two contours over one file would deliver everything twice: the second one is refused at its start. */
function lockedBy(db: DatabaseSync, folder: string | undefined): void {
  try {
    db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32000')
    db.exec('begin immediate; commit')
  } catch (cause) {
    db.close()
    // SQLITE_BUSY: somebody has it.
    if (Object(cause).errcode === 5) throw new ContourInUse(folder ?? '', { cause })
    throw cause
  }
}

function createBatches(db: DatabaseSync): { durably: State['durably']; end: () => void } {
  let batch: { done: Promise<void>; commit: () => void } | null = null

  function begin() {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // Whoever does not wait for the disk must not bring the process down when the disk is full: those who wait are told.
    promise.catch(() => {})
    db.exec('begin immediate')
    const commit = () => {
      if (batch?.done !== promise) return
      batch = null
      try {
        db.exec('commit')
        resolve()
      } catch (cause) {
        if (db.isTransaction) db.exec('rollback')
        reject(new Error('The contour could not write to its disk.', { cause }))
      }
    }
    batch = { done: promise, commit }
    setImmediate(commit)
    return batch
  }

  return {
    async durably(write) {
      const { done } = batch ?? begin()
      db.exec('savepoint one')
      let written: ReturnType<typeof write>
      try {
        written = write()
        db.exec('release one')
      } catch (cause) {
        if (db.isTransaction) db.exec('rollback to one; release one')
        throw cause
      }
      await done
      return written
    },
    end: () => batch?.commit(),
  }
}

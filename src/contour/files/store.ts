import { createHash, randomUUID } from 'node:crypto'
import { type ContourClock, later } from '../clock.ts'
import type { State } from '../state/state.ts'

export interface LaidFile {
  readonly id: string
  readonly owner: string
  readonly name: string
  readonly mime: string
  readonly size: number
  readonly sha256: string
  /** RFC 3339, both. */
  readonly laidAt: string
  readonly until: string
  readonly fetched: number
  readonly confirmed: boolean
}

export interface FileStore {
  /** `tooLarge` one file, `full` all together. */
  lay(file: { owner: string; name: string; mime: string; content: Uint8Array; lifeMs: number }): Promise<LaidFile | 'tooLarge' | 'full'>
  /** Null: there is no such file, or its life is over. Whoever knows the identifier may fetch, as in the real service. */
  fetch(id: string): Promise<{ readonly file: LaidFile; readonly content: Uint8Array } | null>
  /** What is known of it; `mark` confirms that its receiver has it. */
  confirm(id: string, mark: boolean): Promise<LaidFile | null>
  list(most: number): LaidFile[]
}

export interface FileLimits {
  readonly fileBytes: number
  readonly filesBytes: number
  readonly fileLifeMs: number
}

export function openFiles(state: State, clock: ContourClock, limits: FileLimits): FileStore {
  const { db } = state
  const known = 'id, owner, name, mime, size, sha256, laid_at, until, fetched, confirmed'
  const insert = db.prepare(
    'insert into files (id, owner, name, mime, content, size, sha256, laid_at, until, until_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const whole = db.prepare(`select ${known}, content from files where id = ? and until_ms > ?`)
  const find = db.prepare(`select ${known} from files where id = ? and until_ms > ?`)
  const fetched = db.prepare('update files set fetched = fetched + 1 where id = ?')
  const confirmed = db.prepare('update files set confirmed = 1 where id = ?')
  const sweep = db.prepare('delete from files where until_ms <= ?')
  const total = db.prepare('select coalesce(sum(size), 0) as bytes from files')
  const all = db.prepare(`select ${known} from files where until_ms > ? order by laid_at desc limit ?`)

  return {
    async lay({ owner, name, mime, content, lifeMs }) {
      if (content.length > limits.fileBytes) return 'tooLarge'
      return state.durably(() => {
        sweep.run(clock.ms())
        if (Number(total.get()?.bytes) + content.length > limits.filesBytes) return 'full'
        const life = Math.min(lifeMs, limits.fileLifeMs)
        const [laidAt, sha256] = [clock.now(), createHash('sha256').update(content).digest('hex')]
        const file = { id: randomUUID(), owner, name, mime, size: content.length, sha256, laidAt, until: later(laidAt, life) }
        insert.run(file.id, owner, name, mime, content, file.size, sha256, laidAt, file.until, clock.ms() + life)
        return { ...file, fetched: 0, confirmed: false }
      })
    },
    fetch: (id) =>
      state.durably(() => {
        const row = whole.get(id, clock.ms())
        if (row === undefined || !(row.content instanceof Uint8Array)) return null
        fetched.run(id)
        return { file: toFile(row), content: row.content }
      }),
    confirm: (id, mark) =>
      state.durably(() => {
        const row = find.get(id, clock.ms())
        if (row === undefined) return null
        if (mark) confirmed.run(id)
        return toFile(row)
      }),
    list: (most) => all.all(clock.ms(), most).map(toFile),
  }
}

function toFile(row: Record<string, unknown>): LaidFile {
  return {
    id: String(row.id),
    owner: String(row.owner),
    name: String(row.name),
    mime: String(row.mime),
    size: Number(row.size),
    sha256: String(row.sha256),
    laidAt: String(row.laid_at),
    until: String(row.until),
    fetched: Number(row.fetched),
    confirmed: row.confirmed === 1,
  }
}

import { createHash } from 'node:crypto'
import type { State } from '../state/state.ts'

/**
 * Whether a sender has used a message id before. What the real gateway does with it is not public: the contour answers again, and tells it as a note.
 * `again`: the same request; `other`: another one under the same id.
 */
export interface SeenIds {
  look(sender: string, message: string, request: Uint8Array): 'new' | 'again' | 'other'
}

export function openSeenIds(state: State, most: number): SeenIds {
  const { db } = state
  const find = db.prepare('select sha256 from seen where sender = ? and message = ?')
  const insert = db.prepare('insert or ignore into seen (sender, message, sha256) values (?, ?, ?)')
  const trim = db.prepare('delete from seen where rowid <= (select max(rowid) from seen) - ?')
  let added = 0
  return {
    look(sender, message, request) {
      const sha256 = createHash('sha256').update(request).digest('hex')
      const known = find.get(sender, message)?.sha256
      if (known !== undefined) return known === sha256 ? 'again' : 'other'
      void state
        .durably(() => {
          insert.run(sender, message, sha256)
          if (++added % 100 === 0) trim.run(most)
        })
        .catch(() => undefined)
      return 'new'
    },
  }
}

/**
 * Which messages were taken already: the envelope has no protection against replay of its own. A store of several processes, or one that outlives
 * them, takes the place of the one in memory.
 */
export interface Seen {
  /** True once for each key: whoever gets it handles the message. */
  take(key: string): Promise<boolean>
  /** Nothing came of it: the same message may come again. */
  release(key: string): Promise<void>
  /** It was handled: from now on for good. Absent: what is taken is so from the start. */
  keep?(key: string): Promise<void>
}

/** Forgets the oldest above `most`: at a hundred messages a second the last quarter of an hour is remembered. */
export function seenInMemory(most = 100_000): Seen {
  const keys = new Set<string>()
  return {
    async take(key) {
      if (keys.has(key)) return false
      keys.add(key)
      for (const oldest of keys) {
        if (keys.size <= most) break
        keys.delete(oldest)
      }
      return true
    },
    async release(key) {
      keys.delete(key)
    },
  }
}

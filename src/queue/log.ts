import type { LogLine } from './queue.ts'

/** Where the lines of a hall's day are kept. Everything else of a queue follows from them. */
export interface HallLog {
  /** Lines after `seq`, in order. */
  read(branch: string, day: string, seq: number): Promise<LogLine[]>
  /** False: the place is taken, somebody was faster; nothing was kept. */
  append(line: LogLine): Promise<boolean>
}

/**
 * In memory, for one process.
 * @param keep called with each line before it counts, to keep it elsewhere; to throw is to refuse it
 * @param kept lines of earlier runs, in order
 */
export function logInMemory(keep: (line: LogLine) => Promise<void> | void = () => {}, kept: readonly LogLine[] = []): HallLog {
  const days = new Map<string, LogLine[]>()
  const linesOf = (branch: string, day: string): LogLine[] => {
    const key = `${branch}/${day}`
    const lines = days.get(key) ?? []
    days.set(key, lines)
    return lines
  }
  for (const line of kept) linesOf(line.branch, line.day).push(line)
  let turn: Promise<unknown> = Promise.resolve()
  return {
    read: async (branch, day, seq) => linesOf(branch, day).slice(seq),
    append(line) {
      const mine = turn.then(async () => {
        const lines = linesOf(line.branch, line.day)
        if (lines.length !== line.seq - 1) return false
        await keep(line)
        lines.push(line)
        return true
      })
      turn = mine.catch(() => {})
      return mine
    },
  }
}

import type { FileVerdict, Given } from './file.ts'
import { type FileJudgeParts, judgeFile } from './judgeFile.ts'

/** Judges what strangers bring, a few at once: a file costs up to a second of a processor, and nobody is known here. */
export interface FileRoom {
  /** `busy`: too many wait already. */
  judge(given: Given): Promise<FileVerdict | 'busy'>
}

/** Two at once leave a processor to those who work; what waits is held in memory, up to two files of 10 MiB each. */
const most = { atOnce: 2, waiting: 6 }

export function createFileRoom(parts: FileJudgeParts): FileRoom {
  let busy = 0
  const waiting: (() => void)[] = []
  return {
    async judge(given) {
      if (busy >= most.atOnce) {
        if (waiting.length >= most.waiting) return 'busy'
        await new Promise<void>((go) => waiting.push(go))
      } else busy++
      try {
        return await judgeFile(parts, given)
      } finally {
        // Whoever waits longest takes the place over.
        const next = waiting.shift()
        if (next === undefined) busy--
        else next()
      }
    },
  }
}

import type { Log } from './log.ts'

/**
 * A failure that nobody caught ends the process, as Node would end it, but Node prints the whole error, and a database's error repeats the values
 * that it was given. Returns what takes this back.
 */
export function tellCrash(log: Log, exit: (code: number) => void = process.exit): () => void {
  const crashed = (cause: unknown) => {
    log.error('crash', {}, cause)
    exit(1)
  }
  process.on('uncaughtException', crashed)
  return () => void process.off('uncaughtException', crashed)
}

/** Work that comes round again, one turn at a time. */
export interface Rounds {
  readonly stopped: boolean
  /** Does the work after the turn that goes on. */
  after<T>(work: () => Promise<T>): Promise<T>
  /** No turn begins any more; waits for the one that goes on. */
  stop(): Promise<void>
}

/** A turn that takes longer than `everyMs` lets the next ones wait; what one throws is told, and the next comes all the same. Nothing here keeps a process alive. */
export function startRounds(everyMs: number, turn: () => Promise<unknown>, onFailure: (cause: unknown) => void): Rounds {
  let running: Promise<unknown> = Promise.resolve()
  let stopped = false
  const timer = setInterval(() => {
    running = running.then(() => (stopped ? undefined : turn())).catch(onFailure)
  }, everyMs)
  timer.unref()
  return {
    get stopped() {
      return stopped
    },
    after: (work) => {
      const done = running.then(work)
      running = done.catch(() => undefined)
      return done
    },
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}

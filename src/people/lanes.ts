/** At most so many pieces of work of one name run at a time, the others wait in the order in which they came; other names have their own lane. */
export function lanes(most: number) {
  const open = new Map<string, { running: number; waiting: (() => void)[] }>()
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const lane = open.get(name) ?? { running: 0, waiting: [] }
    open.set(name, lane)
    if (lane.running < most) lane.running++
    else await new Promise<void>((go) => lane.waiting.push(go))
    try {
      return await work()
    } finally {
      // The turn passes on without being given back, so that nobody who comes meanwhile takes it.
      const next = lane.waiting.shift()
      if (next) next()
      else if (--lane.running === 0) open.delete(name)
    }
  }
}

import { type Script, scriptOf } from '../../src/cli/bench.ts'
import { type Stage, submit } from '../../src/cli/theatre.ts'
import type { Statutes } from '../../src/desk/statutes.ts'

/** Every example in which nobody is told no, so that every command is a step. */
export function scriptsOf(statutes: Statutes): Script[] {
  return statutes.library.regulations.flatMap((law) => {
    const bound = statutes.bind(law)
    return (law.examples?.examples ?? []).filter((e) => e.when.every((w) => w.refused === undefined)).map((e) => scriptOf(bound, e))
  })
}

export interface Load {
  /** Steps since the last call: how long each took in ms, and how many failed. */
  take(): { times: number[]; errors: number; seconds: number }
  stop(): Promise<void>
}

/** Callers who play cases from submission to their end, one step after another with a pause between, until they are stopped. */
export function startLoad(callers: number, pauseMs: number, scripts: readonly Script[], stage: () => Stage): Load {
  let times: number[] = []
  let errors = 0
  let since = performance.now()
  let going = true
  let next = 0
  const caller = async () => {
    const { desk, time } = stage()
    while (going) {
      const script = scripts[next++ % scripts.length]
      if (script === undefined) return
      const { service, region } = script.bound.law.regulation
      let number = ''
      for (const asked of script.asked) {
        if (!going) return
        if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.5 + Math.random())))
        time.now = Date.parse(asked.at)
        const started = performance.now()
        const outcome = await submit(desk, service, region, asked, number)
        times.push(performance.now() - started)
        if (outcome.kind !== 'done') {
          errors++
          break
        }
        number = outcome.number
      }
    }
  }
  const running = Promise.all(Array.from({ length: callers }, caller))
  return {
    take: () => {
      const now = performance.now()
      const taken = { times, errors, seconds: (now - since) / 1000 }
      times = []
      errors = 0
      since = now
      return taken
    },
    stop: async () => {
      going = false
      await running
    },
  }
}

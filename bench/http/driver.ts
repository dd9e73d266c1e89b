/** The process that sends: apart from the server, so that neither waits for the other's thread. Told its plan, tells what it measured. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Tally, type Told } from './tally.ts'
import { type Pace, User, type UserPlan } from './user.ts'

export interface DriverPlan {
  readonly bases: readonly string[]
  /** Who comes when, in ms from the start; everybody leaves at their end. */
  readonly waves: readonly { readonly users: readonly UserPlan[]; readonly fromMs: number; readonly untilMs: number }[]
  readonly pace: Pace
}

/** `lateMs`: of the senders' own event loop, p99: what is measured is later by as much. */
export type DriverTold = Told & { readonly cpuSeconds: number; readonly lateMs: number }

async function drive({ bases, waves, pace }: DriverPlan): Promise<DriverTold> {
  const tally = new Tally()
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let index = 0
  await Promise.all(
    waves.map(async ({ users, fromMs, untilMs }) => {
      await sleep(fromMs)
      const over = new AbortController()
      setTimeout(() => over.abort(), untilMs - fromMs)
      await Promise.all(
        users.map((plan) => {
          const at = index++
          return new User(plan, new URL(bases[at % bases.length] ?? ''), at, tally, pace, over.signal).work()
        }),
      )
    }),
  )
  const { user, system } = process.cpuUsage()
  return {
    samples: tally.samples,
    oddities: tally.oddities,
    acknowledged: tally.acknowledged,
    cpuSeconds: (user + system) / 1e6,
    lateMs: delay.percentile(99) / 1e6,
  }
}

// Nobody waits for the numbers any more.
process.once('disconnect', () => process.exit(1))
process.once('message', (plan) => {
  // Sent by run.ts, which has the same type.
  void drive(plan as DriverPlan).then((told) => process.send?.(told, () => process.exit(0)))
})

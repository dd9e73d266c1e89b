/** Loaded into the server by `--import`: its event loop's lateness, a line a second into the file that BENCH_LOOP names. */
import { appendFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const file = process.env.BENCH_LOOP
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  setInterval(() => {
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 })}\n`)
    delay.reset()
  }, 1000).unref()
}

import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Loaded, load, phoneLine } from '../../test/browser/loading.ts'
import { mainPages } from '../../test/browser/mainPages.ts'
import { openStage } from '../../test/browser/stage.ts'

/** Largest contentful paint of the main pages on a first visit by a phone on a slow line. */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, limit: { type: 'string', default: '1000' } } })
const runs = Number(values.runs)
const limit = Number(values.limit)

const phone = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true }

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const load1 = () => (loadavg()[0] ?? 0).toFixed(1)

const stage = await openStage()
let slow = 0
print(
  `${cpus()[0]?.model ?? ''} × ${cpus().length}; load ${load1()}; ${phoneLine.latency} ms, ${phoneLine.bitsPerSecond / 1e6} Mbit/s, CPU ÷ ${phoneLine.slowdown}`,
)
for (const { path, state } of await mainPages(stage)) {
  const seen: Loaded[] = []
  for (let run = 0; run < runs; run++) {
    const page = await stage.stranger('kk', { ...phone, ...(state === undefined ? {} : { storageState: state }) })
    seen.push(await load(page, path, phoneLine))
    await page.context().close()
  }
  const paints = seen.map(({ paint }) => paint).sort((a, b) => a - b)
  const middle = paints[Math.floor(runs / 2)] ?? 0
  const [one] = seen
  if (middle > limit) slow++
  const shown = path.replace(/[\w-]{20}$/, '…')
  print(
    `${middle.toFixed(0).padStart(5)} ms (${(paints[0] ?? 0).toFixed(0)} to ${(paints.at(-1) ?? 0).toFixed(0)})  ${((one?.bytes ?? 0) / 1024).toFixed(0).padStart(4)} KB  shift ${one?.shift ?? 0}  ${shown}  ${one?.largest ?? ''}`,
  )
}
// A machine that is busy with other things makes every page slower: the numbers say at what load they were taken.
print(`load at the end ${load1()}`)
await stage.close()
process.exit(slow === 0 ? 0 : 1)

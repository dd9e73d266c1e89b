// Prints papers and tells whether memory comes back: `npm exec -- node src/papers/measureMemory.ts 2000`. Linux only.
// Counts this process and its children; exit 1 if they hold over 64 MB more than after the first papers.
import { readdirSync, readFileSync } from 'node:fs'
import { examplePapers } from './examples.ts'
import { createPaperPress } from './press.ts'

const papers = Number(process.argv[2] ?? 2000)
const allowed = 64

function megabytes(): number {
  const all = readdirSync('/proc').filter((name) => name === String(process.pid) || parentOf(name) === String(process.pid))
  return Math.round(all.reduce((sum, pid) => sum + residentKilobytes(pid), 0) / 1024)
}

function parentOf(pid: string): string | undefined {
  return /^\d+$/.test(pid) ? /\nPPid:\s+(\d+)/.exec(status(pid))?.[1] : undefined
}

function residentKilobytes(pid: string): number {
  return Number(/\nVmRSS:\s+(\d+)/.exec(status(pid))?.[1] ?? 0)
}

/** Empty for a process that has just ended. */
function status(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

const press = createPaperPress()
for (const paper of examplePapers) await press.print(paper)
const before = megabytes()
let peak = before
const started = performance.now()
for (let i = 0; i < papers; i++) {
  const example = examplePapers[i % examplePapers.length]
  if (example) await press.print({ ...example, number: `750-191014-${10_000 + i}-0` })
  if (i % 20 === 0) peak = Math.max(peak, megabytes())
}
const each = (performance.now() - started) / papers
const after = megabytes()
console.log(
  JSON.stringify({ papers, msEach: Math.round(each * 10) / 10, beforeMB: before, afterMB: after, peakMB: peak, grownMB: after - before }),
)
await press.close()
process.exitCode = after - before > allowed ? 1 : 0

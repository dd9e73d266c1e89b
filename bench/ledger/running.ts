import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Answer, Asked } from './contender.ts'
import { type Known, known, type Name } from './contenders.ts'

export interface Running {
  readonly about: Readonly<Record<string, string>>
  readonly serverPid?: number
  /** @param warm called when the timed part begins @param done called when it is over, before connections are given back */
  run(asked: Asked, warm: () => void, done: () => void): Promise<Answer>
  stop(): Promise<void>
}

/** How long a start, a warm-up or a rest may take on a busy machine. */
const startPatienceMs = 90_000

/** Starts a contender's process; it lives through all rounds, as a service would, and ends when its input does: with us at the latest. */
export async function start(name: Name, env: NodeJS.ProcessEnv): Promise<Running> {
  const { program }: Known = known[name]
  if (program === null) return ourselves(env)
  const child = spawn(process.execPath, [...program], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...env, NODE_NO_WARNINGS: '1' } })
  // It may have ended: then its answers do, too.
  child.stdin?.on('error', () => undefined)
  const answers = answersOf(child)
  const next = async (patienceMs = startPatienceMs) => {
    const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    const { value, done } = await answers.next()
    clearTimeout(late)
    if (done) throw new Error(`${name} ended, or did not answer in ${patienceMs / 1000} s`)
    return value
  }
  const ready = (await next()) as Pick<Running, 'about' | 'serverPid'> // as: written by contender.ts
  return {
    ...ready,
    run: async (asked, warm, done) => {
      child.stdin?.write(`${JSON.stringify(asked)}\n`)
      await next()
      warm()
      const answer = (await next(asked.seconds * 1000 + startPatienceMs)) as Answer // as: written by contender.ts
      done()
      await next()
      return answer
    },
    stop: async () => {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve()
      child.stdin?.end()
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Lines that begin with @ are the contender's; what its libraries print is not. */
async function* answersOf(child: ChildProcess): AsyncGenerator<unknown> {
  if (child.stdout === null) return
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('@')) yield JSON.parse(line.slice(1))
}

const command = join(import.meta.dirname, '..', '..', 'bin', 'qyzmet.js')

/** `qyzmet bench` as anybody runs it: it makes a database of its own, plays, and warms up first. */
function ourselves(env: NodeJS.ProcessEnv): Running {
  return {
    about: { command: 'qyzmet bench --json', connections: 'its own: two writers, eight readers' },
    run: async ({ callers, seconds }) => {
      const [run] = ((await ourBench(env, ['--callers', String(callers), '--seconds', String(seconds)])) as { runs: Answer[] }).runs // as: DESIGN, the commands
      if (run === undefined) throw new Error('qyzmet bench told of no run')
      return run
    },
    stop: async () => {},
  }
}

/** Runs `qyzmet bench` and gives what it printed. */
export async function ourBench(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [command, 'bench', '--json', ...args], { stdio: ['ignore', 'pipe', 'inherit'], env })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  await once(child, 'close')
  const line = printed.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`qyzmet bench ended with ${child.exitCode}: ${printed}`)
  return JSON.parse(line)
}

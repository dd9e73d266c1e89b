import { loadavg } from 'node:os'
import { type Known, known, missing, type Name } from './contenders.ts'
import type { House } from './house.ts'
import { cpuOf, cpuOfFamily } from './processes.ts'
import type { Results, Run } from './results.ts'
import { type Running, start } from './running.ts'

export interface Plan {
  readonly names: readonly Name[]
  readonly callers: readonly number[]
  readonly seconds: number
  readonly rounds: number
  readonly ledgerUrl: string
  readonly env: NodeJS.ProcessEnv
  /** Set when somebody wants it to end. */
  readonly over: AbortSignal
  /** Told of each run as it ends. */
  readonly tell: (line: string) => void
}

type Told = Pick<Results, 'contenders' | 'runs' | 'absent'>

/** Everybody in turns, round after round (ABAB). Who fails is told as absent from there on, and the others go on. */
export async function takeTurns(house: House, plan: Plan): Promise<Told> {
  const absent: { name: Name; callers?: number; why: string }[] = []
  const running = new Map<Name, Running>()
  const runs: Run[] = []
  const started: { name: Name; about: Readonly<Record<string, string>> }[] = []
  try {
    for (const name of plan.names) {
      const found = await startOne(name, house, plan)
      if (typeof found === 'string') absent.push({ name, why: found })
      else {
        running.set(name, found)
        started.push({ name, about: found.about })
      }
    }
    for (let round = 1; round <= plan.rounds; round++)
      for (const callers of plan.callers)
        for (const [name, contender] of running) {
          plan.over.throwIfAborted()
          if (!fits(name, callers, running, house)) {
            if (round === 1) absent.push({ name, callers, why: `max_connections is ${house.mostConnections}` })
            continue
          }
          try {
            const run = await measure(name, contender, { round, callers, seconds: plan.seconds, postmaster: house.postmaster })
            runs.push(run)
            plan.tell(line(run))
          } catch (cause) {
            absent.push({ name, callers, why: `round ${round}: ${String(cause)}` })
            running.delete(name)
            await contender.stop()
          }
        }
    return { contenders: started, runs, absent }
  } finally {
    for (const contender of running.values()) await contender.stop()
  }
}

/** The contender, or why it is not there. */
async function startOne(name: Name, house: House, { env, ledgerUrl }: Plan): Promise<Running | string> {
  const why = missing(name)
  if (why !== null) return why
  const { database }: Known = known[name]
  const url = database === 'own' ? await house.database(name.replaceAll('-', '_')) : ledgerUrl
  try {
    return await start(name, { ...env, BENCH_URL: url })
  } catch (cause) {
    return String(cause)
  }
}

/** Whether the server has a connection for each caller beside what is held: ours, its reserve, and DBOS's pools, which stay open. */
function fits(name: Name, callers: number, running: ReadonlyMap<Name, Running>, { mostConnections }: House): boolean {
  const { connectionEach = false }: Known = known[name]
  const pools = [...running.keys()].filter((other) => other.startsWith('dbos')).length
  return !connectionEach || callers + 15 + 35 * pools <= mostConnections
}

interface Cell {
  readonly round: number
  readonly callers: number
  readonly seconds: number
  readonly postmaster: number | undefined
}

async function measure(contender: Name, running: Running, { round, callers, seconds, postmaster }: Cell): Promise<Run> {
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const { serverPid } = running
  const spent = () => (serverPid === undefined ? postmaster && cpuOfFamily(postmaster) : cpuOf(serverPid))
  let from: number | undefined
  let until: number | undefined
  const answer = await running.run(
    { callers, seconds },
    () => {
      from = spent()
    },
    () => {
      until = spent()
    },
  )
  // Our own command warms up and makes its database inside: it says neither when; its processor time is told by --where.
  const serverCpuUs = from === undefined || until === undefined ? null : Math.round((until - from) / Math.max(answer.steps, 1))
  return { ...answer, contender, callers, round, serverCpuUs, load }
}

function line({ round, callers, contender, stepsPerSecond, p50Ms, load, errors, error }: Run): string {
  const wrong = errors === 0 ? '' : `  ${errors} errors: ${error ?? ''}`
  return `round ${round}  ${String(callers).padStart(3)} callers  ${contender.padEnd(16)} ${stepsPerSecond}/s  p50 ${p50Ms} ms  load ${load}${wrong}`
}

import { setTimeout as sleep } from 'node:timers/promises'
import { viewsOfEvents } from '../src/desk/views.ts'
import { type Verification, verify } from '../src/ledger/verify/verify.ts'
import { ledgerKey } from './check/commands.ts'
import { look } from './check/look.ts'
import type { Judgement, Memory } from './check/memory.ts'
import type { Violation } from './check/seen.ts'
import { runEffectsOut, untilQuiet } from './check/settle.ts'
import { draw, shuffled } from './draw.ts'
import { faults } from './faults/all.ts'
import type { Struck } from './faults/fault.ts'
import type { Installation } from './house/installation.ts'
import { startLoad } from './load/callers.ts'
import type { Door } from './load/door.ts'
import { type Answer, isYes, type Sent } from './load/journal.ts'
import type { Script } from './load/scripts.ts'
import type { Round } from './plan.ts'

/** An installation with everything that rounds on it share. */
export interface Ground {
  readonly house: Installation
  readonly memory: Memory
  readonly door: Door
  readonly scripts: readonly Script[]
  readonly tokens: ReadonlyMap<string, string>
  readonly callers: number
}

export interface Played {
  readonly round: Round
  /** Why it counts as not run; absent: it ran. */
  readonly notRun?: string
  readonly struck: string
  readonly counts: Counts
  readonly violations: readonly Violation[]
  readonly ms: number
}

export interface Counts {
  readonly sent: number
  readonly acknowledged: number
  /** Never acknowledged, and wholly there, or wholly absent. */
  readonly there: number
  readonly absent: number
  /** Sent once more under the same key when all was over. */
  readonly repeats: number
  readonly cases: number
  readonly events: number
  readonly effects: number
  readonly effectsTookHold: number
  readonly effectsWaiting: number
}

export const nothing: Counts = {
  sent: 0,
  acknowledged: 0,
  there: 0,
  absent: 0,
  repeats: 0,
  cases: 0,
  events: 0,
  effects: 0,
  effectsTookHold: 0,
  effectsWaiting: 0,
}

export const add = (a: Counts, b: Counts): Counts =>
  Object.fromEntries(Object.keys(nothing).map((name) => [name, a[name as keyof Counts] + b[name as keyof Counts]])) as unknown as Counts // as: the same names

/** After the fault commands must be acknowledged again within this time. */
const recoveryMs = 30_000
const mostRepeats = 12

/** Load, fault under load, load until it is served again, rest, and then the whole check. */
export async function playRound(ground: Ground, round: Round): Promise<Played> {
  const began = performance.now()
  const { house } = ground
  const fault = faults[round.kind]
  await house.raise()
  await fault.prepare?.(house, round)
  const load = startLoad({
    name: round.name,
    round: round.number,
    callers: ground.callers,
    folder: `${house.folder}/journal`,
    door: ground.door,
    scripts: ground.scripts,
    tokens: ground.tokens,
    servers: fault.oneServer ? [house.servers[0]] : house.servers,
    homeOf: house.statutes.homeOf,
  })
  const violations: Violation[] = []
  let struck: Struck = { text: '' }
  let counts = nothing
  try {
    await sleep(round.atMs)
    struck = await fault.strike(house, round)
    if (!(await isServed(load.acknowledged)))
      violations.push({ kind: 'notRecovered', text: `nothing was acknowledged within ${recoveryMs} ms after the fault` })
    await sleep(200 + Math.floor(draw(`${round.name}/after`) * 300))
    const sent = await load.stop()
    await fault.undo?.(house, round)
    await house.raise()
    const { judgement, verified, repeats } = await check(ground, sent, round.name)
    violations.push(...judgement.violations, ...verified.problems.map(violationOf))
    counts = countsOf(judgement, verified, repeats)
  } catch (cause) {
    violations.push({ kind: 'notRecovered', text: String(cause) })
    await load.stop()
  }
  for (const server of house.servers)
    if (server.crashes() > 0)
      violations.push({ kind: 'crashed', text: `the ${server.name} server ended by itself: ${house.folder}/${server.name}.log` })
  const notRun = struck.missed === undefined ? {} : { notRun: struck.missed }
  return { round, ...notRun, struck: struck.text, counts, violations, ms: Math.round(performance.now() - began) }
}

async function isServed(acknowledged: () => number): Promise<boolean> {
  const before = acknowledged()
  for (let waited = 0; waited < recoveryMs; waited += 20) {
    if (acknowledged() >= before + 3) return true
    await sleep(20)
  }
  return false
}

/** Everything about what was sent in a round and every case that moved since the round before. */
async function check(ground: Ground, sent: readonly Sent[], name: string) {
  const { house, memory } = ground
  // A caller that went away has left a server that may still be at it, at most for the pause between two tries.
  await sleep(600)
  await untilQuiet(house.database)
  const repeats = await repeat(ground, sent, name)
  await untilQuiet(house.database)
  await runEffectsOut(house.database, 20_000)
  const { heads, seen } = await look(house.database, house.keyRing, memory.known, sent.map(ledgerKey))
  const judgement = memory.judge(sent, heads, seen, repeats)
  const cases = seen.cases.map(({ number }) => number)
  const verified = await verify(house.database, house.keyRing, { rowsOf: viewsOfEvents(house.statutes, new Map()), cases })
  return { judgement, verified, repeats: [...repeats.values()].reduce((sum, all) => sum + all.length, 0) }
}

/** Sends some commands once more under their keys: of those that were acknowledged, and of those that were not and are there. */
async function repeat(ground: Ground, sent: readonly Sent[], name: string): Promise<ReadonlyMap<string, readonly Answer[]>> {
  const { house, door, tokens } = ground
  const rows = await house.database.query<{ key: string }>({
    name: 'survive_there',
    text: 'select key from command where key = any ($1)',
    values: [sent.map(ledgerKey)],
  })
  const there = new Set(rows.map(({ key }) => key))
  const known = sent.filter((one) => there.has(ledgerKey(one)))
  const [acknowledged, others] = [known.filter((one) => one.answers.some(isYes)), known.filter((one) => !one.answers.some(isYes))]
  const chosen = [...shuffled(`${name}/repeat`, others), ...shuffled(`${name}/repeat`, acknowledged)].slice(0, mostRepeats)
  const logins = new Map(
    ground.scripts.flatMap(({ opener, steps }) => [opener, ...steps.map(({ by }) => by)]).map(({ id, login }) => [id, login]),
  )
  const answers = await Promise.all(
    chosen.map(async (one, place) => {
      const server = house.servers[place % 2]?.url() ?? ''
      const answer = await door.send(server, tokens.get(logins.get(one.sender) ?? '') ?? '', one)
      return [one.key, [answer]] as const
    }),
  )
  return new Map(answers)
}

export const violationOf = ({ kind, case: number, seq, text }: Verification['problems'][number]): Violation => ({
  kind: 'verify',
  text: `${kind} ${number}${seq === null ? '' : ` event ${seq}`}: ${text}`,
})

function countsOf({ verdicts, effects, cases }: Judgement, { events }: Verification, repeats: number): Counts {
  const unknown = verdicts.filter(({ acknowledged }) => !acknowledged)
  return {
    sent: verdicts.length,
    acknowledged: verdicts.length - unknown.length,
    there: unknown.filter(({ row }) => row !== null).length,
    absent: unknown.filter(({ row }) => row === null).length,
    repeats,
    cases,
    events,
    effects: effects.asked,
    effectsTookHold: effects.tookHold,
    effectsWaiting: effects.waiting,
  }
}

/** Once more over all: every case and command of all rounds; no effect may wait any longer. */
export async function checkAll({ house, memory }: Ground): Promise<{ violations: Violation[]; counts: Counts }> {
  await untilQuiet(house.database)
  await runEffectsOut(house.database, 60_000)
  const sent = memory.everything()
  const { heads, seen } = await look(house.database, house.keyRing, new Map(), sent.map(ledgerKey))
  const judgement = memory.judge(sent, heads, seen, new Map())
  const verified = await verify(house.database, house.keyRing, { rowsOf: viewsOfEvents(house.statutes, new Map()) })
  const waiting: Violation[] = seen.jobs.map(({ key, attempts }) => ({
    kind: 'effectLost',
    text: `${key} has been tried ${attempts} times and still waits when all is over`,
  }))
  return {
    violations: [...judgement.violations, ...verified.problems.map(violationOf), ...waiting],
    counts: countsOf(judgement, verified, 0),
  }
}

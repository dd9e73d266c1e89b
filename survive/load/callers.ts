import { setTimeout as sleep } from 'node:timers/promises'
import { draw, drawOne, drawWhole } from '../draw.ts'
import type { Server } from '../house/server.ts'
import type { Door } from './door.ts'
import { type Answer, isNo, isYes, type Journal, openJournal, readJournal, type Sent, type Wanted } from './journal.ts'
import type { Performer, Script } from './scripts.ts'

export interface Load {
  /** Names everything that is drawn. */
  readonly name: string
  readonly round: number
  readonly callers: number
  readonly folder: string
  readonly door: Door
  readonly scripts: readonly Script[]
  readonly tokens: ReadonlyMap<string, string>
  /** Those that callers speak to. */
  readonly servers: readonly Server[]
  readonly homeOf: (region: string) => number
}

export interface RunningLoad {
  /** Commands that were answered with a yes so far. */
  readonly acknowledged: () => number
  /** No new case is begun and none goes on; resolves with everything that was sent, read back from the callers' records. */
  stop(): Promise<Sent[]>
}

interface Caller {
  readonly load: Load
  readonly name: string
  readonly journal: Journal
  readonly state: { stopping: boolean; acknowledged: number }
}

/** What may happen to a command besides being sent once and answered: shares of all. */
const shares = { twin: 0.04, goesAway: 0.02, leftUnanswered: 0.4 }
/** An outcome that stays unknown for so long is left so. */
const longestAskingMs = 20_000

export function startLoad(load: Load): RunningLoad {
  const state = { stopping: false, acknowledged: 0 }
  const names = Array.from({ length: load.callers }, (_, index) => `${load.round}-${index + 1}`)
  const working = names.map(async (name) => {
    const journal = openJournal(load.folder, name)
    try {
      await work({ load, name, journal, state })
    } finally {
      journal.close()
    }
  })
  return {
    acknowledged: () => state.acknowledged,
    stop: async () => {
      state.stopping = true
      await Promise.all(working)
      return names.flatMap((name) => readJournal(load.folder, name))
    },
  }
}

async function work(caller: Caller): Promise<void> {
  for (let turn = 1; !caller.state.stopping; turn++) {
    const name = `${caller.load.name}/${caller.name}/${turn}`
    const whole = await takeThrough(caller, drawOne(`${name}/script`, caller.load.scripts), name, turn)
    // Who was turned away does not come back at once: else a server that is down would be asked thousands of times.
    if (!whole) await sleep(drawWhole(`${name}/rest`, 100, 300))
  }
}

/** One case from submission to its end; false: the caller must leave it before. */
async function takeThrough(caller: Caller, script: Script, name: string, turn: number): Promise<boolean> {
  const { channel, provider } = script
  const opened = await command(caller, script, script.opener, { do: 'open', channel, provider }, `${name}/0`, `${turn}.0`)
  if (opened?.number === undefined) return false
  for (const [index, { step, by, input, waits }] of script.steps.entries()) {
    if (caller.state.stopping) return false
    const place = `${turn}.${index + 1}`
    const wanted: Wanted = { do: 'step', number: opened.number, step, input }
    if ((await command(caller, script, by, wanted, `${name}/${index + 1}`, place)) === null) return false
    if (waits && !(await answered(caller, script.opener, opened.number, step))) return false
  }
  return true
}

/** Sends until the outcome is known, or leaves it unknown for ever. null: the case cannot go on. */
async function command(caller: Caller, script: Script, by: Performer, wanted: Wanted, name: string, place: string): Promise<Answer | null> {
  const { load, journal, state } = caller
  const key = `survive-${load.name}-${caller.name}-${place}`
  const asked = { key, round: load.round, home: load.homeOf(script.region), sender: by.id, wanted }
  const token = load.tokens.get(by.login) ?? ''
  const end = performance.now() + longestAskingMs
  journal.asks(asked)
  for (let attempt = 0; ; attempt++) {
    const mark = `${name}/${attempt}`
    const answers = await Promise.all(
      (draw(`${mark}/twin`) < shares.twin ? [0, 1] : [0]).map(async (twin) => {
        const away = draw(`${mark}/away`) < shares.goesAway ? AbortSignal.timeout(drawWhole(`${mark}/after`, 1, 25)) : undefined
        const answer = await load.door.send(serverOf(load, `${mark}`, twin), token, asked, away)
        journal.hears(key, answer)
        return answer
      }),
    )
    const yes = answers.find(isYes)
    if (yes) {
      state.acknowledged++
      return yes
    }
    if (answers.some(isNo)) return null
    if (draw(`${mark}/leave`) < shares.leftUnanswered || performance.now() > end) return null
    await sleep(drawWhole(`${mark}/pause`, 20, 300))
  }
}

/** Two twins go to two servers, where there are two. */
function serverOf({ servers }: Load, name: string, twin: number): string {
  const place = drawWhole(`${name}/server`, 0, servers.length - 1)
  return servers[(place + twin) % servers.length]?.url() ?? ''
}

/** Waits for an outside system's answer, which an effect brings; false: it has not come in time, and the case is left to it. */
async function answered({ load, state }: Caller, by: Performer, number: string, step: string): Promise<boolean> {
  for (let waited = 0; waited < 100 && !state.stopping; waited++) {
    const seen = await load.door.look(serverOf(load, `${number}/${waited}`, 0), load.tokens.get(by.login) ?? '', number)
    if (seen !== null && (seen.step?.id !== step || !seen.step.awaiting)) return true
    await sleep(80)
  }
  return false
}

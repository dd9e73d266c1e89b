import { Memory } from './check/memory.ts'
import type { Violation } from './check/seen.ts'
import { whyNot } from './house/able.ts'
import { type Installation, openInstallation } from './house/installation.ts'
import { type Prepared, prepare } from './house/prepare.ts'
import { type Door, openDoor } from './load/door.ts'
import { readScripts, type Script } from './load/scripts.ts'
import type { Round } from './plan.ts'
import { type Counts, checkAll, type Ground, nothing, type Played, playRound } from './rounds.ts'

export interface Survival {
  /** Empty at the beginning; whoever made it removes it. */
  readonly folder: string
  readonly rounds: readonly Round[]
  readonly callers: number
  /** Called after each round. */
  readonly told: (played: Played) => void
}

export interface Survived {
  readonly ok: boolean
  readonly played: readonly Played[]
  /** Each database once more as a whole, after its last round. */
  readonly whole: readonly { readonly name: string; readonly counts: Counts; readonly violations: readonly Violation[] }[]
}

/** Plays the rounds: those that fill the disk on an installation on a small disk of its own, all others on one database. */
export async function survive({ folder, rounds, callers, told }: Survival): Promise<Survived> {
  const unable = await whyNot()
  const prepared = await prepare(folder)
  const scripts = readScripts(prepared)
  const grounds = new Map<boolean, Ground>()
  const open: Installation[] = []
  const close = async () => {
    for (const house of open.splice(0)) await house.close()
  }
  const leave = () => void close().finally(() => process.exit(130))
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    // The copy on the small disk is made while nobody runs the cluster.
    for (const small of [true, false]) {
      if (!rounds.some(({ kind }) => (kind === 'diskFull') === small && unable[kind] === undefined)) continue
      const house = await openInstallation(small ? 'small' : 'main', folder, prepared, small)
      open.push(house)
      grounds.set(small, await groundOf(house, prepared, scripts, callers))
    }
    const played: Played[] = []
    for (const round of rounds) {
      const ground = grounds.get(round.kind === 'diskFull')
      const why = unable[round.kind]
      const one =
        ground === undefined || why !== undefined
          ? { round, notRun: why ?? 'there is no installation for it', struck: '', counts: nothing, violations: [], ms: 0 }
          : await playRound(ground, round)
      played.push(one)
      told(one)
    }
    const whole = []
    for (const ground of grounds.values()) whole.push({ name: ground.house.name, ...(await checkAll(ground)) })
    return { ok: [...played, ...whole].every(({ violations }) => violations.length === 0), played, whole }
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave)
    await close()
  }
}

async function groundOf(house: Installation, prepared: Prepared, scripts: readonly Script[], callers: number): Promise<Ground> {
  const door = openDoor(scripts[0]?.service ?? '')
  const logins = new Set(scripts.flatMap(({ opener, steps }) => [opener.login, ...steps.map(({ by }) => by.login)]))
  return { house, memory: new Memory(prepared.statutes), door, scripts, tokens: await tokensOf(house, door, [...logins]), callers }
}

/** Everybody signs in beforehand, some at a time: opening a password costs a tenth of a second. */
async function tokensOf({ servers }: Installation, door: Door, logins: readonly string[]): Promise<Map<string, string>> {
  const tokens = new Map<string, string>()
  for (let from = 0; from < logins.length; from += 4)
    await Promise.all(
      logins.slice(from, from + 4).map(async (login, place) => {
        tokens.set(login, await door.token(servers[place % 2]?.url() ?? '', login))
      }),
    )
  return tokens
}

import { drawWhole, shuffled } from './draw.ts'

/**
 * What is done to the installation. `server` all callers speak to one server, which is killed; `oneServer` one of two is; `backend` SIGKILL of a
 * database backend, after which PostgreSQL restarts all of them; `terminate` the same asked for politely; `database` SIGKILL of the postmaster;
 * `cut` a connection is cut around a commit; `diskFull` no room is left under the database; `clock` the law's clock is set forward and back;
 * `databaseClock` the database's; `throw` effects throw, then succeed; `slowDisk` every sync and write of the database takes longer.
 */
export const kinds = [
  'server',
  'oneServer',
  'backend',
  'terminate',
  'database',
  'cut',
  'diskFull',
  'clock',
  'databaseClock',
  'throw',
  'slowDisk',
] as const
export type Kind = (typeof kinds)[number]

export interface Round {
  /** From 1. */
  readonly number: number
  readonly kind: Kind
  /** Names everything that is drawn in this round. */
  readonly name: string
  /** When the fault begins, in milliseconds after the load. */
  readonly atMs: number
}

export const isKind = (text: string): text is Kind => kinds.some((kind) => kind === text)

/** Every kind comes once before any comes twice, in an order that follows from the seed. */
export function planRounds(seed: string, count: number, only: readonly Kind[] = kinds): Round[] {
  return Array.from({ length: count }, (_, index): Round => {
    const cycle = Math.floor(index / only.length)
    const kind = shuffled(`${seed}/order/${cycle}`, only)[index % only.length] ?? 'server'
    const name = `${seed}/${index + 1}/${kind}`
    return { number: index + 1, kind, name, atMs: drawWhole(`${name}/moment`, 250, 1000) }
  })
}

import { createHash } from 'node:crypto'

/** How failures of one kind are borne: so many without a delay, then a delay that doubles up to the longest. Times in ms. */
export interface Patience {
  readonly free: number
  readonly firstDelay: number
  readonly longestDelay: number
}

const second = 1000
const minute = 60 * second

/** A person forgets; five tries, then half a minute, one, two … at most a quarter of an hour, so that nobody is shut out for a day by a stranger. */
export const loginPatience: Patience = { free: 5, firstDelay: 30 * second, longestDelay: 15 * minute }
/** One address may be a whole branch behind one router: more tries, the same delays. */
export const addressPatience: Patience = { free: 50, firstDelay: 30 * second, longestDelay: 15 * minute }

/** Failures older than this no longer count. */
export const forgottenAfter = 60 * minute

/** How long the next try must wait after so many failures in a row. */
export function delayAfter(failures: number, { free, firstDelay, longestDelay }: Patience): number {
  if (failures < free) return 0
  return Math.min(longestDelay, firstDelay * 2 ** Math.min(30, failures - free))
}

/** The row's name: a digest, since people type passwords into the wrong box. */
export const subjectOf = (kind: 'login' | 'code' | 'address', value: string): Buffer =>
  createHash('sha256').update(`${kind} ${value}`).digest()

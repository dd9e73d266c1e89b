import { createHash } from 'node:crypto'

/** A number from 0 (inclusive) to 1 that the same seed and name give each time: the nth decision of a rule is the same in every run. */
export function chance(seed: string, name: string): number {
  return createHash('sha256').update(`${seed}\n${name}`).digest().readUIntBE(0, 6) / 2 ** 48
}

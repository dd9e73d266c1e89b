import { createHash } from 'node:crypto'

/** Chance that can be had again: the same seed, target and number of the input give the same input. */
export interface Chance {
  /** A whole number from 0 to below `end`. */
  below(end: number): number
  /** True once in so many times. */
  oneIn(times: number): boolean
  pick<T>(from: readonly T[]): T
}

export function chanceOf(...seed: readonly (string | number)[]): Chance {
  let state = createHash('sha256').update(seed.join('|')).digest().readUInt32LE()
  // mulberry32: 32 bits of state are plenty for the choices of one input.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (end: number) => (end <= 1 ? 0 : next() % end)
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick: <T>(from: readonly T[]): T => {
      const found = from[below(from.length)]
      if (from.length === 0) throw new RangeError('there is nothing to pick from')
      return found as T // below the length
    },
  }
}

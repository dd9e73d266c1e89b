/** A number from 0 to 1, the same for the same seed and turn: a million cases draw fifty million times, so it is arithmetic and no digest. */
export type Draw = () => number

/** Mulberry32, seeded through one round of the same mixing, so that neighbouring seeds have nothing in common. */
export function drawFrom(seed: number): Draw {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <Value>(draw: Draw, from: readonly Value[]): Value => {
  const value = from[Math.floor(draw() * from.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** By Zipf's law: the second half as often as the first, the third a third as often. */
export function pickSkewed<Value>(draw: Draw, from: readonly Value[]): Value {
  const rank = Math.floor((from.length + 1) ** draw()) - 1
  const value = from[Math.min(rank, from.length - 1)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

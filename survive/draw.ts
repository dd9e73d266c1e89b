import { createHash } from 'node:crypto'

/** An even number from 0 to 1 that follows from a name: the same seed gives the same rounds, moments and commands, whatever the machine's speed. */
export const draw = (name: string): number => createHash('sha256').update(`survive/${name}`).digest().readUInt32BE(0) / 2 ** 32

/** A whole number from `least` to `most`. */
export const drawWhole = (name: string, least: number, most: number): number => least + Math.floor(draw(name) * (most - least + 1))

export function drawOne<T>(name: string, from: readonly T[]): T {
  const one = from[Math.floor(draw(name) * from.length)]
  if (one === undefined) throw new RangeError(`${name} is to be drawn from nothing`)
  return one
}

/** Another order, the same for the same name. */
export const shuffled = <T>(name: string, from: readonly T[]): T[] =>
  from
    .map((one, place) => ({ one, by: draw(`${name}/${place}`) }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one)

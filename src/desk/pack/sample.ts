import { createHash } from 'node:crypto'

/** How a sample was drawn: with this anybody draws it again from the same list. */
export interface Sample {
  /** Hex hash of the newest seal when it was drawn, unless the inspector named another text: nobody who works on cases can foresee or choose it. */
  readonly seed: string
  /** How many cases it was drawn from. */
  readonly of: number
}

/** The `size` cases whose SHA-256(seed ‖ "/" ‖ number) come first. Order and repetition of what is given do not matter. */
export function drawSample(numbers: Iterable<string>, size: number, seed: string): { readonly drawn: string[]; readonly sample: Sample } {
  const place = (number: string) => createHash('sha256').update(`${seed}/${number}`).digest('hex')
  const all = [...new Set(numbers)].map((number) => ({ number, place: place(number) }))
  const drawn = all.toSorted((a, b) => (a.place < b.place ? -1 : 1)).slice(0, size)
  return { drawn: drawn.map(({ number }) => number), sample: { seed, of: all.length } }
}

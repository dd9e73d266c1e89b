import type { Running, Target } from './target.ts'

/** Parsers as bad as they come, each at the third input, for whoever watches over them. */
const bad = (name: string, run: () => void, { limitMs = 60_000, memoryMb = 250 } = {}): Target => ({
  name,
  weight: 1,
  limitMs,
  apart: { memoryMb, inputMb: 60 },
  open: async (): Promise<Running> => {
    let turn = 0
    return {
      make: () => [Buffer.from(`${turn++}`)],
      run: async ([text]) => {
        if (String(text) === '2') run()
        return ['said']
      },
    }
  },
})

const kept: unknown[] = []

export const targets: readonly Target[] = [
  bad('good', () => {}),
  bad('throws', () => {
    throw new RangeError('out of the buffer')
  }),
  bad(
    'hangs',
    () => {
      for (;;) kept.length = 0
    },
    { limitMs: 300 },
  ),
  bad('dies', () => process.exit(7)),
  bad('fills', () => {
    for (;;) kept.push(Array.from({ length: 1000 }, (_, n) => ({ n })))
  }),
  bad('swells', () => {
    for (let n = 0; n < 100; n++) kept.push(Buffer.alloc(10 << 20, 1))
  }),
  // What a start held at its peak and gave back again is not seen anew: it asks for far more than that.
  bad('asks', () => void kept.push(Buffer.alloc(400 << 20, 1)), { memoryMb: 1000 }),
]

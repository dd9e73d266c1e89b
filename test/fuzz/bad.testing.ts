import type { Running, Target } from './target.ts'

/** Parsers as bad as they come, each at the third input, for whoever watches over them. */
const bad = (name: string, run: () => void, limitMs = 60_000): Target => ({
  name,
  weight: 1,
  limitMs,
  apart: { memoryMb: 250, inputMb: 60 },
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
    300,
  ),
  bad('dies', () => process.exit(7)),
  bad('fills', () => {
    for (;;) kept.push(Array.from({ length: 1000 }, (_, n) => ({ n })))
  }),
  bad('swells', () => {
    for (let n = 0; n < 100; n++) kept.push(Buffer.alloc(10 << 20, 1))
  }),
  bad('asks', () => {
    kept.push(Buffer.alloc(100 << 20, 1))
  }),
]

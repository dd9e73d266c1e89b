import { defineConfig } from 'vitest/config'

/** Proofs that run under Vitest and are no part of `npm test`: `test/long/*.long.ts`. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } },
  test: { include: ['test/long/**/*.long.ts'], testTimeout: 600_000, hookTimeout: 120_000, maxWorkers: 1 },
})

import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/closingLine.ts'

const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } } }

export default defineConfig({
  ...jsx,
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      { ...jsx, test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 20_000 } },
      // Each of these owns a database, a server or a browser: two at a time is what two cores bear.
      { ...jsx, test: { name: 'whole', include: ['test/**/*.test.{ts,tsx}'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 } },
    ],
  },
})

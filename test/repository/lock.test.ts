import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const lock = z
  .object({ packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })) })
  .parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))

describe('the lock file', () => {
  // A registry that carries one platform only lets `npm install` leave the others out, and the next `npm ci` refuses to run at all.
  it('names the packages of every platform', () => {
    const missing = Object.values(lock.packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}).filter((name) => lock.packages[`node_modules/${name}`] === undefined),
    )
    expect(missing).toEqual([])
  })
})

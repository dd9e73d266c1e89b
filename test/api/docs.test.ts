import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { problemCodes, statuses } from '../../src/api/problem.ts'

it('docs/api.md has every problem with its status, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8')
  const rows = [...text.matchAll(/<a id="(\w+)"><\/a>`\w+` \| (\d+) \|/g)].map(([, code, status]) => `${code} ${status}`)
  expect(rows.sort()).toEqual(problemCodes.map((code) => `${code} ${statuses[code]}`).sort())
})

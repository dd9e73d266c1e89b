import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

// Codes are made in these folders only; kinds that complete a code are listed with it.
const kinds = {
  unknown: ['Step', 'Ending', 'Role', 'Paper', 'Reading', 'Channel'],
  exampleUnknown: ['Step', 'Outcome', 'Ending', 'Role', 'Paper', 'Channel', 'Provider', 'Document', 'Ground', 'Option', 'Clause'],
}
const sources = [import.meta.dirname, join(import.meta.dirname, 'checks')].flatMap((dir) =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'fixture.ts')
    .map((name) => readFileSync(join(dir, name), 'utf8')),
)
const written = sources.join('\n')
const words = parse(readFileSync(join(import.meta.dirname, '..', 'language', 'kk', 'law.yaml'), 'utf8')).problem
const told = Object.keys(words).filter((code) => code !== 'type')

it('every problem that has words is made somewhere', () => {
  const made = (code: string): boolean =>
    written.includes(`'${code}'`) ||
    Object.entries(kinds).some(
      ([start, ends]) => written.includes(`\`${start}\${kind}\``.replace('kind', '{kind}')) && ends.some((end) => code === start + end),
    )
  expect(told.filter((code) => !made(code))).toEqual([])
})

it('every problem that is made has words', () => {
  const made = [...written.matchAll(/(?:problemAt|inRegulation)\((?:[^'`()]|\[[^\]]*\])*?,\s*'([a-zA-Z]+)'/g)].map(([, code = '']) => code)
  expect(made.length).toBeGreaterThan(20)
  const all = [...made, ...Object.entries(kinds).flatMap(([start, ends]) => ends.map((end) => start + end))]
  expect(all.filter((code) => !told.includes(code))).toEqual([])
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, schemas } from './reference.ts'
import { meaningOf, sectionsOf, sharedSchemas } from './walk.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const made = documents(read('src/law/reference/introduction.md'))

it.each(made)('$path is what the schemas say: run npm run docs', ({ path, text }) => {
  expect(read(path)).toBe(text)
})

describe.each(Object.entries(schemas))('the schema of %s', (_, schema) => {
  const sections = sectionsOf(schema)

  it('has a meaning at every key', () => {
    const dumb = sections.flatMap(({ path, rows }) => rows.filter((row) => !meaningOf(row.schema)).map(({ key }) => `${path}.${key}`))
    expect(dumb).toEqual([])
  })

  it('has every key in the description for people', () => {
    const text = made.find(({ path }) => path.endsWith('.md'))?.text ?? ''
    const absent = sections.flatMap(({ rows }) => rows).filter(({ key }) => !text.includes(`| \`${key}\` |`))
    expect(absent).toEqual([])
  })
})

it('what keys share has a meaning', () => {
  expect(
    sharedSchemas()
      .filter(([name, schema]) => name !== 'act' && !meaningOf(schema))
      .map(([name]) => name),
  ).toEqual([])
})

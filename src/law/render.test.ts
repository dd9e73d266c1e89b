import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { codes } from './codes.ts'

describe.each(['kk', 'ru', 'en'])('the words of %s', (language) => {
  const words = parse(readFileSync(join(import.meta.dirname, '..', 'language', language, 'law.yaml'), 'utf8')).problem
  const { type, ...plain } = words
  const told: Record<string, { what: string; remedy: string }> = {
    ...plain,
    ...Object.fromEntries(Object.entries(type).map(([kind, says]) => [`type.${kind}`, says])),
  }

  it('tell every problem, and no other', () => {
    expect(Object.keys(told).sort()).toEqual([...codes].sort())
  })

  it('say what is wrong and what to do about it', () => {
    expect(Object.values(told).filter(({ what, remedy }) => !what || !remedy)).toEqual([])
  })
})

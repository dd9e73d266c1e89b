import { describe, expect, it } from 'vitest'
import { type Document, isMap, isSeq, parseDocument } from 'yaml'
import { regulationsFolder, rehearse } from '../../src/cli/coverage.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { LawBroken } from '../../src/desk/statutes.ts'

/** Nothing in a regulation is idle: without any one step, branch or norm the checks, the examples or the coverage say no. */
const files = await readLawFiles(regulationsFolder())
const editions = /^(?!law\/)([^/]+\/[^/]+\/[\d-]+)(\.examples)?\.yaml$/
const regulations = files.filter(({ path }) => editions.exec(path)?.[2] === undefined && editions.test(path))

describe.each(regulations.map((file) => [file.path, file] as const))('%s', (path, file) => {
  const deletable = paths(parseDocument(file.text))
  // Other regulations would be rehearsed each time only to be passed over.
  const alone = files.filter((f) => (editions.exec(f.path)?.[1] ?? editions.exec(path)?.[1]) === editions.exec(path)?.[1])

  it('holds as it is, alone', () => {
    expect(holds(alone, path)).toBe(true)
  })

  it('has steps, branches and norms to delete', () => {
    expect(deletable.length).toBeGreaterThan(20)
  })

  it.each(deletable.map((place) => [place.join('.'), place] as const))('cannot do without %s', (_, place) => {
    const document = parseDocument(file.text)
    document.deleteIn(place)
    const changed = alone.map((f) => (f.path === path ? { path, text: String(document) } : f))
    expect(holds(changed, path)).toBe(false)
  })
})

function holds(changed: typeof files, path: string): boolean {
  try {
    const rehearsed = rehearse(changed).filter((one) => one.bound.law.files.some((f) => f.path === path))
    return rehearsed.length === 1 && rehearsed.every((one) => one.coverage.complete && one.enacted.every((e) => e.ok))
  } catch (cause) {
    if (cause instanceof LawBroken) return false
    throw cause
  }
}

function paths(document: Document): (string | number)[][] {
  const steps = document.getIn(['steps'])
  if (!isSeq(steps)) return []
  return steps.items.flatMap((_, index) => {
    const outcomes = document.getIn(['steps', index, 'outcomes'])
    const norms = document.getIn(['steps', index, 'norms'])
    return [
      ['steps', index],
      ...(isMap(outcomes) ? outcomes.items.map((pair) => ['steps', index, 'outcomes', String(pair.key)]) : []),
      ...(isSeq(norms) ? norms.items.map((_, n) => ['steps', index, 'norms', n]) : []),
    ]
  })
}

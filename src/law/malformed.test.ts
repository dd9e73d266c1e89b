import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { filesWith, type Loose, paths, sound } from './checks/fixture.testing.ts'
import { codes } from './codes.ts'
import { buildLibrary } from './library.ts'
import { hasErrors } from './problem.ts'

/** Paths to everything in the sound files. */
const places = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, each]) => places(each, [...path, Array.isArray(value) ? Number(key) : key]))]
    : [path]
const all = places(sound).filter(({ length }) => length > 0)

const junk = fc.oneof(fc.constantFrom(null, true, 0, -1, 8.1, '', 'x', '2018-02-30', [], {}), fc.jsonValue({ maxDepth: 2 }))

const change = (files: Loose, path: readonly (string | number)[], value: unknown): void => {
  const holder = path.slice(0, -1).reduce((each: Loose, part) => each?.[part], files)
  if (typeof holder !== 'object' || holder === null) return
  holder[path.at(-1) ?? ''] = value
}

/**
 * A library takes a hundredth of a second of processor, so these runs take four; beside other work of the machine they took more than the 20 s of a
 * unit test, which then failed without a counterexample. The time is bounded by the runs, not by the clock; `npm run fuzz -- --only law` runs thousands.
 */
const patience = { timeout: 120_000 }

it('whatever stands in a file, it is a library or a list of problems in the file, never a breakage', patience, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...all), junk), { minLength: 1, maxLength: 4 }), (changes) => {
      const { library, problems } = buildLibrary(
        filesWith((files) => {
          for (const [path, value] of changes) change(files, path, value)
        }),
      )
      expect(library === undefined).toBe(hasErrors(problems))
      for (const { line, column, code } of problems) {
        expect(line).toBeGreaterThan(0)
        expect(column).toBeGreaterThan(0)
        expect(codes).toContain(code)
      }
    }),
    { numRuns: 200 },
  )
})

it('whatever is cut out of the text of a file, nothing breaks', patience, () => {
  const text = stringify(sound.regulation)
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(40), fc.constantFrom('', '\t', ': ', '- ', '"', '{', '*x', '---\n'), (at, length, instead) => {
      const cut = text.slice(0, at) + instead + text.slice(at + length)
      const { library, problems } = buildLibrary(
        filesWith().map((file) => (file.path === paths.regulation ? { ...file, text: cut } : file)),
      )
      expect(library === undefined).toBe(hasErrors(problems))
    }),
    { numRuns: 150 },
  )
})

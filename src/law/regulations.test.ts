import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readLawFiles } from '../desk/lawFiles.ts'
import { buildLibrary } from './library.ts'

it('the regulations of this repository have no problem, not even a warning', async () => {
  const { library, problems } = buildLibrary(await readLawFiles(join(import.meta.dirname, '..', '..', 'regulations')))
  expect(problems.map(({ file, line, code, path }) => `${file}:${line} ${code} ${path}`)).toEqual([])
  expect(library?.regulations.length).toBeGreaterThan(0)
})

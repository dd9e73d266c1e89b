import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { completeLibraries } from './binaries.ts'

const roots: string[] = []

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

function newPackage(): string {
  const root = mkdtempSync(join(tmpdir(), 'qyzmet-binaries-'))
  roots.push(root)
  mkdirSync(join(root, 'native', 'lib'), { recursive: true })
  writeFileSync(join(root, 'native', 'lib', 'libpq.so.5.18'), 'library')
  writeFileSync(
    join(root, 'native', 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  )
  return root
}

describe('the libraries of the package', () => {
  it('get the links that its skipped postinstall did not make', () => {
    const root = newPackage()
    expect(completeLibraries(root, join(root, 'spare'))).toEqual({})
    expect(lstatSync(join(root, 'native', 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(root, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library')
  })

  it('are linked in a folder of our own when the package cannot be written', () => {
    const root = newPackage()
    const list = JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/absent/libpq.so.5' }])
    writeFileSync(join(root, 'native', 'pg-symlinks.json'), list)
    const spare = join(root, 'spare')
    expect(completeLibraries(root, spare)).toEqual({ LD_LIBRARY_PATH: spare })
    expect(readFileSync(join(spare, 'libpq.so.5'), 'utf8')).toBe('library')
  })
})

import { expect, it } from 'vitest'
import { openFile } from './files.ts'

// Found by fuzzing (test/fuzz): the reader of YAML throws where aliases stand for too much.
it('a file with aliases is no data file, however many they are, and each is told by its line', () => {
  const bomb = `days:\n  - &a1\n${'  - *a1\n'.repeat(300)}`
  const opened = openFile(bomb, 'law/calendars/kz.yaml')
  expect(opened.ok).toBe(false)
  if (opened.ok) return
  expect(opened.problems).toHaveLength(300)
  expect(opened.problems[0]).toEqual({ file: 'law/calendars/kz.yaml', line: 3, path: '', code: 'yaml', params: { fault: 'ALIAS' } })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { NodeFileWrong, readNodeFile } from './nodeFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-node-'))
afterAll(() => rmSync(folder, { recursive: true }))

const right = `format: qyzmet.node/1
node: region:aktobe
data: data
port: 8081
access: { senderId: rshep, password: { file: secret }, keys: gateway }
gateway: { async: 'https://shep.example.kz/async', sync: 'https://shep.example.kz/sync' }
partners:
  - senderId: iis
`

function read(text: string, asked = 'region:aktobe') {
  const path = join(folder, 'node.yaml')
  writeFileSync(path, text)
  try {
    return readNodeFile(path, asked)
  } catch (cause) {
    if (!(cause instanceof NodeFileWrong)) throw cause
    return cause.problems.map(({ line, code, path: at }) => `${line} ${code} ${at}`)
  }
}

it('is read with paths from its own folder', () => {
  expect(read(right)).toMatchObject({
    data: join(folder, 'data'),
    access: { keys: join(folder, 'gateway'), password: { file: join(folder, 'secret') } },
    gateway: { receive: { kind: 'pull', everyMs: 2000 } },
  })
})

it('tells everything that is wrong at once, each with its line', () => {
  const wrong = right
    .replace('port: 8081', 'port: 99999')
    .replace('data: data', 'dta: data')
    .replace("async: 'https://shep.example.kz/async', ", '')
  const told = read(wrong)
  expect(told).toEqual(
    expect.arrayContaining([expect.stringMatching(/^4 /), expect.stringMatching(/^3 unknownKey/), expect.stringMatching(/^6 missing/)]),
  )
  expect(read(right, 'corporation')).toEqual([expect.stringMatching(/^2 notOneOf/)])
  expect(read(`${right}    region: aktobe\n`)).toEqual([expect.stringMatching(/^8 unknownKey/)])
})

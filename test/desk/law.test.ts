import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LawEdited } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import type { LawFile } from '../../src/law/model.ts'
import { dropDatabase } from '../ledger/database.ts'
import { openOffice } from './office.ts'

const path = 'teacher-attestation/almaty/2019-08-20.yaml'
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

describe('a regulation whose file is edited under the same edition', () => {
  let url: string
  let files: LawFile[]
  let edited: LawFile[]
  let number: string
  let close: () => Promise<void>
  const textOf = (from: readonly LawFile[]) => from.find((f) => f.path === path)?.text ?? ''

  beforeAll(async () => {
    files = await readLawFiles('regulations')
    // The head gets 25 minutes where the text gives 15.
    edited = files.map((f) =>
      f.path === path
        ? { ...f, text: f.text.replace("{ clause: '8.2', value: 15, unit: min }", "{ clause: '8.2', value: 25, unit: min }") }
        : f,
    )
    expect(textOf(edited)).not.toBe(textOf(files))
    const opened = await openOffice({ files })
    url = opened.url
    close = async () => opened.close()
    number = await opened.office.walk('almaty', 'office', 'accept')
  })
  afterAll(async () => {
    await close()
    await dropDatabase(url)
  })

  it('is refused at start by its name', async () => {
    const started = openOffice({ url, files: edited })
    await expect(started).rejects.toThrow(LawEdited)
    await expect(started).rejects.toMatchObject({ paths: [path] })
  })

  it('is accepted once the correction is recorded; open cases keep the text under which they were opened', async () => {
    const before = await openOffice({ url, files })
    await before.office.ledger.law.correct({
      path,
      text: textOf(edited),
      sha256: sha256(textOf(edited)),
      was: sha256(textOf(files)),
      reason: 'Теру қатесі',
      by: { kind: 'staff', id: 'lawyer' },
      at: '2019-10-14T12:00:00+06:00',
    })
    await before.close()
    const { office, close: closeAgain } = await openOffice({ url, files: edited })
    const old = await office.file(number)
    expect(old.bound.law.sha256.regulation).toBe(sha256(textOf(files)))
    office.at('2019-10-14T12:30:00+06:00')
    await office.go(number)
    const normOf = async (one: string) => (await office.file(one)).state.dues.find((d) => d.clause === '8.2')?.value
    expect(await normOf(number)).toBe(15)
    const young = await office.walk('almaty', 'office', 'refer')
    expect(await normOf(young)).toBe(25)
    const laws = new Set((await office.events(number)).map((e) => e.law.sha256))
    expect([...laws]).toEqual([sha256(textOf(files))])
    await closeAgain()
  })

  it('cannot be put back without a correction either', async () => {
    await expect(openOffice({ url, files })).rejects.toThrow(LawEdited)
  })
})

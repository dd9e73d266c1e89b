import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPaperRoom, type PaperRoom } from '../../src/desk/paperRoom.ts'
import { paperSources } from '../../src/desk/papers/words.ts'
import { signatureShelf } from '../../src/desk/signatures.ts'
import { loadLanguages } from '../../src/language/load.ts'
import { createPaperPress, type PaperPress } from '../../src/papers/press.ts'
import { type Office, openOffice, signers, who } from './office.ts'

describe('the papers of a case', () => {
  let office: Office
  let close: () => Promise<void>
  let press: PaperPress
  let room: PaperRoom
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
    press = createPaperPress()
    const languages = loadLanguages('src/language')
    room = createPaperRoom({
      press,
      sources: paperSources({
        people: signers,
        statutes: office.statutes,
        languages,
        publicUrl: 'http://127.0.0.1:8080',
        demonstration: true,
      }),
      signatures: signatureShelf(office.ledger.files),
    })
  })
  afterAll(async () => {
    await press.close()
    await close()
  })

  const history = async (number: string) => {
    const found = await office.reading.case(number, who('almaty', 'clerk'), 'paper')
    if (found === null) throw new Error('not readable')
    return found
  }
  const correct = (number: string) =>
    office.desk.office(
      number,
      { do: 'correct', entry: 'application.surname', value: 'Мысалбекова', reason: 'Куәлікпен салыстырылды' },
      who('almaty', 'clerk'),
      {
        key: randomUUID(),
      },
    )

  it('printed twice is the same bytes, also after the case went on', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const first = await room.print(await history(number), 'receipt-1')
    const second = await room.print(await history(number), 'receipt-1')
    expect(first?.sha256).toBe(
      createHash('sha256')
        .update(first?.pdf ?? '')
        .digest('hex'),
    )
    expect(second?.sha256).toBe(first?.sha256)
    office.later(5)
    await office.go(number)
    await correct(number)
    expect((await room.print(await history(number), 'receipt-1'))?.sha256).toBe(first?.sha256)
    expect(first?.fileName).toBe(`${number}-receipt-1.pdf`)
  })

  it('name people and houses as they were called then, whoever is renamed later', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    const renamed = {
      staffById: (id: string) => ({ ...signers.staffById(id), name: { surname: 'Басқаев', name: 'Басқа' } }),
      organisation: (id: string) => ({ ...signers.organisation(id), address: { kk: 'Жаңа мекенжай', ru: 'Новый адрес' } }),
    }
    const languages = loadLanguages('src/language')
    const later = createPaperRoom({
      press,
      sources: paperSources({
        people: renamed,
        statutes: office.statutes,
        languages,
        publicUrl: 'http://127.0.0.1:8080',
        demonstration: true,
      }),
      signatures: signatureShelf(office.ledger.files),
    })
    const found = await history(number)
    expect(found.file.state.papers.length).toBeGreaterThan(1)
    for (const { id } of found.file.state.papers) {
      const before = await room.print(found, id)
      expect((await later.print(found, id))?.sha256, id).toBe(before?.sha256)
    }
  })

  it('say what stood there when they were issued, also where a correction fell into the same second', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const first = await room.print(await history(number), 'receipt-1')
    const { at } = (await office.file(number)).state.papers[0] ?? {}
    expect(await correct(number)).toMatchObject({ kind: 'done' })
    expect((await office.events(number)).at(-1)).toMatchObject({ type: 'EntryCorrected', at })
    expect((await room.print(await history(number), 'receipt-1'))?.sha256).toBe(first?.sha256)
  })

  it('reissued is marked as a copy, and the first is printed as before', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const first = await room.print(await history(number), 'receipt-1')
    office.later(5)
    await office.desk.office(number, { do: 'reissue', paper: 'receipt-1', reason: 'Жоғалғанын мәлімдеді' }, who('almaty', 'clerk'), {
      key: randomUUID(),
    })
    const after = await history(number)
    const copy = await room.print(after, 'receipt-1-copy-1')
    expect(copy?.sha256).not.toBe(first?.sha256)
    expect(JSON.stringify(await room.read(after, 'receipt-1-copy-1'))).toContain('Жоғалғанын мәлімдеді')
    expect(JSON.stringify(await room.read(after, 'receipt-1'))).not.toContain('Жоғалғанын мәлімдеді')
    expect((await room.print(after, 'receipt-1'))?.sha256).toBe(first?.sha256)
  })

  it('that were never issued are not printed', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    expect(await room.print(await history(number), 'result-1')).toBeNull()
  })
})

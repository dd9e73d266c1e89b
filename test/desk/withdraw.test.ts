import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OfficeCommand } from '../../src/desk/desk.ts'
import { type Office, openOffice, said, who } from './office.ts'

describe('beside the steps', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  const ask = (number: string, command: OfficeCommand, role = 'clerk') =>
    office.desk.office(number, command, who('almaty', role), { key: randomUUID() })

  it('an application is withdrawn before the answer is signed, and its documents go back', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    expect(said(await ask(number, { do: 'withdraw', reason: ' ' }))).toMatchObject({ code: 'reasonRequired', at: 'reason' })
    expect(await ask(number, { do: 'withdraw', reason: 'Жазбаша өтініш' })).toMatchObject({ kind: 'done' })
    const { state } = await office.file(number)
    expect(state.ended?.kind).toBe('withdrawn')
    expect(state.custody.package?.holder.role).toBe('applicant')
    expect(said(await office.go(number, {}, { step: 'signAnswer', who: who('almaty', 'head') }))).toMatchObject({ code: 'alreadyEnded' })
    expect(await office.ledger.work.ofCase(75, number)).toEqual([])
  })

  it('an application is not withdrawn after the answer is signed', async () => {
    const number = await office.walk('almaty', 'office', 'submitAnswer')
    expect(said(await ask(number, { do: 'withdraw', reason: 'Жазбаша өтініш' }))).toMatchObject({ code: 'alreadyDecided' })
  })

  it('a step goes back to the performer before, who does it anew, and the term runs on', async () => {
    const number = await office.walk('almaty', 'office', 'signAnswer')
    const due = (await office.file(number)).state.dues.find((d) => d.id === 'examine/8.3')
    expect(said(await ask(number, { do: 'return', reason: 'a' }, 'specialist'))).toMatchObject({ code: 'notYours', clause: '8.3' })
    expect(await ask(number, { do: 'return', reason: 'Саны дұрыс емес' }, 'head')).toMatchObject({ kind: 'done' })
    const returned = (await office.file(number)).state
    expect(returned.step).toMatchObject({ id: 'examine', assignee: 'specialist' })
    expect(returned.dues.filter((d) => d.id === 'examine/8.3')).toEqual([due])
    expect(await office.go(number)).toMatchObject({ kind: 'done' })
    expect((await office.file(number)).state.step?.id).toBe('signAnswer')
    expect(await office.problems()).toEqual([])
  })

  it('the first step has nobody to go back to', async () => {
    expect(said(await ask(await office.open('almaty', 'office'), { do: 'return', reason: 'a' }))).toMatchObject({ code: 'nothingToReturn' })
  })

  it('a correction says who, why, what stood there and what stands there now, and the chain verifies', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    await ask(number, { do: 'correct', entry: 'application.surname', value: 'Мысалбекова', reason: 'Куәлікпен салыстырылды' })
    const event = (await office.events(number)).at(-1)
    expect(event).toMatchObject({
      type: 'EntryCorrected',
      actor: { id: 'clerk' },
      data: { entry: 'application.surname' },
      personal: { before: 'Үлгібаева', after: 'Мысалбекова', reason: 'Куәлікпен салыстырылды' },
    })
    const plain = await office.ledger.database.query<{ body: string }>({
      name: 'plain events of a case',
      text: 'select body from event where case_number = $1',
      values: [number],
    })
    expect(plain.length).toBeGreaterThan(3)
    for (const { body } of plain) expect(body).not.toMatch(/Куәлікпен|Үлгібаева|Мысалбекова/)
    const [row] = await office.ledger.cases.byWord(office.statutes.homeOf('almaty'), 'misalbekova', {
      scope: ['provider'],
      limit: 5,
    })
    expect(row?.case).toBe(number)
    expect(await office.problems()).toEqual([])
  })

  it('a correction does not bring in what intake would refuse', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const latin = await ask(number, { do: 'correct', entry: 'application.surname', value: 'Мысалбекoва', reason: 'a' })
    expect(said(latin)).toMatchObject({ code: 'mixedScript', at: 'value' })
    expect(said(await ask(number, { do: 'correct', entry: 'application.surname', value: ' ', reason: 'a' }))).toMatchObject({
      code: 'missing',
      at: 'value',
    })
  })

  it('nothing that was handed out is edited', async () => {
    const number = await office.walk('almaty', 'office', 'giveAnswer')
    expect(await office.go(number)).toMatchObject({ kind: 'done' })
    const after = await office.events(number)
    expect(said(await ask(number, { do: 'correct', entry: 'application.surname', value: 'Басқа', reason: 'a' }))).toMatchObject({
      code: 'alreadyDecided',
    })
    expect(said(await ask(number, { do: 'return', reason: 'a' }))).toMatchObject({ code: 'alreadyEnded' })
    expect(said(await ask(number, { do: 'withdraw', reason: 'a' }))).toMatchObject({ code: 'alreadyEnded' })
    expect(await office.events(number)).toEqual(after)
  })

  it('a paper is reissued as a copy that names its reason; the first stays', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const before = (await office.file(number)).state.papers
    expect(said(await ask(number, { do: 'reissue', paper: 'receipt-1', reason: '' }))).toMatchObject({ code: 'reasonRequired' })
    const stranger = await office.desk.office(
      number,
      { do: 'reissue', paper: 'receipt-1', reason: 'a' },
      who('almaty', 'clerk', 'another'),
      {
        key: randomUUID(),
      },
    )
    expect(said(stranger)).toMatchObject({ code: 'notYours' })
    expect(await ask(number, { do: 'reissue', paper: 'receipt-1', reason: 'Жоғалды' })).toMatchObject({ kind: 'done' })
    const { papers } = (await office.file(number)).state
    expect(papers.slice(0, -1)).toEqual(before)
    expect(papers.at(-1)).toMatchObject({ id: 'receipt-1-copy-1', copyOf: { id: 'receipt-1', reason: 'Жоғалды' } })
    expect(said(await ask(number, { do: 'reissue', paper: 'receipt-1-copy-1', reason: 'a' }))).toMatchObject({ code: 'unknownPaper' })
  })
})

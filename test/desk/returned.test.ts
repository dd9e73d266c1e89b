import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toCaseEvent } from '../../src/desk/events.ts'
import type { CaseEvent } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import { numberOf, type Office, openOffice, type Region, said, who } from './office.ts'

const at = ({ role, organisation }: { role: string; organisation: string }) => `${role}@${organisation}`

/** Paper goes over only from who holds it to whom it was offered, or back to the applicant. */
function followPaper(events: readonly CaseEvent[]): void {
  let state: CaseState | null = null
  for (const event of events) {
    const before: CaseState['custody'] = state?.custody ?? {}
    state = evolve(state, event)
    for (const what of ['package', 'answer'] as const) {
      const [was, is] = [before[what], state.custody[what]]
      if (was === undefined || is === undefined || at(was.holder) === at(is.holder) || is.holder.role === 'applicant') continue
      if (event.type === 'AnswerPrepared') continue // another sheet
      expect(event.type).toBe('CustodyTaken')
      expect(was.offeredTo && at(was.offeredTo), `${what} at ${event.type}`).toBe(at(is.holder))
    }
  }
}

describe('what is sent back and taken away', () => {
  let office: Office
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ office, close } = await openOffice())
  })
  afterAll(() => close())

  const back = async (number: string, region: Region) => {
    const { step } = (await office.file(number)).state
    const me = who(region, step?.role ?? '', undefined, step?.assignee ?? step?.role)
    return office.desk.office(number, { do: 'return', reason: 'Қате' }, me, { key: randomUUID() })
  }
  const finish = async (number: string) => {
    for (let turns = 0; turns < 60; turns++) {
      const { step, ended } = (await office.file(number)).state
      if (ended !== null) return ended.kind
      office.later(1)
      numberOf(step?.awaiting === undefined ? await office.go(number, { taken: true }) : await office.answer(number))
    }
    throw new Error(`${number} goes round`)
  }
  const stepsOf = (region: Region, channel: string) =>
    office.statutes.library.regulations
      .find((law) => law.regulation.region === region && law.regulation.service === 'teacher-attestation')
      ?.regulation.steps.filter((step) => step.channel === channel && step.actor !== 'system')
      .map(({ id }) => id) ?? []

  it.each([
    ['almaty', 'office'],
    ['almaty', 'corporation'],
    ['aktobe', 'corporation'],
  ] as const)('a case of %s, %s, returned from any step comes to its end, with one holder throughout', async (region, channel) => {
    let returned = 0
    for (const step of stepsOf(region, channel)) {
      const number = await office.walk(region, channel, step).catch(() => null) // a step of another branch
      if (number === null) continue
      for (let times = 0; times < 3; times++) {
        const answer = await back(number, region)
        if (answer.kind !== 'done') {
          expect(said(answer)).toMatchObject({ code: 'nothingToReturn' })
          break
        }
        returned += 1
      }
      expect(await finish(number), step).toBe('served')
      followPaper((await office.events(number)).map(toCaseEvent))
    }
    expect(returned).toBeGreaterThan(3)
    expect(await office.problems()).toEqual([])
  })

  it('an answer signed anew before it was handed out leaves one that is the applicant’s', async () => {
    const number = await office.walk('almaty', 'office', 'submitAnswer')
    await back(number, 'almaty')
    expect(await finish(number)).toBe('served')
    const results = (await office.file(number)).state.papers.filter(({ kind }) => kind === 'result')
    expect(results.map(({ id, neverGiven }) => [id, neverGiven])).toEqual([
      ['result-1', true],
      ['result-2', undefined],
    ])
  })

  it('a case is given only to who may do the next step', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    expect(said(await office.go(number, { assignee: 'nobody' }))).toEqual({ code: 'unknownPerformer', clause: '8.2', at: 'assignee' })
    expect((await office.file(number)).state.step?.id).toBe('refer')
  })

  it('the head takes a case back from a performer who does not do it, and gives it to another', async () => {
    for (const [channel, step] of [
      ['office', 'examine'],
      ['office', 'submitAnswer'],
      ['corporation', 'examinePackage'],
    ] as const) {
      const number = await office.walk('almaty', channel, step)
      const recall = (role: string, organisation?: string) =>
        office.desk.office(number, { do: 'return', reason: 'Ауырып қалды' }, who('almaty', role, organisation), { key: randomUUID() })
      expect(said(await recall('clerk'))).toMatchObject({ code: 'notYours' })
      expect(said(await recall('head', 'another'))).toMatchObject({ code: 'notYours' })
      expect(said(await recall('specialist'))).toMatchObject({ kind: 'done' }) // their own return
      const { step: open } = (await office.file(number)).state
      if (open?.role === 'head' && step !== 'examine') {
        numberOf(await office.go(number, { taken: true }))
        continue
      }
      numberOf(await office.go(number, { taken: true, assignee: 'specialist-2' }))
      expect((await office.file(number)).state.step).toMatchObject({ id: step, assignee: 'specialist-2' })
      numberOf(await recall('head'))
      numberOf(await office.go(number, { taken: true, assignee: 'specialist-3' }))
      expect((await office.file(number)).state.step?.assignee).toBe('specialist-3')
      expect(await finish(number)).toBe('served')
      followPaper((await office.events(number)).map(toCaseEvent))
    }
    expect(await office.problems()).toEqual([])
  })

  it('nothing is corrected in a case that is over, nor where nothing was entered', async () => {
    const correct = (number: string) => {
      const command = { do: 'correct', entry: 'application.surname', value: 'Басқа', reason: 'a' } as const
      return office.desk.office(number, command, who('almaty', 'clerk'), { key: randomUUID() })
    }
    const empty = await office.open('almaty', 'office')
    expect(said(await correct(empty))).toMatchObject({ code: 'missing' })
    const over = await office.walk('almaty', 'office', 'refer')
    numberOf(await office.desk.office(over, { do: 'withdraw', reason: 'a' }, who('almaty', 'clerk'), { key: randomUUID() }))
    expect(said(await correct(over))).toMatchObject({ code: 'alreadyEnded' })
  })

  it('a paper is reissued by who has a part in the case, not by anybody of the house', async () => {
    const number = await office.walk('almaty', 'office', 'refer')
    const command = { do: 'reissue', paper: 'receipt-1', reason: 'a' } as const
    const keeper = who('almaty', 'administrator', 'provider')
    expect(said(await office.desk.office(number, command, keeper, { key: randomUUID() }))).toMatchObject({ code: 'notYours' })
  })
})

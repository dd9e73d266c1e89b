import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage, type Stage, violations } from './stage.ts'
import { lookAt, openCase, people, type Typed, walk } from './walk.ts'

/** Every channel of each regulation, to its result and to each refusal, by people in a real browser, in Kazakh. */
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(async () => {
  await stage?.close()
})

const defect: Typed = {
  'findings.diploma.ok': 'no',
  'findings.diploma.reason': 'own.notMeeting',
  'findings.diploma.fact': 'Дипломның көшірмесінде мөр жоқ',
  'findings.diploma.remedy': 'Мөр басылған көшірмені тапсырыңыз',
}
/** What the step before found stands in the form; only its ground is chosen. */
const groundsOnly: Typed = {
  'findings.diploma.reason': 'own.notMeeting',
  'findings.diploma.remedy': 'Мөр басылған көшірмені тапсырыңыз',
}
const findingOnly: Typed = { 'findings.diploma.ok': 'no', 'findings.diploma.fact': 'Дипломның көшірмесінде мөр жоқ' }
const byRepresentative: Typed = {
  'receiver.who': 'representative',
  'receiver.representative.surname': 'Өкілбаев',
  'receiver.representative.name': 'Сенім',
  'receiver.representative.powerOfAttorney.number': '1-42',
  'receiver.representative.powerOfAttorney.date': '01.10.2019',
  'receiver.representative.powerOfAttorney.notary': 'Нотариус Н. Н.',
}

interface Walked {
  readonly name: string
  readonly opener: string
  readonly typed?: Readonly<Record<string, Typed>>
  readonly opening?: Typed
  readonly ending: string
  readonly papers: readonly string[]
  readonly last: string
}

const almaty: Walked[] = [
  { name: 'office, accepted', opener: 'almaty.clerk', ending: 'served', papers: ['receipt', 'result'], last: 'giveAnswer' },
  {
    name: 'office, refused with reasons',
    opener: 'almaty.clerk',
    typed: { examine: defect },
    ending: 'refused',
    papers: ['receipt', 'reasonedRefusal'],
    last: 'giveAnswer',
  },
  {
    name: 'Corporation, accepted, given to a representative',
    opener: 'almaty.operator',
    typed: { issueAnswer: byRepresentative },
    ending: 'served',
    papers: ['corporationReceipt', 'courierReceipt', 'result'],
    last: 'issueAnswer',
  },
  {
    name: 'Corporation, refused with reasons',
    opener: 'almaty.operator',
    typed: { examinePackage: defect },
    ending: 'refused',
    papers: ['corporationReceipt', 'courierReceipt', 'reasonedRefusal'],
    last: 'issueAnswer',
  },
  {
    name: 'Corporation, an incomplete package is not accepted',
    opener: 'almaty.operator',
    typed: { submit: { 'documents.diploma.in': false } },
    ending: 'notAccepted',
    papers: ['acceptanceRefusal'],
    last: 'refuseAcceptance',
  },
]
const aktobe: Walked[] = [
  { name: 'office, accepted', opener: 'aktobe.clerk', ending: 'served', papers: ['result'], last: 'accept' },
  {
    name: 'office, refused with reasons',
    opener: 'aktobe.clerk',
    typed: { accept: { 'documents.diploma.in': true, ...defect } },
    ending: 'refused',
    papers: ['reasonedRefusal'],
    last: 'accept',
  },
  { name: 'Corporation, accepted', opener: 'aktobe.operator', ending: 'served', papers: ['result'], last: 'deliverResult' },
  {
    name: 'Corporation, defects found by the provider',
    opener: 'aktobe.operator',
    typed: { checkConformity: findingOnly, formRefusal: groundsOnly },
    ending: 'refused',
    papers: ['refusalNotice'],
    last: 'deliverRefusal',
  },
  {
    name: 'Corporation, no data in the register',
    opener: 'aktobe.operator',
    typed: { submit: { 'application.iin': people.absent } },
    ending: 'noData',
    papers: ['noDataNotice'],
    last: 'queryPerson',
  },
]

describe.each([
  ['Almaty', almaty],
  ['Aktobe', aktobe],
] as const)('%s', (_, walks) => {
  it.each(walks.map((one) => [one.name, one] as const))('%s', async (_name, { opener, opening, typed, ending, papers, last }) => {
    const number = await openCase(stage, opener, opening)
    const path = await walk(stage, number, typed)
    expect(path.at(-1)).toBe(last)
    const page = await stage.as(opener)
    await page.goto(`/cases/${number}`)
    await lookAt(page)
    const file = await stage.server.house.reading.track(number, await secretOf(number))
    expect(file?.file.state.ended?.ending).toBe(ending)
    expect(file?.file.state.papers.map((p) => p.form)).toEqual(expect.arrayContaining([...papers]))
    for (const paper of file?.file.state.papers ?? []) {
      const pdf = await page.request.get(`/cases/${number}/papers/${paper.id}`)
      expect(pdf.status(), paper.id).toBe(200)
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    }
  })
})

it('the applicant follows the case by what the receipt says', async () => {
  const number = await openCase(stage, 'almaty.clerk')
  await walk(stage, number)
  const page = await stage.stranger()
  await page.goto(`/t/${number}/${await secretOf(number)}`)
  expect(await page.locator('main').innerText()).toContain(number)
  expect(await violations(page)).toEqual([])
  expect(new URL(page.url()).pathname).toBe(`/track/${number}`)
  await page.goto(`/t/${number}/00000000000000000000`)
  expect(await page.locator('main').innerText()).not.toContain('Сынақова')
})

async function secretOf(number: string): Promise<string> {
  const home = Number(number.slice(0, 3))
  const loaded = await stage.server.house.ledger.load(home, number)
  const secret = loaded?.events[0]?.personal?.secret
  if (typeof secret !== 'string') throw new Error('the case has no secret')
  return secret
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { casePath, paths, regulationPath, stepPath, withdrawPath } from '../../src/web/paths.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

/** A page as somebody of the demonstration sees it in Kazakh. */
async function pageOf(login: string, path: string): Promise<string> {
  const signed = await house.house.people.signIn({ login, password: demonstrationPassword, address: '127.0.0.1' }, 'page')
  if (!signed.ok) throw new Error(`${login}: ${signed.error.code}`)
  const get = (at: string) => house.app.request(at, { headers: { cookie: `${cookieName(false)}=${signed.value.token}` } })
  const first = await get(path)
  // Steps that belong to one screen lead to it.
  const answer = first.status === 303 ? await get(first.headers.get('location') ?? '') : first
  expect(answer.status).toBe(200)
  return answer.text()
}

/** Somebody opens a case of their office. */
async function opened(region: string, service: string): Promise<string> {
  const staff = house.house.people.staffByLogin(`${region}.clerk`)
  const grant = staff?.grants[0]
  if (staff === undefined || grant === undefined) throw new Error(`${region} has no clerk`)
  const { role, organisation, unit } = grant
  const kind = house.house.people.organisation(organisation)?.kind ?? ''
  const outcome = await house.house.desk.open(
    { service, region, channel: 'office', provider: { id: organisation, kind }, branch: null, location: 'local' },
    { actor: { kind: 'staff', id: staff.id, role, organisation, unit }, region },
    { key: crypto.randomUUID() },
  )
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome))
  return outcome.number
}

const firstStep = 'accept'
const ofTeachers = /аттеста|санат|педагог/i

describe('a college, whose regulation is invented and is not of teachers', () => {
  it('says on every page of a case that it is invented, and nothing of teachers', async () => {
    const number = await opened('akmola', 'college-transfer')
    const law = house.house.statutes.library.find('akmola-college-transfer')
    const invented = law?.regulation.invented?.kk ?? 'none'
    const of = [
      regulationPath('akmola-college-transfer'),
      paths.newCase,
      casePath(number),
      stepPath(number, firstStep),
      withdrawPath(number),
    ]
    for (const path of of) {
      const page = await pageOf('akmola.clerk', path)
      expect(page, path).toContain(invented)
      expect(page.match(ofTeachers)?.[0], path).toBeUndefined()
    }
  })

  it('asks in the words of its own Standard, and nothing that none of its documents depends on', async () => {
    const page = await pageOf('akmola.clerk', stepPath(await opened('akmola', 'college-transfer'), firstStep))
    expect(page).toContain('Не сұралады')
    expect(page).not.toContain('application.holds')
    expect(page).toContain('колледж кеңсесінің қызметкері')
  })
})

describe('a regulation that was adopted', () => {
  it('says nothing of being invented, and asks what its Standard asks', async () => {
    const number = await opened('almaty', 'teacher-attestation')
    const page = await pageOf('almaty.clerk', stepPath(number, firstStep))
    expect(page).not.toContain('q-invented-act')
    expect(page).toContain('Сұралатын біліктілік санаты')
    expect(page).toContain('Қазір біліктілік санаты бар')
    expect(await pageOf('almaty.clerk', casePath(number))).not.toContain('q-invented-act')
  })
})

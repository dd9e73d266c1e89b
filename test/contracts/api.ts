import { afterAll, beforeAll, expect, it } from 'vitest'
import { routes } from '../../src/api/routes/all.ts'
import { casesContract } from './api/cases.ts'
import { edgeContract } from './api/edge.ts'
import { exchangesContract } from './api/exchanges.ts'
import { type ApiUnderTest, type Office, officeOf } from './api/office.ts'
import { requestsContract } from './api/requests.ts'
import { signaturesContract } from './api/signatures.ts'

/** What every server of the API must do; `open` gives a fresh one. */
export function apiContract(open: () => Promise<ApiUnderTest>): void {
  let under: ApiUnderTest
  let office: Office
  beforeAll(async () => {
    under = await open()
    office = await officeOf(under.app)
  })
  afterAll(() => under.close())

  const current = () => office
  casesContract(current, () => under)
  requestsContract(current)
  signaturesContract(current)
  exchangesContract(current, () => under)
  // Its end moves the clock on.
  edgeContract(current, () => under)

  it('has answered by every route', () => {
    expect(routes.map((route) => route.id).filter((id) => !office.call.answered.has(id))).toEqual([])
  })
}

import { csrfOf, masked } from '../../src/people/tokens.ts'
import type { House } from '../../src/web/house.ts'
import type { Probe } from './pages.ts'

/** Searches as people ask them, by name, IIN and number: what is typed goes by POST, and the answer is the page that it leads to. */
export async function searches(
  house: House,
  login: string,
  token: string,
  fetch: (request: Request) => Response | Promise<Response>,
  origin: string,
): Promise<Probe[]> {
  if (login.endsWith('.administrator')) return []
  const cookie = `qyzmet=${token}`
  const [known] = await house.ledger.cases.ofProvider(`${login.split('.')[0]}.directorate`, { limit: 1 })
  const asked = {
    surname: 'ахметова',
    name: 'Aйгерiм',
    two: 'се',
    tail: known?.case.slice(-6) ?? '000000',
    iin: known?.iin ?? '730219497389',
  }
  return Object.entries(asked).map(([kind, words]) => ({
    page: `search by ${kind}`,
    path: '/search',
    ask: async () => {
      const body = new URLSearchParams({ q: words, _csrf: masked(csrfOf(token)) })
      const sent = await fetch(new Request(`${origin}/search`, { method: 'POST', headers: { cookie }, body }))
      const to = sent.headers.get('location')
      if (sent.status !== 303 || to === null) throw new Error(`a search was answered with ${sent.status}`)
      return (await (await fetch(new Request(`${origin}${to}`, { headers: { cookie } }))).text()).length
    },
  }))
}

import type { House } from '../../src/web/house.ts'
import type { Probe } from './pages.ts'

/** Searches as people ask them: by name, by IIN, by number. */
export async function searches(
  _house: House,
  _login: string,
  token: string,
  fetch: (request: Request) => Response | Promise<Response>,
  origin: string,
): Promise<Probe[]> {
  const cookie = `qyzmet=${token}`
  return ['ахметова', 'се'].map((words) => ({
    page: `search ${words.length}`,
    path: '/search',
    ask: async () =>
      (await (await fetch(new Request(`${origin}/search?q=${encodeURIComponent(words)}`, { headers: { cookie } }))).text()).length,
  }))
}

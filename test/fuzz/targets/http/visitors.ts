import { demonstrationPassword } from '../../../../src/people/demonstration.ts'
import { cookieName } from '../../../../src/people/tokens.ts'
import type { TestHouse } from '../../../house.ts'

/** Who asks: signed in before, and again where a request ended the session. */
export class Visitors {
  readonly #house: TestHouse
  readonly #tokens = new Map<string, Promise<string>>()

  constructor(house: TestHouse) {
    this.#house = house
  }

  async headersOf(login: string, path: string): Promise<Record<string, string>> {
    if (!/^\w+\.\w+$/.test(login)) return {}
    const token = await this.#tokenOf(login, path.startsWith('/api/') ? 'token' : 'page').catch(() => null)
    if (token === null) return {}
    return path.startsWith('/api/') ? { authorization: `Bearer ${token}` } : { cookie: `${cookieName(false)}=${token}` }
  }

  async noticed(login: string, answer: Response): Promise<void> {
    if (answer.status === 401 || answer.headers.get('location')?.startsWith('/sign-in'))
      for (const kind of ['token', 'page']) this.#tokens.delete(`${kind} ${login}`)
  }

  #tokenOf(login: string, kind: 'token' | 'page'): Promise<string> {
    const known = this.#tokens.get(`${kind} ${login}`)
    if (known !== undefined) return known
    const token = this.#signIn(login, kind)
    this.#tokens.set(`${kind} ${login}`, token)
    return token
  }

  async #signIn(login: string, kind: 'token' | 'page'): Promise<string> {
    const { people } = this.#house.house
    const signed = await people.signIn({ login, password: demonstrationPassword, address: '127.0.0.1' }, kind)
    if (signed.ok) return signed.value.token
    throw new Error(`${login}: ${signed.error.code}`)
  }
}

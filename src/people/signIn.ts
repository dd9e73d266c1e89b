import type { Database } from '../ledger/postgres/database.ts'
import type { Failures } from './failures.ts'
import { no, type PeopleAnswer, yes } from './model.ts'
import { nobodysPassword, opensPassword } from './passwords.ts'
import { foldLogin } from './shape.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
  /** Where the request came from, as the server sees it. */
  readonly address: string
}

/** Who has signed in; `sealed` is what the password was compared with. */
export interface Recognised {
  readonly staff: string
  readonly sealed: string
}

/** Compares a login and password. An unknown login, a wrong password and a deactivated person get one answer after the same work. */
export function openRecognition(database: Database, tried: Failures) {
  return (credentials: Credentials): Promise<PeopleAnswer<Recognised>> => {
    const login = foldLogin(credentials.login)
    const recognise = async (): Promise<PeopleAnswer<Recognised>> => {
      const [found] = await database.query<{ id: string; active: boolean; sealed: string }>({
        name: 'people password of login',
        text: 'select s.id, s.active, p.sealed from staff as s join password as p on p.staff = s.id where s.login = $1',
        values: [login],
      })
      const right = await opensPassword(credentials.password, found?.sealed ?? nobodysPassword())
      return right && found?.active === true ? yes({ staff: found.id, sealed: found.sealed }) : no('wrongSignIn')
    }
    const at = { kind: 'login', value: login } as const
    return tried({ at, address: credentials.address }, recognise, (code) => code === 'wrongSignIn')
  }
}

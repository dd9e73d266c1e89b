import type { Database } from '../ledger/postgres/database.ts'
import { lanes } from './lanes.ts'
import { addressPatience, delayAfter, forgottenAfter, loginPatience, subjectOf } from './lockout.ts'
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

interface Failure {
  subject: Buffer
  failures: number
  last_at: number
}

/**
 * Compares a login and password. An unknown login, a wrong password and a deactivated person get one answer after the same work. Tries for
 * one login are taken one after another, and few at a time from one address, so that many at once cannot slip past the count of failures.
 */
export function openRecognition(database: Database, machineClock: () => number) {
  const ofLogin = lanes(1)
  const ofAddress = lanes(10)

  const recognise = async (login: string, { password, address }: Credentials): Promise<PeopleAnswer<Recognised>> => {
    const subjects = { login: subjectOf('login', login), address: subjectOf('address', address) }
    const wait = await waitOf(subjects)
    if (wait > 0) return no('tooManyTries', { seconds: Math.ceil(wait / 1000) })
    const [found] = await database.query<{ id: string; active: boolean; sealed: string }>({
      name: 'people password of login',
      text: 'select s.id, s.active, p.sealed from staff as s join password as p on p.staff = s.id where s.login = $1',
      values: [login],
    })
    const right = await opensPassword(password, found?.sealed ?? nobodysPassword())
    if (right && found?.active === true) {
      await forgive(subjects)
      return yes({ staff: found.id, sealed: found.sealed })
    }
    await count(subjects)
    return no('wrongSignIn')
  }

  const waitOf = async (subjects: { login: Buffer; address: Buffer }): Promise<number> => {
    const rows = await database.query<Failure>({
      name: 'people failures',
      text: 'select subject, failures, last_at from sign_in_failure where subject = any ($1)',
      values: [[subjects.login, subjects.address]],
    })
    const now = machineClock()
    const waits = rows.map(({ subject, failures, last_at }) => {
      if (last_at + forgottenAfter < now) return 0
      const patience = subject.equals(subjects.login) ? loginPatience : addressPatience
      return last_at + delayAfter(failures, patience) - now
    })
    return Math.max(0, ...waits)
  }

  const count = async (subjects: { login: Buffer; address: Buffer }): Promise<void> => {
    const now = machineClock()
    await database.query({
      name: 'people count failure',
      // In one order, lest two deadlock.
      text: `insert into sign_in_failure as f (subject, failures, last_at)
             select subject, 1, $2::bigint from unnest($1::bytea[]) as subject order by subject
             on conflict (subject) do update
             set failures = case when f.last_at + $3::bigint < $2::bigint then 1 else f.failures + 1 end, last_at = $2::bigint`,
      values: [[subjects.login, subjects.address], now, forgottenAfter],
    })
    await database.query({
      name: 'people forget failures',
      text: 'delete from sign_in_failure where last_at < $1',
      values: [now - forgottenAfter],
    })
  }

  /** The login starts anew; at the address each success makes up for one failure, as a branch has more of the former. */
  const forgive = async (subjects: { login: Buffer; address: Buffer }): Promise<void> => {
    await database.query({ name: 'people forgive login', text: 'delete from sign_in_failure where subject = $1', values: [subjects.login] })
    await database.query({
      name: 'people forgive address',
      text: 'update sign_in_failure set failures = failures - 1 where subject = $1 and failures > 0',
      values: [subjects.address],
    })
  }

  return (credentials: Credentials): Promise<PeopleAnswer<Recognised>> => {
    const login = foldLogin(credentials.login)
    return ofAddress(credentials.address, () => ofLogin(login, () => recognise(login, credentials)))
  }
}

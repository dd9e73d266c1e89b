import type { KeyRing } from '../ledger/keys/keyRing.ts'
import type { Database } from '../ledger/postgres/database.ts'
import { type Accounts, openAccounts } from './accounts.ts'
import { openChallenges } from './challenge.ts'
import { answering, makeChange, type PeopleEvent, Undone } from './changes.ts'
import { isDemonstration } from './demonstrationMark.ts'
import { type Directory, openDirectory } from './directory.ts'
import { type Entrance, openEntrance } from './entrance.ts'
import { type Failures, openFailures } from './failures.ts'
import { ownerOf } from './formOwners.ts'
import { openHalves } from './halfway.ts'
import { type Grant, no, type PeopleAnswer, type Staff, yes } from './model.ts'
import { checkPassword } from './passwordRules.ts'
import { opensPassword, sealPassword } from './passwords.ts'
import { openSecondFactors, type SecondFactors } from './secondFactor.ts'
import { openSessions, type Session } from './sessions.ts'
import { openRecognition } from './signIn.ts'
import { digestOf } from './tokens.ts'

/** Organisations, staff and sign-in. Every expected "no" is `people.refusal.<code>` of the languages. */
export interface People extends Directory, Entrance {
  accounts: Accounts
  /** What keys answer. */
  challenges: Pick<ReturnType<typeof openChallenges>, 'make' | 'read'>
  /** One-time codes beside passwords. */
  factors: SecondFactors
  /** Whether a second factor is required of the person as of today. */
  mustHaveFactor(staff: Staff): boolean
  /** Counts tries at one door; see `failures.ts`. */
  tried: Failures
  /** True in a database that `claimDemonstration` has marked. */
  isDemonstration(): Promise<boolean>
  /** The living session of a cookie or bearer token. `sign: false`: a page that asks by itself is no sign that somebody sits before it. */
  session(token: string, options?: { sign?: boolean }): Promise<Session | undefined>
  /** What the person may act under today. */
  grantsNow(staff: Staff): Grant[]
  switchGrant(token: string, grant: string): Promise<PeopleAnswer<Session>>
  signOut(token: string): Promise<void>
  /** Whose page a form came from, by its token, also when the session is over: for keeping what was typed, never for doing it. */
  formOwner(given: string): Promise<string | undefined>
  /** Whether the password is the person's; `passwordWrong`, `tooManyTries`. Counts wrong tries like a sign-in. */
  confirmPassword(login: string, password: string, address: string): Promise<PeopleAnswer<null>>
  /** Ends the person's other sessions. Counts wrong tries like a sign-in. */
  changePassword(token: string, current: string, next: string, address: string): Promise<PeopleAnswer<Session>>
  /** Newest first: what was done to a person's or an organisation's record. */
  eventsOf(subject: string, limit?: number): Promise<PeopleEvent[]>
  /** Newest first: what was done to any of these records. */
  eventsOfAll(subjects: readonly string[], limit: number, before?: number): Promise<(PeopleEvent & { readonly id: number })[]>
  /** Resolves when what was committed before the call is held, whoever changed it. */
  refreshed(): Promise<void>
  close(): void
}

export interface PeopleOptions {
  database: Database
  /** Milliseconds since 1970: sessions and delays are the machine's time, not the law's. */
  machineClock: () => number
  /** Today by the law's clock, `yyyy-mm-dd`: grants hold by it. */
  today: () => string
  /** Seals secrets of second factors, and what a page carries between two halves of a sign-in. */
  keyRing: KeyRing
  /** Of whom a second factor is required, by the roles that they have today; absent: of nobody. */
  factorRequired?: ((roles: readonly string[]) => boolean) | undefined
  /** Role codes of the regulations at hand: no other may be granted, but those that stand in no regulation. */
  roles: () => ReadonlySet<string>
}

/** Opens the floor over tables that `migratePeople` has made. */
export async function openPeople({
  database,
  machineClock,
  today,
  roles,
  keyRing,
  factorRequired = () => false,
}: PeopleOptions): Promise<People> {
  const { refresh, stop, ...directory } = await openDirectory(database, today)
  const live = { ...directory, refresh, stop }
  const change = makeChange(database, live, machineClock)
  const sessions = openSessions({ database, directory: live, machineClock, today, factorRequired })
  const tried = openFailures(database, machineClock)
  const recognise = openRecognition(database, tried)
  const factors = openSecondFactors({ database, keyRing, machineClock, change, tried })
  const challenges = openChallenges(database, keyRing, machineClock)
  const halves = openHalves(keyRing, machineClock)

  const changePassword: People['changePassword'] = async (token, current, next, address) => {
    const session = await sessions.find(token)
    if (session === undefined) return no('sessionEnded')
    const { staff } = session
    const fits = checkPassword(next, staff)
    if (!fits.ok) return fits
    const known = await recognise({ login: staff.login, password: current, address })
    if (!known.ok) return known.error.code === 'wrongSignIn' ? no('passwordWrong') : known
    if (await opensPassword(next, known.value.sealed)) return no('passwordSame')
    const sealed = await sealPassword(next)
    const changed = await answering(
      change({ kind: 'staff', id: staff.id }, async (tools) => {
        const now = await tools.staff(staff.id)
        if (now?.active !== true) throw new Undone('sessionEnded')
        await tools.keepPassword(staff.id, sealed, false)
        await tools.endSessions(staff.id, { but: digestOf(token) })
        await tools.tell('passwordChanged', staff.id, {})
      }),
    )
    if (!changed.ok) return changed
    const after = await sessions.find(token)
    return after ? yes(after) : no('sessionEnded')
  }

  return {
    ...directory,
    accounts: openAccounts(change, roles, today),
    ...openEntrance({ database, directory: live, sessions, recognise, factors, halves, challenges }),
    challenges,
    factors,
    mustHaveFactor: sessions.mustHaveFactor,
    tried,
    isDemonstration: () => isDemonstration(database),
    session: sessions.find,
    grantsNow: sessions.grantsNow,
    switchGrant: async (token, grant) => {
      const session = await sessions.switchTo(token, grant)
      return session ? yes(session) : no('grantNotYours')
    },
    signOut: sessions.end,
    formOwner: (given) => ownerOf(database, given, machineClock()),
    confirmPassword: async (login, password, address) => {
      const known = await recognise({ login, password, address })
      if (known.ok) return yes(null)
      return known.error.code === 'wrongSignIn' ? no('passwordWrong') : known
    },
    changePassword,
    eventsOf: (subject, limit = 100) =>
      database.query<PeopleEvent>({
        name: 'people events of',
        text: 'select at, by, kind, subject, data from people_event where subject = $1 order by id desc limit $2',
        values: [subject, limit],
      }),
    eventsOfAll: async (subjects, limit, before) =>
      database.query<PeopleEvent & { id: number }>({
        name: 'people events of all',
        text: `select id, at, by, kind, subject, data from people_event
               where subject = any ($1) and ($3::bigint is null or id < $3) order by id desc limit $2`,
        values: [subjects, limit, before ?? null],
      }),
    refreshed: () => refresh(),
    close: stop,
  }
}

import type { Database } from '../ledger/postgres/database.ts'
import { type Accounts, openAccounts } from './accounts.ts'
import { answering, makeChange, type PeopleEvent, Undone } from './changes.ts'
import { isDemonstration } from './demonstrationMark.ts'
import { type Directory, openDirectory } from './directory.ts'
import { ownerOf } from './formOwners.ts'
import { type Grant, no, type PeopleAnswer, type Staff, yes } from './model.ts'
import { checkPassword } from './passwordRules.ts'
import { isOutdated, opensPassword, sealPassword } from './passwords.ts'
import { type OpenedSession, openSessions, type Session, type SessionKind } from './sessions.ts'
import { foldLogin } from './shape.ts'
import { type Credentials, openRecognition } from './signIn.ts'
import { digestOf } from './tokens.ts'

/** Organisations, staff and sign-in. Every expected "no" is `people.refusal.<code>` of the languages. */
export interface People extends Directory {
  accounts: Accounts
  /** `wrongSignIn` for an unknown login, a wrong password and a deactivated person alike; `tooManyTries` with `seconds` to wait; `noGrant`. */
  signIn(credentials: Credentials, kind: SessionKind): Promise<PeopleAnswer<OpenedSession>>
  /** Without a password, in a database marked as demonstration only; anywhere else `notDemonstration`. */
  oneClick(login: string): Promise<PeopleAnswer<OpenedSession>>
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
  /** Role codes of the regulations at hand: no other may be granted, but those that stand in no regulation. */
  roles: () => ReadonlySet<string>
}

/** Opens the floor over tables that `migratePeople` has made. */
export async function openPeople({ database, machineClock, today, roles }: PeopleOptions): Promise<People> {
  const { refresh, stop, ...directory } = await openDirectory(database, today)
  const live = { ...directory, refresh, stop }
  const change = makeChange(database, live, machineClock)
  const sessions = openSessions(database, live, machineClock, today)
  const recognise = openRecognition(database, machineClock)

  const signIn = async (credentials: Credentials, kind: SessionKind): Promise<PeopleAnswer<OpenedSession>> => {
    const found = await recognise(credentials)
    if (!found.ok) return found
    const { staff, sealed } = found.value
    if (isOutdated(sealed)) {
      await database.query({
        name: 'people seal anew',
        text: 'update password set sealed = $2 where staff = $1 and sealed = $3',
        values: [staff, await sealPassword(credentials.password), sealed],
      })
    }
    const opened = await sessions.begin(staff, kind)
    return opened ? yes(opened) : no('noGrant')
  }

  const oneClick = async (login: string): Promise<PeopleAnswer<OpenedSession>> => {
    if (!(await isDemonstration(database))) return no('notDemonstration')
    await refresh()
    const staff = directory.staffByLogin(foldLogin(login))
    if (staff === undefined || !staff.active) return no('wrongSignIn')
    const opened = await sessions.begin(staff.id, 'page')
    return opened ? yes(opened) : no('noGrant')
  }

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
    signIn,
    oneClick,
    isDemonstration: () => isDemonstration(database),
    session: sessions.find,
    grantsNow: sessions.grantsNow,
    switchGrant: async (token, grant) => {
      const session = await sessions.switchTo(token, grant)
      return session ? yes(session) : no('grantNotYours')
    },
    signOut: sessions.end,
    formOwner: (given) => ownerOf(database, given, machineClock()),
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

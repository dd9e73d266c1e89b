import type { Database } from '../ledger/postgres/database.ts'
import type { Challenge, openChallenges } from './challenge.ts'
import { isDemonstration } from './demonstrationMark.ts'
import type { LiveDirectory } from './directory.ts'
import { type openHalves, passwordMark } from './halfway.ts'
import { type Grant, no, type PeopleAnswer, type Staff, yes } from './model.ts'
import { isOutdated, sealPassword } from './passwords.ts'
import type { SecondFactors } from './secondFactor.ts'
import type { OpenedSession, openSessions, SessionKind } from './sessions.ts'
import { foldLogin } from './shape.ts'
import type { Credentials, openRecognition, Recognised } from './signIn.ts'

/** Who answered a challenge, as the certificate has it. */
export interface KeyHolder {
  readonly iin: string
  /** Of the organisation whose employee's key it is; null: a person's own. */
  readonly bin: string | null
}

/** A password with what may stand beside it. */
export interface WholeCredentials extends Credentials {
  /** Absent: asked for by `codeNeeded`, where the person has a second factor. */
  readonly code?: string | undefined
  /** The browser's cookie, to which the half of a sign-in is bound; absent: a program, which brings all at once. */
  readonly visit?: string | undefined
}

/** The rest of a sign-in whose password was right. */
export interface SecondHalf {
  readonly half: string
  readonly code: string
  readonly visit: string
  readonly address: string
}

export interface Entrance {
  /**
   * `wrongSignIn` for an unknown login, a wrong password and a deactivated person alike; `tooManyTries` with `seconds` to wait; `noGrant`. Where the
   * person has a second factor and no code came: `codeNeeded`, with `half` for `finish` if there is a `visit`. `factorFirst`: a program's sign-in of
   * somebody who must set one up on the page before.
   */
  signIn(credentials: WholeCredentials, kind: SessionKind): Promise<PeopleAnswer<OpenedSession>>
  /** `halfOver`: too late, or another password stands; `codeWrong`, `codeUsed`, `tooManyTries`. */
  finish(rest: SecondHalf): Promise<PeopleAnswer<OpenedSession>>
  /** For whoever has shown by a signature over the challenge that the key is theirs. `keyNobody`, `keyOrganisation`, `challengeUsed`, `noGrant`. */
  byKey(challenge: Challenge, holder: KeyHolder): Promise<PeopleAnswer<OpenedSession>>
  /** Without a password, in a database marked as demonstration only; anywhere else `notDemonstration`. */
  oneClick(login: string): Promise<PeopleAnswer<OpenedSession>>
}

interface Parts {
  readonly database: Database
  readonly directory: LiveDirectory
  readonly sessions: ReturnType<typeof openSessions>
  readonly recognise: ReturnType<typeof openRecognition>
  readonly factors: SecondFactors
  readonly halves: ReturnType<typeof openHalves>
  readonly challenges: ReturnType<typeof openChallenges>
}

const opened = (session: OpenedSession | undefined): PeopleAnswer<OpenedSession> => (session ? yes(session) : no('noGrant'))

/** The ways in. */
export function openEntrance(parts: Parts): Entrance {
  const { database, directory, sessions, factors, challenges } = parts
  return {
    signIn: (credentials, kind) => signIn(parts, credentials, kind),
    finish: (rest) => finish(parts, rest),
    byKey: async (challenge, { iin, bin }) => {
      await directory.refresh()
      const staff = directory.staffByIin(iin)
      if (staff === undefined || !staff.active) return no('keyNobody')
      const fits = ({ organisation }: Grant): boolean => bin === null || directory.organisation(organisation)?.bin === bin
      const grants = sessions.grantsNow(staff)
      if (grants.length > 0 && !grants.some(fits)) return no('keyOrganisation')
      const used = await challenges.use(challenge)
      return used.ok ? opened(await sessions.begin(staff.id, 'page', 'key', fits)) : used
    },
    oneClick: async (login) => {
      if (!(await isDemonstration(database))) return no('notDemonstration')
      await directory.refresh()
      const staff = directory.staffByLogin(foldLogin(login))
      if (staff === undefined || !staff.active) return no('wrongSignIn')
      return opened(await sessions.begin(staff.id, 'page', 'oneClick'))
    },
  }

  async function signIn(given: Parts, credentials: WholeCredentials, kind: SessionKind): Promise<PeopleAnswer<OpenedSession>> {
    const found = await given.recognise(credentials)
    if (!found.ok) return found
    const { staff } = found.value
    const sealed = await sealedAnew(database, found.value, credentials.password)
    const { setAt } = await factors.state(staff)
    if (setAt === null) {
      if (kind === 'token' && (await mustHaveFactor(given, staff))) return no('factorFirst')
      return opened(await sessions.begin(staff, kind, 'password'))
    }
    const { code, visit, address } = credentials
    if (code !== undefined) {
      const taken = await factors.take(staff, code, address)
      if (taken.ok) return opened(await sessions.begin(staff, kind, 'password'))
      if (taken.error.code === 'codeWrong') await factors.noteWrong(staff, 'program')
      return taken
    }
    return no('codeNeeded', visit === undefined ? {} : { half: await given.halves.make(staff, sealed, visit) })
  }
}

async function mustHaveFactor({ directory, sessions }: Parts, id: string): Promise<boolean> {
  await directory.refresh()
  const staff: Staff | undefined = directory.staffById(id)
  return staff !== undefined && sessions.mustHaveFactor(staff)
}

/** The sealed password as it stands now: one with weaker parameters is sealed again. */
async function sealedAnew(database: Database, { staff, sealed }: Recognised, password: string): Promise<string> {
  if (!isOutdated(sealed)) return sealed
  const anew = await sealPassword(password)
  await database.query({
    name: 'people seal anew',
    text: 'update password set sealed = $2 where staff = $1 and sealed = $3',
    values: [staff, anew, sealed],
  })
  return anew
}

async function finish(
  { database, sessions, factors, halves }: Parts,
  { half, code, visit, address }: SecondHalf,
): Promise<PeopleAnswer<OpenedSession>> {
  const begun = await halves.read(half, visit)
  if (begun === null) return no('halfOver')
  const [row] = await database.query<{ sealed: string; active: boolean }>({
    name: 'people password of half',
    text: 'select p.sealed, s.active from password as p join staff as s on s.id = p.staff where p.staff = $1',
    values: [begun.staff],
  })
  if (row === undefined || !row.active || passwordMark(row.sealed) !== begun.password) return no('halfOver')
  const taken = await factors.take(begun.staff, code, address)
  if (!taken.ok) {
    // Taken away between the two halves: the password alone lets in, and is asked for again.
    if (taken.error.code === 'factorNone') return no('halfOver')
    if (taken.error.code === 'codeWrong') await factors.noteWrong(begun.staff, begun.id)
    return taken
  }
  await factors.forgetWrong(begun.staff, begun.id)
  return opened(await sessions.begin(begun.staff, 'page', 'password'))
}

import type { Database } from '../ledger/postgres/database.ts'
import type { LiveDirectory } from './directory.ts'
import { rememberOwner } from './formOwners.ts'
import { type Grant, holdsOn, type Staff, type StaffActor } from './model.ts'
import { csrfOf, digestOf, newToken } from './tokens.ts'

/** `page`: a browser's cookie. `token`: a program's bearer token. */
export type SessionKind = 'page' | 'token'

/** How a session was opened; `oneClick`: in the demonstration. */
export type SessionWay = 'password' | 'key' | 'oneClick'

export interface Session {
  readonly kind: SessionKind
  readonly way: SessionWay
  readonly staff: Staff
  /** Under which the session acts; one of `grantsNow(staff)`. */
  readonly grant: Grant
  /** An administrator gave the password: only changing it is open. */
  readonly mustChange: boolean
  /** A second factor is required of the person and not set up: only setting it up is open. */
  readonly mustSetUp: boolean
  /** Milliseconds since 1970, by the machine's clock. */
  readonly beganAt: number
  /** Milliseconds since 1970, by the machine's clock. */
  readonly endsAt: number
  /** Each form of a page carries it. */
  readonly csrf: string
}

export interface OpenedSession {
  /** Told once; the database keeps its digest. */
  readonly token: string
  readonly session: Session
}

const minute = 60_000
const hour = 60 * minute

/** NIST SP 800-63B, 4.2.3: half an hour without a sign of life, twelve hours in all. A program has no idle time of its own. */
const idle: Readonly<Record<SessionKind, number>> = { page: 30 * minute, token: 12 * hour }
const longest = 12 * hour
/** How stale `seen_at` may be: a write a minute a session, not one a request. */
const staleAfter = minute

interface Row {
  kind: SessionKind
  way: SessionWay
  staff: string
  grant_id: string
  began_at: number
  seen_at: number
  ends_at: number
  must_change: boolean
  has_factor: boolean
  version: number
}

export const actorOf = ({ staff, grant }: Session): StaffActor => ({
  kind: 'staff',
  id: staff.id,
  role: grant.role,
  organisation: grant.organisation,
  unit: grant.unit,
  ...(grant.acting && grant.order ? { acting: { for: grant.acting.for, order: grant.order, grant: grant.id } } : {}),
})

export interface SessionParts {
  readonly database: Database
  readonly directory: LiveDirectory
  readonly machineClock: () => number
  readonly today: () => string
  /** Whether a second factor is required of whoever has these roles. */
  readonly factorRequired: (roles: readonly string[]) => boolean
}

export function openSessions({ database, directory, machineClock, today, factorRequired }: SessionParts) {
  const grantsNow = (staff: Staff): Grant[] => staff.grants.filter((grant) => holdsOn(grant, today()))

  /** By all that the person may act as today, since a session may be switched. */
  const mustHaveFactor = (staff: Staff): boolean => factorRequired(grantsNow(staff).map(({ role }) => role))

  const sessionOf = (token: string, row: Row): Session | undefined => {
    const staff = directory.staffById(row.staff)
    const grant = staff?.active ? grantsNow(staff).find(({ id }) => id === row.grant_id) : undefined
    if (staff === undefined || grant === undefined) return undefined
    const endsAt = Math.min(row.ends_at, row.seen_at + idle[row.kind])
    return {
      ...{ kind: row.kind, way: row.way, staff, grant, beganAt: row.began_at, endsAt, csrf: csrfOf(token) },
      // Whoever came by a key of their own may not even know the password.
      mustChange: row.must_change && row.way !== 'key',
      mustSetUp: row.way === 'password' && !row.has_factor && mustHaveFactor(staff),
    }
  }

  /** The session of a token, alive; the directory is then as fresh as the database at this moment, on every process. */
  const find = async (token: string, { sign = true }: { sign?: boolean } = {}): Promise<Session | undefined> => {
    const digest = digestOf(token)
    const [row] = await database.query<Row>({
      name: 'people session',
      text: `select s.kind, s.way, s.staff, s.grant_id, s.began_at, s.seen_at, s.ends_at, p.must_change, (select version from people_version) as version,
               exists (select from second_factor as f where f.staff = s.staff and f.wrapped is not null) as has_factor
             from session as s join password as p on p.staff = s.staff where s.digest = $1`,
      values: [digest],
    })
    if (row === undefined) return undefined
    await directory.refresh(row.version)
    const now = machineClock()
    const session = sessionOf(token, row)
    if (session === undefined || session.endsAt <= now) return undefined
    if (!sign || now - row.seen_at < staleAfter) return session
    await database.query({ name: 'people seen', text: 'update session set seen_at = $2 where digest = $1', values: [digest, now] })
    return sessionOf(token, { ...row, seen_at: now })
  }

  /** `first`: the grant to begin with, where several hold. Undefined: the person has none today. */
  const begin = async (
    id: string,
    kind: SessionKind,
    way: SessionWay,
    first: (grant: Grant) => boolean = () => true,
  ): Promise<OpenedSession | undefined> => {
    await directory.refresh()
    const staff = directory.staffById(id)
    const grant = staff?.active ? grantsNow(staff).find(first) : undefined
    if (grant === undefined) return undefined
    const token = newToken()
    const now = machineClock()
    await database.query({ name: 'people forget sessions', text: 'delete from session where ends_at <= $1', values: [now] })
    await database.query({
      name: 'people begin session',
      text: `insert into session (digest, kind, way, staff, grant_id, began_at, seen_at, ends_at) values ($1, $2, $7, $3, $4, $5, $5, $6)
             on conflict (digest) do nothing`,
      values: [digestOf(token), kind, id, grant.id, now, now + longest, way],
    })
    if (kind === 'page') await rememberOwner(database, csrfOf(token), id, now + longest, now)
    const session = await find(token)
    return session && { token, session }
  }

  return {
    grantsNow,
    mustHaveFactor,
    find,
    begin,
    end: async (token: string): Promise<void> => {
      await database.query({ name: 'people end session', text: 'delete from session where digest = $1', values: [digestOf(token)] })
    },
    /** Acts under another of the person's grants from now on; undefined: it is not theirs, or not today. */
    switchTo: async (token: string, grantId: string): Promise<Session | undefined> => {
      const session = await find(token)
      if (session === undefined || !grantsNow(session.staff).some(({ id }) => id === grantId)) return undefined
      await database.query({
        name: 'people switch grant',
        text: 'update session set grant_id = $2 where digest = $1',
        values: [digestOf(token), grantId],
      })
      return find(token)
    },
  }
}

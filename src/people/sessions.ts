import type { Database } from '../ledger/postgres/database.ts'
import type { LiveDirectory } from './directory.ts'
import { rememberOwner } from './formOwners.ts'
import { type Grant, holdsOn, type Staff, type StaffActor } from './model.ts'
import { csrfOf, digestOf, newToken } from './tokens.ts'

/** `page`: a browser's cookie. `token`: a program's bearer token. */
export type SessionKind = 'page' | 'token'

export interface Session {
  readonly kind: SessionKind
  readonly staff: Staff
  /** Under which the session acts; one of `grantsNow(staff)`. */
  readonly grant: Grant
  /** An administrator gave the password: only changing it is open. */
  readonly mustChange: boolean
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
  staff: string
  grant_id: string
  seen_at: number
  ends_at: number
  must_change: boolean
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

export function openSessions(database: Database, directory: LiveDirectory, machineClock: () => number, today: () => string) {
  const grantsNow = (staff: Staff): Grant[] => staff.grants.filter((grant) => holdsOn(grant, today()))

  const sessionOf = (token: string, row: Row): Session | undefined => {
    const staff = directory.staffById(row.staff)
    const grant = staff?.active ? grantsNow(staff).find(({ id }) => id === row.grant_id) : undefined
    if (staff === undefined || grant === undefined) return undefined
    const endsAt = Math.min(row.ends_at, row.seen_at + idle[row.kind])
    return { kind: row.kind, staff, grant, mustChange: row.must_change, endsAt, csrf: csrfOf(token) }
  }

  /** The session of a token, alive; the directory is then as fresh as the database at this moment, on every process. */
  const find = async (token: string, { sign = true }: { sign?: boolean } = {}): Promise<Session | undefined> => {
    const digest = digestOf(token)
    const [row] = await database.query<Row>({
      name: 'people session',
      text: `select s.kind, s.staff, s.grant_id, s.seen_at, s.ends_at, p.must_change, (select version from people_version) as version
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

  /** Undefined: the person has no grant today. */
  const begin = async (id: string, kind: SessionKind): Promise<OpenedSession | undefined> => {
    await directory.refresh()
    const staff = directory.staffById(id)
    const [grant] = staff?.active ? grantsNow(staff) : []
    if (grant === undefined) return undefined
    const token = newToken()
    const now = machineClock()
    await database.query({ name: 'people forget sessions', text: 'delete from session where ends_at <= $1', values: [now] })
    await database.query({
      name: 'people begin session',
      text: `insert into session (digest, kind, staff, grant_id, began_at, seen_at, ends_at) values ($1, $2, $3, $4, $5, $5, $6)
             on conflict (digest) do nothing`,
      values: [digestOf(token), kind, id, grant.id, now, now + longest],
    })
    if (kind === 'page') await rememberOwner(database, csrfOf(token), id, now + longest, now)
    const session = await find(token)
    return session && { token, session }
  }

  return {
    grantsNow,
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

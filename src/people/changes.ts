import type pg from 'pg'
import type { Database } from '../ledger/postgres/database.ts'
import type { LiveDirectory } from './directory.ts'
import { type ChangedBy, type Grant, no, type Organisation, type PeopleAnswer, type PeopleRefusal, type Staff, yes } from './model.ts'

/** One change in the making: all of it is committed, or nothing. */
export interface Change {
  /** RFC 3339, by the machine's clock. */
  readonly at: string
  /** As they are now: nobody else changes them until the commit. */
  organisation(id: string): Promise<Organisation | undefined>
  staff(id: string): Promise<Staff | undefined>
  /** Everybody who was ever appointed to act under this grant of somebody else. */
  actingUnder(grant: string): Promise<Staff[]>
  /** Everybody with a grant at the organisation. */
  staffAt(organisation: string): Promise<Staff[]>
  keepOrganisation(organisation: Organisation): Promise<void>
  keepStaff(staff: Staff): Promise<void>
  keepPassword(staff: string, sealed: string, mustChange: boolean): Promise<void>
  /** Puts the second factor in the place of any before it, with new recovery codes. */
  keepFactor(staff: string, factor: KeptFactor): Promise<void>
  keepRecoveryCodes(staff: string, digests: readonly Buffer[]): Promise<void>
  /** `taken`: what the person is to be told at the next sign-in. False: there was none. */
  dropFactor(staff: string, taken: TakenFactor | null): Promise<boolean>
  /** Ends sessions of a person: all, those of one grant, or all but the one given. */
  endSessions(staff: string, which?: { grant: string } | { but: Buffer }): Promise<void>
  /** Leaves the row that tells who did what. `data` never holds anything of a password. */
  tell(kind: PeopleEventKind, subject: string, data: Readonly<Record<string, unknown>>): Promise<void>
}

/** A second factor as it is kept; the secret is under the installation's key. */
export interface KeptFactor {
  readonly wrapped: Buffer
  /** Of the code that confirmed it. */
  readonly step: number
  readonly recovery: readonly Buffer[]
}

/** That an administrator took somebody's second factor away. */
export interface TakenFactor {
  /** RFC 3339, by the machine's clock. */
  readonly at: string
  readonly by: ChangedBy
  readonly reason: string
}

export type PeopleEventKind =
  | 'organisationCreated'
  | 'organisationChanged'
  | 'organisationClosed'
  | 'organisationReopened'
  | 'staffCreated'
  | 'staffChanged'
  | 'grantGiven'
  | 'grantEnded'
  | 'actingAppointed'
  | 'actingArranged'
  | 'workGivenOver'
  | 'passwordChanged'
  | 'passwordReset'
  | 'secondFactorSet'
  | 'secondFactorRemoved'
  | 'secondFactorReset'
  | 'recoveryCodesMade'
  | 'recoveryCodeUsed'
  | 'deactivated'
  | 'reactivated'

export interface PeopleEvent {
  readonly at: string
  readonly by: ChangedBy
  readonly kind: PeopleEventKind
  /** Id of the person or organisation. */
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Thrown inside a change to undo it; `answering` makes it the answer. */
export class Undone extends Error {
  readonly refusal: PeopleRefusal

  constructor(code: string, params: PeopleRefusal['params'] = {}) {
    // Without the code: the database's door takes words such as “closed” in a message for a connection that broke.
    super('a change of people was undone')
    this.refusal = { code, params }
  }
}

/** The work's value, or why the change was undone. */
export async function answering<T>(work: Promise<T>): Promise<PeopleAnswer<T>> {
  try {
    return yes(await work)
  } catch (cause) {
    if (cause instanceof Undone) return { ok: false, error: cause.refusal }
    const code = refusalOf(cause)
    if (code === undefined) throw cause
    return no(code)
  }
}

/** Unique index → refusal. */
const taken: Readonly<Record<string, string>> = {
  staff_login_key: 'loginTaken',
  staff_iin_key: 'iinTaken',
  organisation_pkey: 'organisationTaken',
}

/** The refusal behind a row that stands already; undefined for any other failure. */
const refusalOf = (cause: unknown): string | undefined =>
  typeof cause === 'object' && cause !== null && 'constraint' in cause ? taken[String(cause.constraint)] : undefined

export function makeChange(database: Database, directory: LiveDirectory, machineClock: () => number) {
  return async <T>(by: ChangedBy, work: (change: Change) => Promise<T>): Promise<T> => {
    let version = 0
    const value = await database.transaction(async (client) => {
      // Locks every other change out until the commit: versions follow the order of commits, and what it reads stays true.
      const { rows } = await client.query<{ version: number }>('update people_version set version = version + 1 returning version')
      version = rows[0]?.version ?? 0
      return work(changeOf(client, version, by, machineClock()))
    })
    await directory.refresh(version)
    return value
  }
}

function changeOf(client: pg.ClientBase, version: number, by: ChangedBy, now: number): Change {
  const run = async (text: string, values: unknown[]): Promise<void> => {
    await client.query(text, values)
  }
  return {
    at: new Date(now).toISOString(),
    organisation: async (id) =>
      (await client.query<{ doc: Organisation }>('select doc from organisation where id = $1', [id])).rows[0]?.doc,
    staff: async (id) =>
      (await client.query<{ person: Staff }>(`select to_jsonb(staff) - 'version' as person from staff where id = $1`, [id])).rows[0]
        ?.person,
    actingUnder: async (grant) =>
      (
        await client.query<{ person: Staff }>(`select to_jsonb(staff) - 'version' as person from staff where grants @> $1`, [
          JSON.stringify([{ acting: { grant } }]),
        ])
      ).rows.map(({ person }) => person),
    staffAt: async (organisation) =>
      (
        await client.query<{ person: Staff }>(`select to_jsonb(staff) - 'version' as person from staff where grants @> $1`, [
          JSON.stringify([{ organisation }]),
        ])
      ).rows.map(({ person }) => person),
    keepOrganisation: (one) =>
      run(
        `insert into organisation (id, version, doc) values ($1, $2, $3) on conflict (id) do update set version = excluded.version, doc = excluded.doc`,
        [one.id, version, one],
      ),
    keepStaff: ({ id, login, iin, name, post, active, grants }) =>
      run(
        `insert into staff (id, version, login, iin, name, post, active, grants) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set version = excluded.version, login = excluded.login, iin = excluded.iin, name = excluded.name,
           post = excluded.post, active = excluded.active, grants = excluded.grants`,
        [id, version, login, iin, name, post, active, JSON.stringify(grants satisfies readonly Grant[])],
      ),
    keepPassword: (staff, sealed, mustChange) =>
      run(
        `insert into password (staff, sealed, must_change) values ($1, $2, $3)
         on conflict (staff) do update set sealed = excluded.sealed, must_change = excluded.must_change`,
        [staff, sealed, mustChange],
      ),
    ...factorChanges(client, run, now),
    endSessions: (staff, which) => {
      if (which === undefined) return run('delete from session where staff = $1', [staff])
      if ('grant' in which) return run('delete from session where staff = $1 and grant_id = $2', [staff, which.grant])
      return run('delete from session where staff = $1 and digest <> $2', [staff, which.but])
    },
    tell: (kind, subject, data) =>
      run(`insert into people_event (at, by, kind, subject, data) values ($1, $2, $3, $4, $5)`, [
        new Date(now).toISOString(),
        by,
        kind,
        subject,
        data,
      ]),
  }
}

type FactorChanges = Pick<Change, 'keepFactor' | 'keepRecoveryCodes' | 'dropFactor'>

function factorChanges(client: pg.ClientBase, run: (text: string, values: unknown[]) => Promise<void>, now: number): FactorChanges {
  const keepRecoveryCodes = async (staff: string, digests: readonly Buffer[]): Promise<void> => {
    await run('delete from recovery_code where staff = $1', [staff])
    await run('insert into recovery_code (staff, digest) select $1, unnest($2::bytea[])', [staff, digests])
  }
  return {
    keepRecoveryCodes,
    keepFactor: async (staff, { wrapped, step, recovery }) => {
      await run(
        `insert into second_factor (staff, wrapped, set_at, last_step) values ($1, $2, $3, $4)
         on conflict (staff) do update set wrapped = excluded.wrapped, set_at = excluded.set_at, last_step = excluded.last_step`,
        [staff, wrapped, now, step],
      )
      await keepRecoveryCodes(staff, recovery)
    },
    dropFactor: async (staff, taken) => {
      await run('delete from recovery_code where staff = $1', [staff])
      await run('delete from wrong_code where staff = $1', [staff])
      const { rowCount } = await client.query(
        `update second_factor set wrapped = null, set_at = null, last_step = -1, taken = $2 where staff = $1 and wrapped is not null`,
        [staff, taken],
      )
      return rowCount === 1
    },
  }
}

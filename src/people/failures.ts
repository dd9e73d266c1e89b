import type { Database } from '../ledger/postgres/database.ts'
import { lanes } from './lanes.ts'
import { addressPatience, delayAfter, forgottenAfter, loginPatience, subjectOf } from './lockout.ts'
import { no, type PeopleAnswer } from './model.ts'

interface Failure {
  subject: Buffer
  failures: number
  last_at: number
}

/** What a try is counted under: what is tried, if it has a name, and where it came from. */
export interface Trying {
  readonly at?: { readonly kind: 'login' | 'code'; readonly value: string } | undefined
  /** As the server sees it. */
  readonly address: string
}

/**
 * Runs tries to come in and counts those that failed, by what was tried and by address: `tooManyTries` with `seconds` while one has to wait. Tries
 * at one thing are taken one after another, and few at a time from one address, so that many at once cannot slip past the count.
 */
export function openFailures(database: Database, machineClock: () => number) {
  const ofOne = lanes(1)
  const ofAddress = lanes(10)

  const waitOf = async (subjects: readonly Buffer[], own: Buffer | undefined): Promise<number> => {
    const rows = await database.query<Failure>({
      name: 'people failures',
      text: 'select subject, failures, last_at from sign_in_failure where subject = any ($1)',
      values: [subjects],
    })
    const now = machineClock()
    const waits = rows.map(({ subject, failures, last_at }) => {
      if (last_at + forgottenAfter < now) return 0
      const patience = own !== undefined && subject.equals(own) ? loginPatience : addressPatience
      return last_at + delayAfter(failures, patience) - now
    })
    return Math.max(0, ...waits)
  }

  const count = async (subjects: readonly Buffer[]): Promise<void> => {
    const now = machineClock()
    await database.query({
      name: 'people count failure',
      // In one order, lest two deadlock.
      text: `insert into sign_in_failure as f (subject, failures, last_at)
             select subject, 1, $2::bigint from unnest($1::bytea[]) as subject order by subject
             on conflict (subject) do update
             set failures = case when f.last_at + $3::bigint < $2::bigint then 1 else f.failures + 1 end, last_at = $2::bigint`,
      values: [subjects, now, forgottenAfter],
    })
    await database.query({
      name: 'people forget failures',
      text: 'delete from sign_in_failure where last_at < $1',
      values: [now - forgottenAfter],
    })
  }

  /** What was tried starts anew; at the address each success makes up for one failure, as a branch has more of the former. */
  const forgive = async (own: Buffer | undefined, address: Buffer): Promise<void> => {
    if (own !== undefined)
      await database.query({ name: 'people forgive login', text: 'delete from sign_in_failure where subject = $1', values: [own] })
    await database.query({
      name: 'people forgive address',
      text: 'update sign_in_failure set failures = failures - 1 where subject = $1 and failures > 0',
      values: [address],
    })
  }

  /** `counts`: which refusals are failures of whoever tries. */
  return async <T>(
    { at, address }: Trying,
    work: () => Promise<PeopleAnswer<T>>,
    counts: (code: string) => boolean,
  ): Promise<PeopleAnswer<T>> => {
    const place = subjectOf('address', address)
    const own = at && subjectOf(at.kind, at.value)
    const subjects = own === undefined ? [place] : [own, place]
    const once = async (): Promise<PeopleAnswer<T>> => {
      const wait = await waitOf(subjects, own)
      if (wait > 0) return no('tooManyTries', { seconds: Math.ceil(wait / 1000) })
      const answer = await work()
      if (answer.ok) await forgive(own, place)
      else if (counts(answer.error.code)) await count(subjects)
      return answer
    }
    // Keys have lanes of their own: their centre may be slow, and passwords of the same branch need not wait for it.
    return ofAddress(`${at?.kind ?? 'key'} ${address}`, () => (own === undefined ? once() : ofOne(own.toString('hex'), once)))
  }
}

export type Failures = ReturnType<typeof openFailures>

import type { Ledger } from '../ledger/ledger.ts'
import type { Desk } from './desk.ts'

interface OrphanParts {
  readonly ledger: Pick<Ledger, 'work'>
  readonly desk: Pick<Desk, 'release'>
  /** Of every region. */
  readonly homes: readonly number[]
  /** Brings what was committed about people before the call, on whatever process. */
  readonly freshPeople: () => Promise<void>
  /** Whether what was given to the person by name in that role can be done today, by them or by whoever acts for them. */
  readonly isCovered: (person: string, organisation: string, role: string) => boolean
}

const batch = 200

/**
 * Work given by name to somebody who holds the role no longer goes back to everybody in the role, as an event: whoever does it next must be
 * able to show why it was theirs, so a rule that only reads the book of people is not enough. Returns how many cases were released.
 */
export async function releaseOrphans({ ledger, desk, homes, freshPeople, isCovered }: OrphanParts): Promise<number> {
  // People after the work: whoever was given a case had the role before it was given.
  const given = await ledger.work.given(homes)
  await freshPeople()
  let released = 0
  for (const one of given.filter(({ assignee, organisation, role }) => !isCovered(assignee, organisation, role))) {
    let after: Parameters<Ledger['work']['givenTo']>[2]
    for (;;) {
      const items = await ledger.work.givenTo(one, batch, after)
      for (const { case: number } of items) if ((await desk.release(number, one.assignee, one.role)).kind === 'done') released++
      const last = items.at(-1)
      if (items.length < batch || last === undefined) break
      after = last
    }
  }
  return released
}

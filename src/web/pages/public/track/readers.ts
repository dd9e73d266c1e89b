import { receiptHolder } from '../../../../desk/reading.ts'
import type { LocalText } from '../../../../language/translator.ts'
import type { JournalEntry } from '../../../../ledger/ledger.ts'
import type { Organisation, Staff } from '../../../../people/model.ts'

/** Who read the case on one day, by role and organisation and to what end; never by name. */
export interface ReadLine {
  readonly day: string
  /** The last time on that day, RFC 3339. */
  readonly at: string
  readonly role: string
  readonly organisation: LocalText | null
  readonly purpose: string
  readonly times: number
  /** Opened with the receipt, by nobody whom we know. */
  readonly own: boolean
}

export interface Book {
  readonly staff: (id: string) => Staff | undefined
  readonly organisation: (id: string) => Organisation | undefined
}

/** `entries` newest first, as the journal gives them. The journal keeps the person; the organisation is where that person holds the role. */
export function readersOf(entries: readonly JournalEntry[], { staff, organisation }: Book): ReadLine[] {
  const lines = new Map<string, ReadLine>()
  for (const { at, who, role, purpose } of entries) {
    const place = organisationOf(staff(who), role, at.slice(0, 10))
    const key = [at.slice(0, 10), role, place, purpose].join('|')
    const known = lines.get(key)
    if (known) lines.set(key, { ...known, times: known.times + 1 })
    else
      lines.set(key, {
        day: at.slice(0, 10),
        at,
        role,
        organisation: organisation(place)?.name ?? null,
        purpose,
        times: 1,
        own: who === receiptHolder.who,
      })
  }
  return [...lines.values()]
}

function organisationOf(person: Staff | undefined, role: string, day: string): string {
  const grants = (person?.grants ?? []).filter((grant) => grant.role === role)
  const then = grants.find(({ from, until }) => from <= day && (until === undefined || day <= until))
  return (then ?? grants[0])?.organisation ?? ''
}

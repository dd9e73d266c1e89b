import type { Statement } from '../postgres/database.ts'

export interface EvidenceWatched {
  /** RFC 3339 by the law's clock: the last run that left nothing undone; null: there was none. */
  readonly whole: string | null
  /** RFC 3339: when the first certificate ends on which records rest that nothing newer covers; null: there are none. */
  readonly until: string | null
}

/** How old the care of evidence records is, and until when they hold as they are. */
export const evidenceWatched: Statement = {
  name: 'evidence_watched',
  text: `
    select
      (select value ->> 'wholeAt' from setting where name = 'evidence') as whole,
      (select min(until) from evidence_stamp where renewed_by is null and not closed) as until`,
}

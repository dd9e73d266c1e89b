import type { JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** Cases as lists and searches show them; the newest first where nothing else is said. */

export interface CaseRow {
  home: number
  case: string
  regulation: string
  edition: string
  channel: string
  status: string
  open: boolean
  provider: string
  branch: string
  iin: string | null
  openedAt: string
  dueAt: string | null
  doc: JsonObject
}

/** Whose cases the reader may see: those of these providers or branches. 'all' is for whoever the law lets see all. */
export type Scope = string[] | 'all'

export interface Page<Position> {
  scope: Scope
  /** The last row of the page before. */
  after?: Position
  limit: number
}

export type OpenedPosition = Pick<CaseRow, 'openedAt' | 'home' | 'case'>

/** A case as a search found it, with the word that it was found by. */
export interface FoundRow extends CaseRow {
  word: string
  key: string
}
export type FoundPosition = Pick<FoundRow, 'word' | 'case' | 'key'>
export type Words = Omit<Page<FoundPosition>, 'scope'> & { scope: string[] }

export interface StatusCount {
  provider: string
  status: string
  cases: number
}

export interface CaseReads {
  byNumber(home: number, caseNumber: string): Promise<CaseRow | null>
  /** The tracker: by the digest of the receipt's secret. */
  byReceipt(home: number, digest: string): Promise<CaseRow | null>
  byIin(iin: string, page: Page<OpenedPosition>): Promise<CaseRow[]>
  /** Cases of a home and of these organisations by the beginning of one of their words, in the order of these; a case may come by each of its words. */
  byWord(home: number, prefix: string, page: Words): Promise<FoundRow[]>
  ofProvider(provider: string, page: Omit<Page<OpenedPosition>, 'scope'>): Promise<CaseRow[]>
  /** How many cases are open at the organisation, as provider or branch. */
  openAt(home: number, organisation: string): Promise<number>
  /** Open cases of each provider by status. */
  counts(providers: string[]): Promise<StatusCount[]>
}

const columns = `
  c.home, c.case_number as "case", c.regulation, c.edition, c.channel, c.status, c.open, c.provider, c.branch, c.iin,
  c.opened_at as "openedAt", c.due_at as "dueAt", c.doc`

export function caseReads(database: Database): CaseReads {
  const one = async (statement: Statement) => (await database.query<CaseRow>(statement))[0] ?? null
  return {
    byNumber: (home, caseNumber) => one(caseByNumber(home, caseNumber)),
    byReceipt: (home, digest) => one(caseByReceipt(home, digest)),
    byIin: (iin, page) => database.query<CaseRow>(casesByIin(iin, page)),
    byWord: (home, prefix, page) => database.query<FoundRow>(casesByWord(home, prefix, page)),
    ofProvider: (provider, page) => database.query<CaseRow>(casesOfProvider(provider, page)),
    openAt: async (home, organisation) => Number((await database.query<{ cases: number }>(casesOpenAt(home, organisation)))[0]?.cases ?? 0),
    counts: (providers) => database.query<StatusCount>(caseCounts(providers)),
  }
}

export function caseByNumber(home: number, caseNumber: string): Statement {
  return {
    name: 'case_by_number',
    text: `select ${columns} from case_view as c where c.home = $1 and c.case_number = $2 order by c.key limit 1`,
    values: [home, caseNumber],
  }
}

export function caseByReceipt(home: number, digest: string): Statement {
  return {
    name: 'case_by_receipt',
    text: `select ${columns} from case_view as c where c.home = $1 and c.receipt_digest = $2`,
    values: [home, digest],
  }
}

export function casesByIin(iin: string, { scope, after, limit }: Page<OpenedPosition>): Statement {
  return {
    name: 'cases_by_iin',
    text: `
      select ${columns}
      from case_view as c
      where c.iin = $1
        and (c.opened_at, c.home, c.case_number) < ($2::timestamptz, $3::integer, $4::text)
        and ($5::text[] is null or c.provider = any ($5) or c.branch = any ($5))
      order by c.opened_at desc, c.home desc, c.case_number desc
      limit $6`,
    values: [iin, ...newestFrom(after), organisations(scope), limit],
  }
}

const wordsOf = (whose: string): string => `
          (select s.home, s.word, s.case_number, s.key
          from search_key as s
          where s.home = $1 and ${whose} and (s.word, s.case_number, s.key) > ($2::text, $3::text, $4::text) and s.word < $5
          order by s.word, s.case_number, s.key
          limit $7)`

/**
 * One short range for each organisation, merged: what others have under the same name is not read, and a case that two of them share comes once.
 * One bound below, the place where the page before ended or the beginning of the word: of two, an index scan may begin at the further one, and did:
 * a page of a common beginning read 16,000 pages of an index.
 * The prefix as a range: `like` would need an index of its own under some collations. U+10FFFF sorts after every letter.
 */
export function casesByWord(home: number, prefix: string, { scope, after, limit }: Words): Statement {
  return {
    name: 'cases_by_word',
    text: `
      select ${columns}, s.word, s.key
      from (
        select distinct on (s.word, s.case_number, s.key) s.*
        from unnest($6::text[]) as o(id)
        cross join lateral (${wordsOf('s.provider = o.id')} union all ${wordsOf("s.branch <> '' and s.branch = o.id")}) as s
        order by s.word, s.case_number, s.key
        limit $7
      ) as s
      join case_view as c on c.home = $1 and c.case_number = s.case_number and c.key = 'case'
      order by s.word, s.case_number, s.key`,
    values: [home, after?.word ?? prefix, after?.case ?? '', after?.key ?? '', `${prefix}\u{10ffff}`, scope, limit],
  }
}

export function casesOfProvider(provider: string, { after, limit }: Omit<Page<OpenedPosition>, 'scope'>): Statement {
  return {
    name: 'cases_of_provider',
    text: `
      select ${columns}
      from case_view as c
      where c.provider = $1 and (c.opened_at, c.home, c.case_number) < ($2::timestamptz, $3::integer, $4::text)
      order by c.opened_at desc, c.home desc, c.case_number desc
      limit $5`,
    values: [provider, ...newestFrom(after), limit],
  }
}

export function casesOpenAt(home: number, organisation: string): Statement {
  return {
    name: 'cases_open_at',
    text: `
      select (select count(*) from case_view as c where c.home = $2 and c.open and c.provider = $1)
        + (select count(*) from case_view as c where c.home = $2 and c.open and c.branch <> '' and c.branch = $1) as cases`,
    values: [organisation, home],
  }
}

export function caseCounts(providers: string[]): Statement {
  return {
    name: 'case_counts',
    text: `
      select c.provider, c.status, count(*) as cases
      from case_view as c
      where c.open and c.provider = any ($1)
      group by c.provider, c.status
      order by c.provider, c.status`,
    values: [providers],
  }
}

function organisations(scope: Scope): string[] | null {
  return scope === 'all' ? null : scope
}

function newestFrom(after: OpenedPosition | undefined): [string, number, string] {
  return after ? [after.openedAt, after.home, after.case] : ['infinity', 0, '']
}

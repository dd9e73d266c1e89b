import type { Database } from '../postgres/database.ts'
import type { EvidenceLeaf, EvidencePage, EvidencePlace, KeptStamp } from './evidence.ts'

const before = { home: -1, case: '', sha256: '' }
const beginning = ({ after }: EvidencePage) => {
  const { home, case: number, sha256 } = after ?? before
  return [home, number, sha256]
}

/** By the files' own key: a page costs what it shows, and one that follows begins where the last one ended. */
export async function selectWithout(
  database: Database,
  page: EvidencePage,
  types: readonly string[],
  since: string | null,
): Promise<EvidencePlace[]> {
  return database.query<{ home: number; case: string; sha256: string }>({
    name: 'files_without_evidence',
    text: `
      select f.home, f.case_number as case, encode(f.sha256, 'hex') as sha256
      from file as f
      where (f.home, f.case_number, f.sha256) > ($1::integer, $2::text collate "C", decode($3, 'hex'))
        and f.type is null
        and ($4::timestamptz is null or f.put_at >= $4)
        -- Asked row by row and never joined whole: a page may not cost a reading of all events.
        and (select true from evidence_leaf as l where l.home = f.home and l.case_number = f.case_number and l.sha256 = f.sha256 limit 1) is null
        and (select k.wrapped is not null from case_key as k where k.home = f.home and k.case_number = f.case_number)
        and (
          select true from event as e
          where e.home = f.home and e.case_number = f.case_number
            and e.body like any (select '%,"type":"' || t || '"}' from unnest($5::text[]) as t)
            and strpos(e.body, '"file":"' || encode(f.sha256, 'hex') || '"') > 0
          limit 1)
      order by f.home, f.case_number, f.sha256
      limit $6`,
    values: [...beginning(page), since, types, page.limit],
  })
}

interface StampRow {
  number: number
  digest: string
  root: Buffer
  token: Buffer
  stamped_at: string
  until: string
  renewed_by: number | null
  renewed_tree: Buffer | null
  closed: boolean
}

/** A few thousand at most: one for each night and each four thousand signatures. */
export async function selectStamps(database: Database, from?: readonly number[]): Promise<KeptStamp[]> {
  const rows = await database.query<StampRow & Record<string, unknown>>({
    name: 'evidence_stamps',
    text: `
      with recursive wanted as (
        select s.* from evidence_stamp as s where $1::integer[] is null or s.number = any ($1)
        union
        select s.* from evidence_stamp as s join wanted as w on s.number = w.renewed_by and $1 is not null)
      select number, digest, root, token, stamped_at, until, renewed_by, renewed_tree, closed from wanted order by number`,
    values: [from ?? null],
  })
  return rows.map(({ stamped_at, renewed_by, renewed_tree, number, digest, root, token, until, closed }) => ({
    ...{ number, digest, root, token, stampedAt: stamped_at, until, closed },
    renewed: renewed_by === null || renewed_tree === null ? null : { by: renewed_by, tree: renewed_tree },
  }))
}

export async function selectProofs(database: Database, stamps: readonly number[]): Promise<Uint8Array[]> {
  const rows = await database.query<{ evidence: Buffer }>({
    name: 'evidence_proofs',
    text: 'select evidence from evidence_stamp where number = any ($1) order by number',
    values: [stamps],
  })
  return rows.map(({ evidence }) => evidence)
}

type LeafRow = { home: number; case: string; sha256: string; chain: number; stamp: number; tree: Buffer }

const leaf = `l.home, l.case_number as case, encode(l.sha256, 'hex') as sha256, l.chain, l.stamp, l.tree`

export async function selectOf(database: Database, { home, case: number, sha256 }: EvidencePlace): Promise<EvidenceLeaf[]> {
  return database.query<LeafRow>({
    name: 'evidence_of_file',
    text: `select ${leaf} from evidence_leaf as l where l.home = $1 and l.case_number = $2 and l.sha256 = decode($3, 'hex') order by l.chain`,
    values: [home, number, sha256],
  })
}

export async function selectLeaves(database: Database, page: EvidencePage): Promise<EvidenceLeaf[]> {
  return database.query<LeafRow>({
    name: 'evidence_leaves',
    text: `
      select ${leaf}
      from (
        select f.home, f.case_number, f.sha256
        from evidence_leaf as f
        where (f.home, f.case_number, f.sha256) > ($1::integer, $2::text collate "C", decode($3, 'hex')) and f.chain = 1
        order by f.home, f.case_number, f.sha256
        limit $4) as p
      join evidence_leaf as l on l.home = p.home and l.case_number = p.case_number and l.sha256 = p.sha256
      order by l.home, l.case_number, l.sha256, l.chain`,
    values: [...beginning(page), page.limit],
  })
}

export async function selectAged(database: Database, page: EvidencePage, stamps: readonly number[]): Promise<EvidenceLeaf[]> {
  return database.query<LeafRow>({
    name: 'evidence_aged',
    text: `
      select ${leaf}
      from (
        select f.home, f.case_number, f.sha256
        from evidence_leaf as f
        where (f.home, f.case_number, f.sha256) > ($1::integer, $2::text collate "C", decode($3, 'hex')) and f.stamp = any ($5::integer[])
          and (
            select true from evidence_leaf as n
            where n.home = f.home and n.case_number = f.case_number and n.sha256 = f.sha256 and n.chain = f.chain + 1) is null
        order by f.home, f.case_number, f.sha256
        limit $4) as p
      join evidence_leaf as l on l.home = p.home and l.case_number = p.case_number and l.sha256 = p.sha256
      order by l.home, l.case_number, l.sha256, l.chain`,
    values: [...beginning(page), page.limit, stamps],
  })
}

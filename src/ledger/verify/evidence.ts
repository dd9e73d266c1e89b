import { hash } from 'node:crypto'
import type pg from 'pg'
import { leadsTo } from '../evidence/tree.ts'
import type { Problem } from './problem.ts'

const leavesAtOnce = 5_000

interface StampRow {
  number: number
  digest: string
  root: Buffer
  token: Buffer
  renewed_by: number | null
  renewed_tree: Buffer | null
}

interface LeafRow {
  home: number
  case_number: string
  sha256: Buffer
  chain: number
  stamp: number
  tree: Buffer
  there: boolean
  before: boolean
}

/**
 * Whether the evidence records hold together: every way leads from the file's address to a stamp's root, every renewal from a token to the next root, and none is over
 * a file that is not there. What the authorities signed is judged by `qyzmet evidence check`. In the transaction of this connection.
 */
export async function evidenceProblems(client: pg.ClientBase): Promise<Problem[]> {
  const { rows } = await client.query<StampRow>(
    'select number, digest, root, token, renewed_by, renewed_tree from evidence_stamp order by number',
  )
  const stamps = new Map(rows.map((row) => [row.number, row]))
  const problems = rows.flatMap((row) => renewalProblems(row, stamps))
  await client.query(`declare leaves no scroll cursor for ${allLeaves}`)
  for (;;) {
    const { rows: page } = await client.query<LeafRow>(`fetch ${leavesAtOnce} from leaves`)
    for (const leaf of page) problems.push(...leafProblems(leaf, stamps))
    if (page.length < leavesAtOnce) break
  }
  await client.query('close leaves')
  return problems
}

const allLeaves = `
  select l.home, l.case_number, l.sha256, l.chain, l.stamp, l.tree,
    exists (
      select from file as f
      join case_key as k on k.home = f.home and k.case_number = f.case_number and k.wrapped is not null
      where f.home = l.home and f.case_number = l.case_number and f.sha256 = l.sha256) as there,
    l.chain = 1 or exists (
      select from evidence_leaf as b
      where b.home = l.home and b.case_number = l.case_number and b.sha256 = l.sha256 and b.chain = l.chain - 1) as before
  from evidence_leaf as l
  order by l.home, l.case_number, l.sha256, l.chain`

function renewalProblems({ number, digest, token, renewed_by, renewed_tree }: StampRow, stamps: ReadonlyMap<number, StampRow>): Problem[] {
  if (renewed_by === null || renewed_tree === null) return []
  const tell = (text: string): Problem => ({ kind: 'evidence', home: 0, case: '', seq: null, text: `time-stamp ${number}: ${text}` })
  const next = stamps.get(renewed_by)
  if (next === undefined) return [tell(`it was renewed by ${renewed_by}, which is not there`)]
  if (next.digest !== digest) return [tell(`it was renewed by ${renewed_by}, which is of another digest`)]
  return leadsTo(digest, hashOf(digest, token), renewed_tree, next.root) === false
    ? [tell(`its token does not lead to the root of ${renewed_by}`)]
    : []
}

/** Of a digest that is not reckoned here nothing is asked. */
const hashOf = (digest: string, bytes: Uint8Array): Uint8Array =>
  digest.startsWith('sha') ? hash(digest, bytes, 'buffer') : Buffer.alloc(0)

function leafProblems(leaf: LeafRow, stamps: ReadonlyMap<number, StampRow>): Problem[] {
  const file = leaf.sha256.toString('hex')
  const tell = (text: string): Problem => ({
    ...{ kind: 'evidence', home: leaf.home, case: leaf.case_number, seq: null },
    text: `the record over ${file}: ${text}`,
  })
  if (!leaf.there) return [tell('the file is not there')]
  if (!leaf.before) return [tell(`it has no chain ${leaf.chain - 1}`)]
  const stamp = stamps.get(leaf.stamp)
  if (stamp === undefined) return [tell(`time-stamp ${leaf.stamp} is not there`)]
  // The files' addresses are their digests; a later chain is over the content once more, with all that was before.
  const isByAddress = leaf.chain === 1 && stamp.digest === 'sha256'
  return isByAddress && leadsTo('sha256', leaf.sha256, leaf.tree, stamp.root) === false
    ? [tell(`it does not lead to the root of time-stamp ${leaf.stamp}`)]
    : []
}

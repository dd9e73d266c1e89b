import type pg from 'pg'
import { canonical } from '../canonical.ts'
import type { Json } from '../ledger.ts'
import { growingTree, type KeptNode } from '../seals/merkle.ts'
import { selectSealsFrom } from '../seals/readSeals.ts'
import { hashOfHead, readSeal, type Seal, sealHash } from '../seals/seal.ts'
import type { Problem } from './problem.ts'

/** A seal that somebody else has kept: its hash, or all that it says. */
export type KeptSeal = Pick<Seal, 'hash'> & Partial<Seal>

const leavesAtOnce = 5_000

const ofSeals = (text: string): Problem => ({ kind: 'seal', home: 0, case: '', seq: null, text })

/** The chain of seals, the tree under them, and the cases that they name and that are not there. In the transaction of this connection. */
export async function sealProblems(client: pg.ClientBase, kept?: KeptSeal): Promise<Problem[]> {
  const rows = await selectSealsFrom(client, 1)
  const { seals, problems } = readChain(rows)
  return [
    ...problems,
    ...(kept === undefined ? [] : keptProblems(seals, kept)),
    ...(await treeProblems(client, seals)),
    ...(await removedProblems(client, seals)),
  ]
}

/** Pure: what the texts of the seals, oldest first, contradict. Seals that cannot be read are left out. */
export function readChain(rows: readonly { number: number; hash: Buffer; body: string }[]): { seals: Seal[]; problems: Problem[] } {
  const problems: Problem[] = []
  const seals: Seal[] = []
  let previous = ''
  let wanted = 1
  for (const { number, hash, body } of rows) {
    const tell = (text: string) => problems.push(ofSeals(`seal ${number}: ${text}`))
    if (number !== wanted)
      problems.push(ofSeals(number === wanted + 1 ? `seal ${wanted} is not there` : `the seals ${wanted} to ${number - 1} are not there`))
    wanted = number + 1
    if (!sealHash(body).equals(hash)) tell('the hash is not that of its text')
    const seal = isCanonical(body) ? readSeal(body, hash) : null
    if (seal === null) tell('the text is not canonical JSON')
    else {
      const before = seals.at(-1)
      if (seal.number !== number) tell(`the text is of seal ${seal.number}`)
      if (seal.previous !== previous) tell('it does not name the seal before it')
      if (seal.size <= (before?.size ?? 0)) tell('it covers no more than the seal before it')
      if (seal.cases < (before?.cases ?? 0)) tell(`it counts ${seal.cases} cases, the seal before it ${before?.cases}`)
      seals.push(seal)
    }
    previous = hash.toString('hex')
  }
  return { seals, problems }
}

function isCanonical(body: string): boolean {
  try {
    return canonical(JSON.parse(body) as Json) === body // as: any JSON
  } catch {
    return false
  }
}

function keptProblems(seals: readonly Seal[], kept: KeptSeal): Problem[] {
  if (seals.some(({ hash }) => hash === kept.hash)) return []
  if (kept.number === undefined) return [ofSeals(`no seal has the kept hash ${kept.hash}`)]
  const same = seals.find(({ number }) => number === kept.number)
  const found = same === undefined ? 'is not there' : `was ${kept.hash} when it was kept, and is ${same.hash}`
  return [ofSeals(`seal ${kept.number} ${found}`)]
}

/** Hashes every leaf in its order, and holds the roots against the seals and the kept nodes. */
async function treeProblems(client: pg.ClientBase, seals: readonly Seal[]): Promise<Problem[]> {
  const problems: Problem[] = []
  const nodes = await selectNodes(client)
  const nodeNames = new Set(nodes.keys())
  let nodesAsTheyShould: string | null = null
  const tree = growingTree(0, [], ({ level, position, hash }: KeptNode) => {
    const name = `${level}/${position}`
    nodeNames.delete(name)
    if (nodes.get(name)?.equals(hash)) return
    const unit = 256 ** level
    nodesAsTheyShould ??= `the kept hash of the leaves ${position * unit} to ${(position + 1) * unit - 1} is not theirs`
  })
  const waiting = [...seals]
  let whole = true
  let last = 'the beginning'
  for await (const leaf of leavesInOrder(client)) {
    const name = `${leaf.home}/${leaf.case_number} version ${leaf.version}`
    if (leaf.position !== tree.size) {
      const gap = leaf.position - tree.size
      const missing = gap === 1 ? `leaf ${tree.size} is missing` : `the leaves ${tree.size} to ${leaf.position - 1} are missing`
      problems.push(ofSeals(`${gap > 0 ? missing : `leaf ${leaf.position} comes twice`}: between ${last} and ${name}`))
      // What follows cannot be hashed any more: its place in the tree is not known.
      whole = false
      break
    }
    last = name
    tree.append(hashOfHead({ home: leaf.home, case: leaf.case_number, version: leaf.version, head: leaf.head.toString('hex') }))
    while (waiting[0] !== undefined && waiting[0].size <= tree.size) {
      const seal = waiting.shift()
      if (seal === undefined || !whole) continue
      if (seal.root === tree.root().toString('hex')) continue
      problems.push(ofSeals(`seal ${seal.number}: the root is not that of its leaves`))
      // One changed leaf changes every root after it: the first says where.
      whole = false
    }
  }
  if (nodesAsTheyShould !== null) problems.push(ofSeals(nodesAsTheyShould))
  if (!whole) return problems
  const size = seals.at(-1)?.size ?? 0
  if (tree.size > size) problems.push(ofSeals(`the leaves ${size} to ${tree.size - 1} belong to no seal: one was removed`))
  if (tree.size < size) problems.push(ofSeals(`the leaves ${tree.size} to ${size - 1} are missing: after ${last}`))
  for (const name of nodeNames) problems.push(ofSeals(`the kept hash ${name} is of leaves that are not there`))
  return problems
}

async function selectNodes(client: pg.ClientBase): Promise<Map<string, Buffer>> {
  const { rows } = await client.query<KeptNode>('select level, position, hash from seal_node')
  return new Map(rows.map(({ level, position, hash }) => [`${level}/${position}`, hash]))
}

interface LeafRow {
  home: number
  case_number: string
  version: number
  head: Buffer
  position: number
}

async function* leavesInOrder(client: pg.ClientBase): AsyncGenerator<LeafRow> {
  await client.query(
    'declare leaves no scroll cursor for select home, case_number, version, head, position from seal_leaf order by position, home, case_number, version',
  )
  try {
    for (;;) {
      const { rows } = await client.query<LeafRow>(`fetch ${leavesAtOnce} from leaves`)
      yield* rows
      if (rows.length < leavesAtOnce) return
    }
  } finally {
    await client.query('close leaves')
  }
}

/** Cases that were sealed and are not there at all. */
async function removedProblems(client: pg.ClientBase, seals: readonly Seal[]): Promise<Problem[]> {
  const { rows } = await client.query<LeafRow>(
    `select l.home, l.case_number, max(l.version) as version, max(l.position) as position
     from seal_leaf as l
     where not exists (select from case_head as h where h.home = l.home and h.number = l.case_number)
     group by 1, 2
     order by 1, 2`,
  )
  return rows.map(({ home, case_number, version, position }) => ({
    kind: 'missing',
    home,
    case: case_number,
    seq: null,
    text: `${sealOf(seals, position)} has the case with ${version} events, and it is not there`,
  }))
}

/** Of the leaves of one case: the history that was sealed is still its beginning. @param hashes of its events, in order */
export function sealedProblems(
  { home, case: number }: { home: number; case: string },
  leaves: readonly { version: number; head: Buffer }[],
  hashes: readonly Buffer[],
): Problem[] {
  const tell = (kind: Problem['kind'], seq: number | null, text: string): Problem => ({ kind, home, case: number, seq, text })
  const ordered = leaves.toSorted((a, b) => a.version - b.version)
  const last = ordered.at(-1)
  const other = ordered.find(({ version, head }) => version <= hashes.length && !hashes[version - 1]?.equals(head))
  return [
    ...(other === undefined ? [] : [tell('changed', other.version, `the first ${other.version} events are not those that were sealed`)]),
    ...(last !== undefined && last.version > hashes.length
      ? [tell('rolledBack', null, `${last.version} events were sealed, there are ${hashes.length}`)]
      : []),
  ]
}

export async function selectLeavesOf(client: pg.ClientBase, home: number, numbers: readonly string[]) {
  const { rows } = await client.query<{ case_number: string; version: number; head: Buffer }>(
    'select case_number, version, head from seal_leaf where home = $1 and case_number = any ($2)',
    [home, numbers],
  )
  return Map.groupBy(rows, (row) => row.case_number)
}

/** The oldest seal that covers a leaf. */
const sealOf = (seals: readonly Seal[], position: number): string => {
  const found = seals.find(({ size }) => position < size)
  return found === undefined ? 'a seal that is not there' : `seal ${found.number} of ${found.at}`
}

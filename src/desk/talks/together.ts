import { chainHash } from '../../ledger/chain.ts'
import type { Problem } from '../../ledger/verify/problem.ts'
import type { EventRow } from '../../ledger/verify/rows.ts'

/**
 * Two ledgers held against each other: what one says that it took of the other is what the other's chain has. Neither could have changed, since then,
 * anything that came before a message without the other's chain telling of it.
 */

/** Types of events by which a case has to do with another node. */
export const talkEvents = ['MessageTaken', 'RequestDelivered', 'MessageDelivered'] as const

export interface Together {
  /** Cases that both have, with messages between them. */
  readonly cases: number
  /** Messages taken by either, each held against the other's chain. */
  readonly messages: number
  readonly problems: readonly Problem[]
}

interface Chain {
  readonly hashes: ReadonlyMap<number, string>
  readonly taken: readonly {
    readonly seq: number
    readonly message: string
    readonly digest: string
    readonly event: { seq: number; hash: string }
  }[]
  /** Digests of what was said, by the names of messages; null: sent, and not yet known to have come. */
  readonly said: ReadonlyMap<string, string | null>
  /** The first event that does not follow from the one before; null: a chain. */
  readonly broken: number | null
}

/** @param other events in any order; only those of cases that are ours are kept */
export async function together(own: readonly EventRow[], other: AsyncIterable<EventRow>): Promise<Together> {
  const ours = Map.groupBy(own, nameOf)
  const theirs = new Map<string, EventRow[]>()
  for await (const row of other) {
    const name = nameOf(row)
    if (!ours.has(name)) continue
    const rows = theirs.get(name)
    if (rows) rows.push(row)
    else theirs.set(name, [row])
  }
  const result: { cases: number; messages: number; problems: Problem[] } = { cases: 0, messages: 0, problems: [] } // filled below: an empty list has no type of its own
  for (const [name, rows] of ours) {
    const [first] = rows
    const across = theirs.get(name)
    const [mine, its] = [chainOf(rows), chainOf(across ?? [])]
    if (first === undefined || (across === undefined && mine.taken.length === 0)) continue
    if (across !== undefined) result.cases++
    result.messages += mine.taken.length + its.taken.length
    const { home, case: number } = first
    const tell = (seq: number | null, text: string) => result.problems.push({ kind: 'otherNode', home, case: number, seq, text })
    if (its.broken !== null) tell(null, `the other node's chain breaks at event ${its.broken}`)
    hold(mine, its, (seq, text) => tell(seq, text))
    hold(its, mine, (seq, text) => tell(null, `event ${seq} of the other node: ${text}`))
  }
  return result
}

const nameOf = ({ home, case: number }: EventRow) => `${home}/${number}`

/** What one took is what the other's chain has. */
function hold(one: Chain, other: Chain, tell: (seq: number, text: string) => void): void {
  for (const { seq, message, digest, event } of one.taken) {
    const there = other.hashes.get(event.seq)
    if (there === undefined) tell(seq, `message ${message} was told by event ${event.seq}, which is not in the other ledger`)
    else if (there !== event.hash)
      tell(seq, `message ${message} was told by event ${event.seq} with the hash ${event.hash}, the other ledger has ${there}`)
    else {
      // Whoever said it notes a moment later that it came: only what was noted can differ.
      const said = other.said.get(message)
      if (said === undefined) tell(seq, `message ${message} was never sent by the other ledger`)
      else if (said !== null && said !== digest) tell(seq, `message ${message} has the digest ${digest}, the other ledger said ${said}`)
    }
  }
}

function chainOf(rows: readonly EventRow[]): Chain {
  const hashes = new Map<number, string>()
  const taken: Chain['taken'][number][] = []
  const said = new Map<string, string | null>()
  let request = ''
  let [prev, broken]: [Buffer, number | null] = [Buffer.alloc(0), null]
  for (const { seq, hash, body, case: number } of rows.toSorted((a, b) => a.seq - b.seq)) {
    const computed = chainHash(prev, body)
    if (broken === null && (computed.toString('hex') !== hash || seq !== hashes.size + 1)) broken = seq
    prev = Buffer.from(hash, 'hex')
    hashes.set(seq, hash)
    const event = JSON.parse(body) as { type: string; data: Record<string, unknown> } // as: the ledger's own canonical text
    const { digest, message } = event.data
    if (event.type === 'MessageTaken' && isPlace(event.data.event))
      taken.push({ seq, message: String(message), digest: String(digest), event: event.data.event })
    if (event.type === 'RequestSent') request = String(message)
    const name = event.type === 'RequestSent' || event.type === 'RequestDelivered' ? request : `${number}/${String(message)}`
    if (event.type === 'RequestSent' || event.type === 'MessageSent') said.set(name, null)
    if ((event.type === 'RequestDelivered' || event.type === 'MessageDelivered') && typeof digest === 'string') said.set(name, digest)
  }
  return { hashes, taken, said, broken }
}

const isPlace = (value: unknown): value is { seq: number; hash: string } =>
  typeof value === 'object' && value !== null && 'seq' in value && 'hash' in value

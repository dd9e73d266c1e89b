import { canonical } from '../canonical.ts'
import { chainHash, type PersonalValues, personalDigest } from '../chain.ts'
import { destruction, type Json, type JsonObject, type StoredEvent } from '../ledger.ts'
import type { Problem } from './problem.ts'

export interface ChainRow {
  seq: number
  hash: Buffer
  body: string
  /** undefined: no row; null: it does not open. */
  personal: PersonalValues | null | undefined
}

export interface ChainOfCase {
  home: number
  case: string
  version: number
  head: Buffer
  destroyed: boolean
  /** There is no row of its key at all, not even one that says that it was destroyed. */
  keyless: boolean
  rows: ChainRow[]
}

/** Pure: everything that one case's rows can contradict. @param knownLaw hex digests of the law files that the ledger keeps */
export function chainProblems(chain: ChainOfCase, knownLaw: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = []
  const tell = (kind: Problem['kind'], seq: number | null, text: string) => {
    problems.push({ kind, home: chain.home, case: chain.case, seq, text })
  }
  let prev: Buffer = Buffer.alloc(0)
  chain.rows.forEach((row, index) => {
    if (row.seq !== index + 1) tell('sequence', row.seq, `event ${row.seq} stands where event ${index + 1} should`)
    if (!chainHash(prev, row.body).equals(row.hash)) tell('hash', row.seq, 'the hash is not that of the event before and this body')
    for (const [kind, text] of bodyProblems(chain, row, knownLaw)) tell(kind, row.seq, text)
    prev = row.hash
  })
  if (chain.version !== chain.rows.length) tell('head', null, `the case row says ${chain.version} events, there are ${chain.rows.length}`)
  if (!chain.head.equals(prev)) tell('head', null, 'the case row does not end the chain')
  const recorded = chain.rows.some(({ body }) => readBody(body)?.type === destruction)
  if (chain.destroyed && !recorded) tell('destroyed', null, 'the values were destroyed, and no event says by whose order')
  if (!chain.destroyed && recorded) tell('destroyed', null, 'an event says that the values were destroyed, and their key is there')
  if (chain.keyless) tell('personal', null, 'the key of the case is not there')
  return problems
}

function bodyProblems(chain: ChainOfCase, row: ChainRow, knownLaw: ReadonlySet<string>): [Problem['kind'], string][] {
  const event = readBody(row.body)
  if (event === undefined) return [['body', 'the body is not canonical JSON of an event']]
  const problems: [Problem['kind'], string][] = []
  if (event.home !== chain.home || event.case !== chain.case || event.seq !== row.seq)
    problems.push(['body', `the body is of event ${event.seq} of case ${event.home}/${event.case}`])
  if (event.law !== undefined && !knownLaw.has(event.law.sha256))
    problems.push(['law', `the ledger does not keep the law file ${event.law.sha256}`])
  return [...problems, ...personalProblems(chain, row, event)]
}

function personalProblems(chain: ChainOfCase, row: ChainRow, event: Said): [Problem['kind'], string][] {
  const digests = Object.entries((event.data.personal ?? {}) as JsonObject) // as: whatever stands there is compared, not trusted
  if (chain.destroyed) return row.personal === undefined ? [] : [['personal', 'values are still there though the key was destroyed']]
  if (row.personal === null) return [['personal', 'the values do not open with the key of the case']]
  const values = row.personal ?? {}
  const wrong = digests.filter(
    ([name, digest]) => values[name] === undefined || personalDigest(values[name].salt, values[name].value) !== digest,
  )
  const surplus = Object.keys(values).filter((name) => !digests.some(([known]) => known === name))
  return [...wrong.map(([name]) => name), ...surplus].map((name) => ['personal', `${name} is not the value of the digest`])
}

/** As it stands in a body: the first event says all, a later one may leave to the one before it what is the same. */
type Carried = 'actor' | 'at' | 'law'
type Said = Omit<StoredEvent, Carried> & Partial<Pick<StoredEvent, Carried>>

function readBody(body: string): Said | undefined {
  try {
    const parsed = JSON.parse(body) as Json // as: any JSON
    if (canonical(parsed) !== body || !isEvent(parsed)) return undefined
    return parsed
  } catch {
    return undefined
  }
}

function isEvent(value: unknown): value is Said {
  if (!isObject(value) || !('data' in value && isObject(value.data))) return false
  const carried = [
    'actor' in value ? isObject(value.actor) : null,
    'at' in value ? typeof value.at === 'string' : null,
    'law' in value ? isObject(value.law) : null,
  ]
  const isFirst = 'seq' in value && value.seq === 1
  return carried.every((fits) => fits ?? !isFirst)
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

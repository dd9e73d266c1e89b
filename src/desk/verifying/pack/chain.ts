import { z } from 'zod'
import { chainHash, personalDigest } from '../../../ledger/chain.ts'
import { nodeHash } from '../../../ledger/seals/merkle.ts'
import { hashOfHead } from '../../../ledger/seals/seal.ts'
import { sha256 } from '../../events.ts'

/** The chain of one case as its proof has it (docs/verify/README.md), checked and read. */
export interface ReadChain {
  readonly bodies: readonly Body[]
  readonly sealed: boolean
}

const body = z.object({
  ...{ home: z.int(), case: z.string(), seq: z.int(), type: z.string(), at: z.string(), clause: z.string().nullable() },
  data: z.record(z.string(), z.unknown()),
  actor: z.record(z.string(), z.unknown()),
})
export type Body = z.infer<typeof body>

const proof = z.object({
  format: z.literal('qyzmet-proof-1'),
  home: z.int(),
  case: z.string(),
  events: z.array(z.object({ hash: z.string(), body: z.string() })).min(1),
  sealed: z
    .object({
      version: z.int(),
      position: z.int(),
      path: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
      seals: z.array(z.string()).min(1),
    })
    .nullable(),
})
type Proof = z.infer<typeof proof>

const sealFacts = z.object({
  ...{ format: z.literal('qyzmet-seal-1'), number: z.int(), previous: z.string(), size: z.int().positive(), root: z.string() },
})

/** null: something in it does not hold. @param number whose it must be */
export function readChain(given: unknown, number: string): ReadChain | null {
  const read = proof.safeParse(given)
  if (!read.success || read.data.case !== number) return null
  const bodies = bodiesOf(read.data)
  if (bodies === null) return null
  const { sealed } = read.data
  return sealed === null || isSealed(read.data, sealed) ? { bodies, sealed: sealed !== null } : null
}

function bodiesOf({ home, case: number, events }: Proof): Body[] | null {
  const bodies: Body[] = []
  let before: Buffer = Buffer.alloc(0)
  for (const [place, { hash, body: text }] of events.entries()) {
    before = chainHash(before, text)
    // Who and when are said once by the events of a command.
    const said = Object(jsonOf(text))
    const read = body.safeParse({ ...said, at: said.at ?? bodies.at(-1)?.at, actor: said.actor ?? bodies.at(-1)?.actor })
    const isNext = read.success && read.data.home === home && read.data.case === number && read.data.seq === place + 1
    if (before.toString('hex') !== hash || !isNext) return null
    bodies.push(read.data)
  }
  return bodies
}

/** RFC 9162, 2.1.3.2, then seal after seal. */
function isSealed({ home, case: number, events }: Proof, { version, position, path, seals }: NonNullable<Proof['sealed']>): boolean {
  const head = events[version - 1]?.hash
  const read = seals.map((text) => sealFacts.safeParse(jsonOf(text)).data)
  const [first] = read
  if (head === undefined || first === undefined || position < 0 || position >= first.size) return false
  const follows = read.every((seal, n) => {
    const before = read[n - 1]
    if (seal === undefined || (n > 0 && before === undefined)) return false
    return (
      before === undefined || (seal.number === before.number + 1 && seal.previous === sha256(seals[n - 1] ?? '') && seal.size > before.size)
    )
  })
  const leaf = hashOfHead({ home, case: number, version, head })
  return follows && rootFrom(leaf, path, { position, size: first.size })?.toString('hex') === first.root
}

function rootFrom(leaf: Buffer, path: readonly string[], { position, size }: { position: number; size: number }): Buffer | null {
  let [at, last, root] = [position, size - 1, leaf]
  for (const step of path) {
    const other = Buffer.from(step, 'hex')
    if (last <= 0) return null
    if (at % 2 === 1 || at === last) {
      root = nodeHash(other, root)
      for (; at % 2 === 0 && at > 0; at = at / 2) last = Math.floor(last / 2)
    } else root = nodeHash(root, other)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? root : null
}

const value = z.array(z.object({ seq: z.int(), name: z.string(), salt: z.string().regex(/^(?:[0-9a-f]{2})*$/), value: z.json() }))

/** Whether every personal digest of the chain has its value, and no value lacks a digest; after a lawful destruction there are none. */
export function valuesAgree(bodies: readonly Body[], given: unknown): boolean {
  const read = value.safeParse(given)
  if (!read.success) return false
  const left = new Map(read.data.map((one) => [`${one.seq}/${one.name}`, one]))
  if (left.size !== read.data.length) return false
  const isDestroyed = bodies.some(({ type }) => type === 'RecordsDestroyed')
  for (const { seq, data } of bodies) {
    for (const [name, digest] of Object.entries(Object(data.personal ?? {}))) {
      const one = left.get(`${seq}/${name}`)
      left.delete(`${seq}/${name}`)
      if (one === undefined ? !isDestroyed : personalDigest(one.salt, one.value) !== digest) return false
    }
  }
  return left.size === 0
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

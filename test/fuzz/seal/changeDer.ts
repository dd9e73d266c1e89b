import type { Chance } from '../chance.ts'
import { mutateBytes } from '../mutate.ts'
import { all, bodyOf, copyOf, lengthOf, type Node, treeOf, wrapped, written } from './tree.ts'

/** What a change of DER may draw from beside the sample itself. */
export interface Stock {
  readonly others: readonly Buffer[]
  /** Contents of OBJECT IDENTIFIERs: those of all samples, and such as a careless reader might take. */
  readonly oids: readonly Buffer[]
}

/** One change of one value; `holder` has it at `at`. */
type Change = (chance: Chance, spot: { holder: Node[]; at: number; old: Node; root: Node }, stock: Stock) => void

const raw = (old: Node, bytes: Buffer): Node => ({ ...old, raw: bytes })
const leaf = (old: Node, content: Buffer): Node => ({ tag: old.tag, lead: Buffer.alloc(0), parts: null, content })

/** Forms that are BER and not DER, or neither: a reader that takes one of them reads what was not signed. */
const forms: readonly ((chance: Chance, old: Node) => Buffer)[] = [
  (chance, old) => Buffer.concat([Buffer.from([old.tag]), lengthOf(bodyOf(old).length, 1 + chance.below(4)), bodyOf(old)]),
  (_, old) => Buffer.concat([Buffer.from([old.tag, 0x80]), bodyOf(old), Buffer.alloc(2)]),
  (_, old) => Buffer.concat([Buffer.from([old.tag | 0x20, 0x80]), wrapped(old.tag, bodyOf(old)), Buffer.alloc(2)]),
  (_, old) => Buffer.concat([Buffer.from([old.tag, 0x80]), bodyOf(old)]),
  (_, old) => wrapped(old.tag | 0x20, wrapped(old.tag, bodyOf(old))),
  (chance, old) => Buffer.concat([Buffer.from([old.tag]), lengthOf(Math.max(0, bodyOf(old).length + chance.pick([-2, -1, 1, 2, 200]))), bodyOf(old)]),
  (chance, old) => Buffer.concat([Buffer.from([old.tag, ...chance.pick([[0x84, 0xff, 0xff, 0xff, 0xff], [0x84, 0x7f, 0xff, 0xff, 0xff], [0x88, 1, 0, 0, 0, 0, 0, 0, 0], [0xff], [0x85, 0, 0, 0, 0, 1]])]), bodyOf(old)]),
  (chance, old) => Buffer.concat([Buffer.from([old.tag | 0x1f, ...chance.pick([[0x10], [0x80, 0x10], [0xff, 0xff, 0xff, 0x7f]])]), lengthOf(bodyOf(old).length), bodyOf(old)]),
  (chance, old) => Buffer.concat([written(old), Buffer.alloc(1 + chance.below(3))]),
] // biome-ignore format: a form a line

/** Numbers at the ends of what anybody reckons with. */
function edge(chance: Chance, content: Buffer): Buffer {
  const size = Math.max(1, content.length)
  return chance.pick([
    () => Buffer.alloc(1),
    () => Buffer.alloc(0),
    () => Buffer.from([1]),
    () => Buffer.from([0xff]),
    () => Buffer.alloc(size),
    () => Buffer.alloc(size, 0xff),
    () => Buffer.concat([Buffer.alloc(1), content]),
    () => Buffer.concat([Buffer.from([0xff]), content]),
    () => Buffer.from(content).fill(0x80, 0, 1),
    () => Buffer.from(content).fill(0x7f, 0, 1),
    () => Buffer.alloc(chance.pick([21, 130, 5000]), 0x7f),
    () => Buffer.from(content).reverse(),
  ])()
}

/** Octets of a signature, a digest or a key: turned round, halves exchanged, cut, lengthened, one bit, nothing. */
function bent(chance: Chance, content: Buffer): Buffer {
  const half = content.length >> 1
  return chance.pick([
    () => Buffer.from(content).reverse(),
    () => Buffer.concat([content.subarray(half), content.subarray(0, half)]),
    () => Buffer.concat([Buffer.from(content.subarray(0, half)).reverse(), Buffer.from(content.subarray(half)).reverse()]),
    () => Buffer.alloc(content.length),
    () => Buffer.alloc(content.length, 0xff),
    () => Buffer.concat([Buffer.alloc(half), content.subarray(half)]),
    () => Buffer.concat([content.subarray(0, half), Buffer.alloc(content.length - half)]),
    () => content.subarray(0, -1),
    () => content.subarray(1),
    () => Buffer.concat([content, Buffer.alloc(1)]),
    () => Buffer.concat([Buffer.alloc(1), content]),
    () => content.subarray(0, half),
    () => flipped(chance, content),
    () => flipped(chance, content),
  ])()
}

function flipped(chance: Chance, content: Buffer): Buffer {
  const copy = Buffer.from(content)
  const at = chance.below(copy.length)
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8))
  return copy
}

/** Of one sign, as long as whatever grows faster than its input does not come back from. */
const runOf = (chance: Chance): Buffer => Buffer.alloc(chance.pick([300, 5000, 300_000]), chance.pick([0, 0x20, 0x41, 0x7f, 0x80, 0xff]))

const times = [
  '191014040000Z',
  '20191014040000Z',
  '20191014040000.5Z',
  '20191014100000+0600',
  '99991231235959Z',
  '00000101000000Z',
  '500101000000Z',
  '491231235959Z',
  '20191314250000Z',
  '20190230000000Z',
  '1910140400Z',
  '',
]

/** By name, as they are counted. */
export const derChanges: Readonly<Record<string, Change>> = {
  drop: (_, { holder, at }) => holder.splice(at, 1),
  double: (chance, { holder, at, old }) => holder.splice(chance.oneIn(2) ? at : holder.length, 0, copyOf(old)),
  swap: (chance, { holder, at, old }) => {
    const other = chance.below(holder.length)
    const stranger = holder[other]
    if (stranger !== undefined) holder.splice(at, 1, stranger)
    if (stranger !== undefined) holder.splice(other, 1, old)
  },
  order: (_, { holder }) => holder.reverse(),
  move: (chance, { holder, at, old, root }) => {
    holder.splice(at, 1)
    const [target] = [chance.pick(all(root).filter(({ parts }) => parts !== null))]
    target?.parts?.splice(chance.below(target.parts.length + 1), 0, copyOf(old))
  },
  tag: (chance, { holder, at, old }) => holder.splice(at, 1, { ...old, tag: chance.pick([1, 2, 3, 4, 5, 6, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x24, 0x30, 0x31, 0x80, 0x82, 0xa0, 0xa1, 0xa2, old.tag ^ 0x20, old.tag ^ 0x80, chance.below(256)]) }),
  form: (chance, { holder, at, old }) => holder.splice(at, 1, raw(old, chance.pick(forms)(chance, old))),
  own: (chance, { holder, at, root }) => holder.splice(at, 1, copyOf(chance.pick(all(root)))),
  foreign: (chance, { holder, at }, { others }) => {
    const stranger = treeOf(chance.pick(others))
    if (stranger !== null) holder.splice(at, 1, copyOf(chance.pick(all(stranger))))
  },
  deep: (chance, { holder, at, old }) => {
    let bytes = written(old)
    for (let depth = bytes.length > 50_000 ? 3 : chance.pick([3, 70, 600]); depth > 0; depth--) bytes = wrapped(chance.oneIn(4) ? 0xa0 : 0x30, bytes)
    holder.splice(at, 1, raw(old, bytes))
  },
  wide: (chance, { holder, old }) => holder.push(...Array.from({ length: written(old).length > 5000 ? 3 : chance.pick([40, 400]) }, () => copyOf(old))),
  huge: (chance, { holder, at, old }) => holder.splice(at, 1, { ...leaf(old, runOf(chance)), tag: chance.pick([2, 3, 4, 6, 12, 23, old.tag]) }),
  blind: (chance, { holder, at, old }) => holder.splice(at, 1, leaf(old, mutateBytes(chance, bodyOf(old)))),
} // biome-ignore format: a change a line

/** Changes that know what a value is. */
const byTag: Readonly<Record<number, readonly [name: string, change: (chance: Chance, old: Node, stock: Stock) => Node]>> = {
  1: ['boolean', (chance, old) => leaf(old, Buffer.from(chance.pick([[0], [1], [0x7f], [0xff], [0xff, 0xff], []])))],
  2: ['integer', (chance, old) => leaf(old, edge(chance, bodyOf(old)))],
  3: ['bits', (chance, old) => (chance.oneIn(3) ? leaf(old, Buffer.concat([Buffer.from([chance.below(10)]), bodyOf(old).subarray(1)])) : leaf(old, Buffer.concat([bodyOf(old).subarray(0, 1), bent(chance, bodyOf(old).subarray(1))])))],
  4: ['octets', (chance, old) => leaf(old, bent(chance, bodyOf(old)))],
  5: ['null', (chance, old) => ({ ...old, raw: chance.pick([Buffer.alloc(0), Buffer.from([5, 1, 0]), Buffer.from([0x30, 0])]) })],
  6: ['oid', (chance, old, { oids }) => leaf(old, chance.oneIn(8) ? Buffer.concat([Buffer.from([0x80]), bodyOf(old)]) : chance.pick(oids))],
  10: ['integer', (chance, old) => leaf(old, edge(chance, bodyOf(old)))],
  12: ['text', (chance, old) => ({ ...leaf(old, chance.pick([Buffer.from('\0'), Buffer.alloc(0), Buffer.from('IIN000000000000'), Buffer.from('ff'.repeat(99), 'hex'), Buffer.concat([bodyOf(old), Buffer.from('\0')])])), tag: chance.pick([12, 19, 22, 30, 28, old.tag]) })],
  19: ['text', (chance, old) => leaf(old, chance.pick([Buffer.from('BIN200140999992'), Buffer.from('IIN900712499986'), Buffer.from('KZ\0'), Buffer.alloc(0)]))],
  23: ['time', (chance, old) => ({ ...leaf(old, Buffer.from(chance.pick(times))), tag: chance.pick([23, 24]) })],
  24: ['time', (chance, old) => ({ ...leaf(old, Buffer.from(chance.pick(times))), tag: chance.pick([23, 24]) })],
} // biome-ignore format: a change a line

/** One to three changes inside a value of DER, whose lengths are put right again around them; and what they were. */
export function changeDer(chance: Chance, from: Buffer, stock: Stock): { readonly bytes: Buffer; readonly changes: readonly string[] } {
  const root = treeOf(from)
  if (root === null || chance.oneIn(12)) return { bytes: mutateBytes(chance, from, stock.others), changes: ['octets blindly'] }
  const changes: string[] = []
  for (let turns = chance.oneIn(2) ? 1 : 2 + chance.below(2); turns > 0; turns--) changes.push(changeOnce(chance, root, stock))
  return { bytes: written(root), changes }
}

function changeOnce(chance: Chance, root: Node, stock: Stock): string {
  const holder = chance.pick([root, ...all(root).filter(({ parts }) => (parts?.length ?? 0) > 0)]).parts ?? []
  const at = chance.below(holder.length)
  const old = holder[at]
  // Everything may be gone by now.
  if (old === undefined) return 'nothing'
  const own = byTag[old.tag]
  if (own !== undefined && chance.oneIn(2)) {
    holder.splice(at, 1, own[1](chance, old, stock))
    return own[0]
  }
  const name = chance.pick(Object.keys(derChanges))
  derChanges[name]?.(chance, { holder, at, old, root }, stock)
  return name
}

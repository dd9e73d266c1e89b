import type { Chance } from '../chance.ts'
import { mutateBytes, mutateJson, mutateText } from '../mutate.ts'
import type { Input, Room, Running, Target } from '../target.ts'
import { changeDer, type Stock } from './changeDer.ts'
import { changeXml } from './changeXml.ts'
import { changeZip } from './changeZip.ts'
import { factsOfCms } from './facts.ts'
import { type Judged, judge } from './judge.ts'
import { type Kind, readSamples, type Sample, type Samples, sharedSamples } from './samples.ts'
import { all, treeOf } from './tree.ts'

/** So many of each kind, one beside the other. */
const shares: Readonly<Record<Kind, number>> = {
  signature: 6,
  path: 3,
  container: 3,
  enveloped: 2,
  several: 3,
  body: 2,
  token: 2,
  record: 2,
  ocsp: 1,
  crl: 1,
}

/** Names that no certificate of ours has: broken digests and keys of other countries. */
const strangeOids = ['2a864886f70d0205', '2b0e03021a', '2a864886f70d010104', '2a864886f70d010101', '2a85030701010203', '2a85030701010303', '2b6570', '2a864886f70d010701', '2a864886f70d010702', '2a864886f70d010703', '', '80', 'ff'] // biome-ignore format: one line

export interface World extends Samples {
  readonly stock: Stock
  readonly texts: readonly string[]
  readonly byKind: readonly (readonly Sample[])[]
  /** Of each kind what is told of the samples that are taken: nothing else may be told of any input that is. */
  readonly genuine: ReadonlyMap<Kind, ReadonlySet<string>>
}

/**
 * Signatures, certificates and everything that proves them, changed by whoever knows how they are made; the whole judgement of each. A verdict for everything, and nothing is
 * taken of which an independent reader says that other octets were signed.
 */
export const sealTarget: Target = {
  name: 'seal',
  weight: 5,
  limitMs: 5000,
  apart: { memoryMb: 1500, inputMb: 700 },
  open: async (room): Promise<Running> => {
    const world = await worldOf(room)
    return {
      words: 2,
      make: (chance) => make(chance, world),
      run: (input) => run(input, world),
    }
  },
}

/** The gate's share has the samples of one authority alone. */
export async function worldOf({ brief = false }: Room): Promise<World> {
  const [own, shared] = [readSamples(), sharedSamples()]
  const whole: Samples = { authorities: { ...own.authorities, ...shared.authorities }, samples: [...own.samples, ...shared.samples] }
  const samples = whole.samples.filter(({ authority }) => !brief || authority === 'ecdsa')
  const genuine = new Map<Kind, Set<string>>()
  for (const sample of samples) {
    const { label, facts } = await judge(whole, sample, sample.parts)
    if (label !== sample.verdict) throw new Error(`the sample ${sample.kind} ${sample.authority} ${sample.name} is ${label}, not ${sample.verdict}`)
    const known = genuine.get(sample.kind) ?? new Set()
    genuine.set(sample.kind, known)
    // A time-stamp stands beside a signature, not under it: whoever takes a wrong one away leaves a right signature.
    const beside = label === 'badTimestamp' ? factsOfCms(sample.parts.value ?? Buffer.alloc(0)) : []
    for (const fact of facts ?? beside) for (const one of ways(fact)) known.add(one)
  }
  const ders = samples.flatMap(({ parts }) => Object.values(parts)).filter((bytes) => bytes[0] === 0x30)
  const oids = [...new Set([...ders.flatMap(oidsIn), ...strangeOids])].map((hex) => Buffer.from(hex, 'hex'))
  const kinds = Object.entries(shares).flatMap(([kind, share]) => Array<Sample[]>(share).fill(samples.filter((one) => one.kind === kind)))
  const texts = samples.flatMap(({ parts }) => (parts.document === undefined ? [] : String(parts.document)))
  return { ...whole, samples, genuine, texts, stock: { others: ders, oids }, byKind: kinds }
} // biome-ignore format: short

const oidsIn = (bytes: Buffer): string[] => {
  const root = treeOf(bytes)
  return root === null ? [] : all(root).filter(({ tag }) => tag === 6).map(({ content }) => content.toString('hex'))
} // biome-ignore format: short

/** An input: which sample, what was done to it, and its parts in the order of their names. */
export function make(chance: Chance, world: World): Input {
  const sample = chance.pick(chance.pick(world.byKind))
  const names = Object.keys(sample.parts).toSorted()
  const [main = ''] = names.filter((name) => name !== 'evidence' && name !== 'above')
  const part = chance.oneIn(4) ? chance.pick(names) : main
  const own = sample.parts[part] ?? Buffer.alloc(0)
  let { bytes, changes } = changed(chance, part, own, world)
  // Two alike were exchanged, or nothing was there to be changed: that is no input.
  for (let more = 5; more > 0 && bytes.equals(own); more--) ({ bytes, changes } = changed(chance, part, own, world))
  return [
    Buffer.from(`${sample.kind} ${sample.authority} ${sample.name}`),
    Buffer.from(`${part}: ${changes.join(', ')}`),
    ...names.map((name) => (name === part ? bytes : (sample.parts[name] ?? bytes))),
  ]
}

interface Changed {
  readonly bytes: Buffer
  readonly changes: readonly string[]
}

function changed(chance: Chance, part: string, bytes: Buffer, { stock, texts }: World): Changed {
  if (part === 'document') return changeXml(chance, bytes, texts)
  if (part === 'pack') return changeZip(chance, bytes, stock)
  if (part === 'evidence') return changeEvidence(chance, bytes, stock)
  if (!chance.oneIn(12)) return changeDer(chance, bytes, stock)
  const label = part === 'value' ? 'CMS' : 'CERTIFICATE'
  if (chance.oneIn(4))
    return {
      bytes: Buffer.from(`-----BEGIN ${label}-----${chance.pick([' ', '\n', 'A', '-', '=']).repeat(chance.pick([300, 5000, 300_000]))}`),
      changes: ['endless text'],
    }
  const pem = `-----BEGIN ${label}-----\n${bytes.toString('base64')}\n-----END ${label}-----\n`
  return { bytes: Buffer.from(mutateText(chance, pem)), changes: ['as text'] }
}

/** The file as JSON, or one of the pieces that it holds. */
function changeEvidence(chance: Chance, bytes: Buffer, stock: Stock): Changed {
  const text = String(bytes)
  if (chance.oneIn(8)) return { bytes: mutateBytes(chance, bytes), changes: ['octets blindly'] }
  if (chance.oneIn(4)) return { bytes: Buffer.from(JSON.stringify(mutateJson(chance, JSON.parse(text))) ?? ''), changes: ['json'] }
  const pieces = [...text.matchAll(/"([A-Za-z0-9+/]{40,}=*)"/g)]
  const piece = pieces[chance.below(pieces.length)]
  if (piece === undefined) return { bytes, changes: ['nothing'] }
  const { bytes: der, changes } = changeDer(chance, Buffer.from(piece[1] ?? '', 'base64'), stock)
  return { bytes: Buffer.from(text.replace(piece[0], `"${der.toString('base64')}"`)), changes: changes.map((one) => `inside ${one}`) }
}

export const sampleIn = ([name]: Input, { samples }: World): Sample | undefined =>
  samples.find(({ kind, authority, name: own }) => `${kind} ${authority} ${own}` === String(name))

async function run(input: Input, world: World): Promise<readonly string[] | undefined> {
  const [, change, ...bytes] = input
  const sample = sampleIn(input, world)
  if (sample === undefined || change === undefined) return undefined
  const names = Object.keys(sample.parts).toSorted()
  const parts = Object.fromEntries(names.map((part, n) => [part, bytes[n] ?? Buffer.alloc(0)]))
  const judged = await judge(world, sample, parts)
  hold(sample, judged, String(change), world)
  return [`${sample.kind} ${judged.label}`, ...(judged.facts === null ? [] : [`taken ${change}`])]
}

/** `whole a or b by c` may be either. */
function ways(fact: string): string[] {
  const [, name = '', all = '', by = ''] = /^(part|whole) (.*)( by \w+)$/.exec(fact) ?? []
  return name === '' ? [fact] : all.split(' or ').map((one) => `${name} ${one}${by}`)
}

/** Nothing that is taken was signed by nobody. */
function hold(sample: Sample, { label, facts }: Judged, change: string, { genuine }: World): void {
  const strange = (facts ?? []).filter((fact) => !ways(fact).some((one) => genuine.get(sample.kind)?.has(one)))
  if (strange.length > 0) throw new Forgery(`${sample.kind}: ${strange[0]?.split(' ')[0]}`, `${label} with ${strange.join('; ')} of ${sample.authority} ${sample.name}, ${change}`)
} // biome-ignore format: short

class Forgery extends Error {
  override name = 'Forgery'
  readonly signature: string

  constructor(signature: string, detail: string) {
    super(`a forgery was taken: ${detail}`)
    this.signature = `a forgery was taken, ${signature}`
  }
}

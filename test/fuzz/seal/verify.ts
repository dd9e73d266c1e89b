import { judgeFile } from '../../../src/desk/verifying/judgeFile.ts'
import { judgesOf } from '../../../src/desk/verifying/judges.ts'
import { readCertificate } from '../../../src/seal/certificates/certificate.ts'
import type { Input, Running, Target } from '../target.ts'
import { factsOfCms, factsOfZip } from './facts.ts'
import type { Sample, Samples } from './samples.ts'
import { make, sampleIn, type World, worldOf } from './target.ts'

/**
 * The page on which anybody checks any file, by what it stands on: one answer for everything, and `true` for no CMS and no container of which other octets were signed. Nobody is asked
 * who was revoked: everybody is said to be in order, so that more is called true.
 */
export const verifyTarget: Target = {
  name: 'verify',
  weight: 2,
  limitMs: 5000,
  apart: { memoryMb: 1500, inputMb: 700 },
  open: async (room): Promise<Running> => {
    const world = await worldOf(room)
    const genuine = new Set<string>()
    for (const sample of world.samples)
      for (const [part, bytes] of Object.entries(sample.parts)) for (const fact of (await answered(world, sample, part, bytes)).facts) genuine.add(fact)
    return {
      words: 2,
      make: (chance) => make(chance, world),
      run: (input) => run(input, world, genuine),
    }
  },
} // biome-ignore format: short

const good = { status: { kind: 'good', by: 'ocsp', thisUpdate: '2019-10-14T04:00:00Z', nextUpdate: null }, evidence: null } as const // the words

async function answered({ authorities }: Samples, sample: Sample, part: string, file: Buffer) {
  const known = authorities[sample.authority] ?? { roots: [], authorities: [] }
  const read = (all: readonly Buffer[]) => all.flatMap((one) => readCertificate(one) ?? [])
  const court = async () => ({ trust: { roots: read(known.roots), authorities: read(known.authorities) }, revocations: { of: async () => good } })
  const seal = { verify: async () => ({ valid: false, reasons: ['unknownAlgorithm' as const], signedBy: null }) } // the word
  const judges = judgesOf({ seal, known: () => [], national: court })
  const content = sample.asked.content === undefined || part !== 'value' ? null : Buffer.from(sample.asked.content, 'base64')
  const { kind, answer, reasons } = await judgeFile({ judges, now: () => sample.at, papers: null, received: null }, { file, signed: content })
  const facts = answer !== 'true' ? [] : kind === 'cms' ? factsOfCms(derOf(file)) : kind === 'container' ? factsOfZip(file) : []
  return { label: `${kind} ${answer}${reasons.length > 0 ? ` ${reasons[0]?.code}` : ''}`, facts }
} // biome-ignore format: short

const derOf = (file: Buffer): Buffer =>
  file[0] === 0x30 ? file : Buffer.from(String(file).replaceAll(/-----[A-Z0-9 ]+-----/g, ''), 'base64')

async function run(input: Input, world: World, genuine: ReadonlySet<string>): Promise<readonly string[]> {
  const sample = sampleIn(input, world)
  const [, change, ...bytes] = input
  if (sample === undefined || change === undefined) return []
  const part = String(change).split(':')[0] ?? ''
  const file = bytes[Object.keys(sample.parts).toSorted().indexOf(part)]
  if (file === undefined) return []
  const { label, facts } = await answered(world, sample, part, file)
  const strange = facts.filter((fact) => !genuine.has(fact))
  if (strange.length > 0) throw new Error(`a forgery was called true: ${label}`, { cause: strange })
  return [label]
}

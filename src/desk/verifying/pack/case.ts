import { canonical } from '../../../ledger/canonical.ts'
import type { Json } from '../../../ledger/ledger.ts'
import type { Judges } from '../../../seal/report/kept.ts'
import { reportKept } from '../../../seal/report/kept.ts'
import { answerOfAll, type SignatureReport } from '../../../seal/report/report.ts'
import { decodeSigned } from '../../../seal/signed.ts'
import { sha256 } from '../../events.ts'
import type { FileFlaw, FileReason, PackedCase } from '../file.ts'
import { type Body, readChain, valuesAgree } from './chain.ts'

export interface CheckedCase {
  readonly flaws: readonly FileFlaw[]
  readonly about: PackedCase
}

/** The files of a pack, and how to come to one of this case. */
export interface CaseFiles {
  readonly number: string
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Whether what a pack says of a case agrees with its chain, and its reports with what is found here. Never throws for what lies in it. */
export async function checkCase(from: CaseFiles, judges: Judges): Promise<CheckedCase> {
  const { number } = from
  const flaw = (code: FileReason, path: string | null = number): FileFlaw => ({ code, path })
  const chain = readChain(jsonIn(from, 'proof.json'), number)
  if (chain === null) return { flaws: [flaw('chain')], about: { number, events: 0, sealed: false, signatures: [] } }
  const { bodies, sealed } = chain
  const flaws: FileFlaw[] = []
  if (!valuesAgree(bodies, jsonIn(from, 'values.json'))) flaws.push(flaw('values'))
  if (!lawAgrees(from, bodies)) flaws.push(flaw('law'))
  if (!timelineAgrees(from, bodies)) flaws.push(flaw('timeline'))
  if (!papersAgree(from)) flaws.push(flaw('papers'))
  const judged = await judgeSigned(from, bodies, judges)
  flaws.push(...judged.flaws)
  return { flaws, about: { number, events: bodies.length, sealed, signatures: judged.reports } }
}

const fileIn = ({ number, files }: CaseFiles, name: string): Uint8Array | undefined => files.get(`${number}/${name}`)

function jsonIn(from: CaseFiles, name: string): unknown {
  try {
    return JSON.parse(Buffer.from(fileIn(from, name) ?? '').toString('utf8'))
  } catch {
    return null // then it is of no shape that is asked for
  }
}

/** The texts to which the first event binds the case. */
function lawAgrees(from: CaseFiles, [first]: readonly Body[]): boolean {
  const files = Object.entries(Object(first?.data.files ?? null))
  return files.length > 0 && files.every(([path, digest]) => sha256(fileIn(from, `law/${path}`) ?? '') === digest)
}

/** What is read of the case, and the way of its papers, say what the chain says. Values and names stand in them beside, and are checked apart. */
function timelineAgrees(from: CaseFiles, bodies: readonly Body[]): boolean {
  const [timeline, custody] = [jsonIn(from, 'timeline.json'), jsonIn(from, 'custody.json')]
  if (!Array.isArray(timeline) || timeline.length !== bodies.length || !Array.isArray(custody)) return false
  const moved = bodies.filter(({ type }) => type === 'CustodyOffered' || type === 'CustodyTaken')
  const plain = bodies.every((body, n) => sameJson(lineOf(Object(timeline[n])), lineOf(body)))
  return plain && custody.length === moved.length && moved.every((body, n) => sameJson(custodyOf(body), Object(custody[n])))
}

const withoutPersonal = (data: unknown): unknown => {
  const { personal: _, ...rest } = Object(data ?? {})
  return rest
}

/** An actor's name stands in a timeline alone. */
function lineOf({
  seq,
  at,
  type,
  clause,
  data,
  actor,
}: Record<keyof Pick<Body, 'seq' | 'at' | 'type' | 'clause' | 'data' | 'actor'>, unknown>) {
  const { name: _, ...who } = Object(actor ?? {})
  return { seq, at, type, clause, data: withoutPersonal(data), actor: who }
}

const custodyOf = ({ seq, at, type, actor, data }: Body) => ({ seq, at, type, by: actor, ...Object(withoutPersonal(data)) })

function sameJson(one: unknown, other: unknown): boolean {
  try {
    const text = (value: unknown): string => canonical(JSON.parse(JSON.stringify(value)) as Json) // as: it came out of JSON
    return text(one) === text(other)
  } catch {
    return false // has no canonical form
  }
}

/** Each paper and each scan is the file whose digest is told. */
function papersAgree(from: CaseFiles): boolean {
  const list = jsonIn(from, 'papers.json')
  if (!Array.isArray(list)) return false
  const told = new Map(list.map((one) => [`papers/${Object(one).id}.pdf`, Object(one).sha256]))
  const own = [...from.files].flatMap(([path, bytes]) =>
    path.startsWith(`${from.number}/`) ? [[path.slice(from.number.length + 1), bytes] as const] : [],
  ) // a pair
  const papers = own.filter(([path]) => path.startsWith('papers/'))
  const scans = own.filter(([path]) => path.startsWith('scans/'))
  return (
    papers.every(([path, bytes]) => told.get(path) === sha256(bytes)) &&
    [...told].every(([path, digest]) => digest === null || fileIn(from, path) !== undefined) &&
    scans.every(([path, bytes]) => /^scans\/([0-9a-f]{64})\./.exec(path)?.[1] === sha256(bytes))
  )
}

async function judgeSigned(from: CaseFiles, bodies: readonly Body[], judges: Judges) {
  const flaws: FileFlaw[] = []
  const reports: SignatureReport[] = []
  const signed = bodies.filter(({ type, data }) => (type === 'AnswerSigned' || type === 'RequestSealed') && typeof data.file === 'string')
  const isDestroyed = bodies.some(({ type }) => type === 'RecordsDestroyed')
  for (const event of signed) {
    const file = String(event.data.file)
    const container = fileIn(from, `signatures/${file}.json`)
    if (container === undefined && isDestroyed) continue
    const path = `${from.number}/signatures/${file}.json`
    const kept = container === undefined || sha256(container) !== file ? null : decodeSigned(container)
    const bytes = fileIn(from, `signatures/${file}.signed.json`)
    if (kept === null || bytes === undefined || sha256(kept.content) !== event.data.digest || sha256(bytes) !== event.data.digest) {
      flaws.push({ code: 'signature', path })
      continue
    }
    const found = await reportKept(kept.content, kept.signature, judges, { at: event.at, clock: 'receipt' })
    reports.push(...found)
    const code = disagreement(jsonIn(from, `signatures/${file}.report.json`), found, event)
    if (code !== null) flaws.push({ code, path: `${from.number}/signatures/${file}.report.json` })
  }
  return { flaws, reports }
}

/** Between the report in the pack and what is found here: another program with other roots may know less, and may not know otherwise. */
function disagreement(given: unknown, found: readonly SignatureReport[], event: Body): FileReason | null {
  const { valid, digest, receivedAt, signatures, seq } = Object(given ?? {})
  const isOfEvent =
    typeof valid === 'boolean' && digest === event.data.digest && receivedAt === event.at && (seq === undefined || seq === event.seq)
  if (!isOfEvent) return 'report'
  const answer = answerOfAll(found.map((one) => one.answer))
  if (answer === 'unknown') return valid ? 'notConfirmed' : null
  if (valid !== (answer === 'true')) return 'report'
  return Array.isArray(signatures) && signatures.length === found.length && signatures.every((one, n) => sameFinding(Object(one), found[n]))
    ? null
    : 'report'
}

/** What does not depend on who looks, nor when: of the path what lies in the signature, since a root may be pinned in another copy. */
function sameFinding(told: Partial<SignatureReport>, found: SignatureReport | undefined): boolean {
  if (found === undefined) return false
  const finding = ({ answer, reasons, form, signer, algorithm, digest, moment, part }: Partial<SignatureReport>) => ({
    ...{ answer, reasons, form, signer, algorithm, digest, moment, part },
  })
  const [one, other] = [told.path, found.path].map((path) =>
    Array.isArray(path) ? path.filter((step) => !Object(step).root).map((step) => Object(step).sha256) : null,
  )
  return sameJson(finding(told), finding(found)) && sameJson(one, other)
}

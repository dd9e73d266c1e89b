import { sealNames } from '../../papers/seal.ts'
import { readAsic } from '../../seal/asic/read.ts'
import { readCms } from '../../seal/cms/read.ts'
import { noEvidence, readEvidence } from '../../seal/evidence/evidence.ts'
import { type Asked, reportCms } from '../../seal/report/cms.ts'
import { type Judges, reportKept } from '../../seal/report/kept.ts'
import { answerOfAll, type SignatureReport } from '../../seal/report/report.ts'
import { reportXml } from '../../seal/report/xml.ts'
import { decodeSignature, decodeSigned } from '../../seal/signed.ts'
import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { sha256 } from '../events.ts'
import { attachmentsOf } from './attachments.ts'
import { answerOfFlaws, type FileFlaw, type FileReason, type FileVerdict, type Given } from './file.ts'
import type { JudgesRoom } from './judges.ts'
import { checkPack } from './pack/pack.ts'
import type { PaperVerifier } from './papers.ts'
import { type Received, statementIn } from './received.ts'
import { cmsBytes, recognise, whyUnread } from './recognise.ts'

export interface FileJudgeParts {
  readonly judges: JudgesRoom
  /** RFC 3339: the law's time. */
  readonly now: () => string
  /** Where papers are printed again; null: offline, where only what lies in them is judged. */
  readonly papers: Pick<PaperVerifier, 'ofPdf'> | null
  /** What the ledger knows of a statement; null: offline. */
  readonly received: ((content: Uint8Array) => Promise<Received | null>) | null
}

/** A stranger's container may take so much of memory and of time. A pack of a case has some hundred files. */
const containerLimits = { files: 5_000, bytes: 96 * 1024 * 1024 }
/** Twice canonical and hashed for each signature. */
const xmlLimits = { bytes: 4 << 20 }

/** Judges whatever file somebody brings, found by its content. Never throws for what it is handed. */
export async function judgeFile(parts: FileJudgeParts, given: Given): Promise<FileVerdict> {
  const { file, signed = null } = inOrder(given)
  const judges = await parts.judges.judges()
  const asked: Asked = given.at ? { at: given.at, clock: 'given' } : { at: parts.now(), clock: 'now' }
  const found = await judgeKind(file, signed, { ...parts, court: judges, asked })
  return concluded(found, parts.judges)
}

/** The signature first, where the two came the other way round. */
function inOrder({ file, signed }: Given): { readonly file: Uint8Array; readonly signed?: Uint8Array | null } {
  const isSignature = (bytes: Uint8Array): boolean => ['cms', 'record'].includes(recognise(bytes))
  if (signed == null || signed.length === 0) return { file }
  return !isSignature(file) && isSignature(signed) ? { file: signed, signed: file } : { file, signed }
}

type Tools = FileJudgeParts & { readonly court: Judges; readonly asked: Asked }
type Found = Omit<FileVerdict, 'answer'>

const nothing: Omit<Found, 'kind'> = { reasons: [], signatures: [], digest: null, paper: null, statement: null, pack: null }
const flawed = (kind: Found['kind'], code: FileReason, path: string | null = null): Found => ({
  ...nothing,
  kind,
  reasons: [{ code, path }],
})

function judgeKind(file: Uint8Array, signed: Uint8Array | null, tools: Tools): Promise<Found> | Found {
  if (file.length === 0) return flawed('other', 'empty')
  const kind = recognise(file)
  switch (kind) {
    case 'paper':
      return judgePaper(file, tools)
    case 'cms':
      return judgeCms(file, signed, tools)
    case 'record':
      return judgeRecord(file, signed, tools)
    case 'container':
      return judgeContainer(file, tools)
    case 'xml':
      return judgeXml(file, tools)
    case 'other':
      return flawed(kind, statementIn(file) === null ? 'other' : 'noSignature')
  }
}

async function judgePaper(file: Uint8Array, { papers, court, asked }: Tools): Promise<Found> {
  if (papers !== null) return { ...nothing, kind: 'paper', paper: await papers.ofPdf(file) }
  const files = await attachmentsOf(Buffer.from(file)).catch(() => null)
  if (files === null) return flawed('paper', 'damaged')
  const [content, signature] = [files.get(sealNames.content), files.get(sealNames.signature)]
  const cms = signature === undefined ? null : readCms(signature)
  if (content === undefined || cms === null) return flawed('paper', 'noSignature')
  const signatures = await reportCms(cms, content, court.court, asked)
  return { ...nothing, kind: 'paper', signatures, digest: sha256(content), reasons: [{ code: 'notCompared', path: null }] }
}

async function judgeCms(file: Uint8Array, signed: Uint8Array | null, tools: Tools): Promise<Found> {
  const der = cmsBytes(file)
  const cms = der === null ? null : readCms(der)
  if (der === null || cms === null) return flawed('cms', der === null ? 'damaged' : whyUnread(der))
  const content = signed ?? cms.content
  const known = content === null ? null : ((await tools.received?.(content)) ?? null)
  const kept = known?.signature
  const isSame = kept?.algorithm === 'cms' && Buffer.from(kept.value).equals(der)
  const evidence = (isSame && kept.evidence !== undefined ? readEvidence(kept.evidence) : null) ?? noEvidence
  const asked: Asked = isSame && known !== null ? { at: known.at, clock: 'receipt' } : tools.asked
  const signatures = await reportCms(cms, content, tools.court.court, { ...asked, evidence })
  return { ...nothing, kind: 'cms', signatures, ...about(content) }
}

const about = (content: Uint8Array | null) => ({
  digest: content === null ? null : sha256(content),
  statement: content === null ? null : statementIn(content),
})

/** A signature as steps and papers keep it, with its evidence. */
async function judgeRecord(file: Uint8Array, signed: Uint8Array | null, tools: Tools): Promise<Found> {
  const whole = decodeSigned(file)
  const signature = whole?.signature ?? decodeSignature(file)
  const content = whole?.content ?? signed
  if (signature === null) return flawed('record', 'damaged')
  if (content === null) return { ...flawed('record', 'noSignature'), signatures: [] }
  if (whole !== null && signed !== null && !Buffer.from(signed).equals(Buffer.from(whole.content)))
    return { ...flawed('record', 'changed'), ...about(content) }
  const known = (await tools.received?.(content)) ?? null
  const isSame = known !== null && Buffer.from(known.signature.value).equals(Buffer.from(signature.value))
  const asked: Asked = isSame ? { at: known.at, clock: 'receipt' } : tools.asked
  const signatures = await reportKept(content, isSame ? known.signature : signature, tools.court, asked)
  return { ...nothing, kind: 'record', signatures, ...about(content) }
}

async function judgeContainer(file: Uint8Array, { court, asked }: Tools): Promise<Found> {
  const read = readAsic(file, containerLimits)
  if ('flaw' in read) return flawed('container', read.flaw.code, read.flaw.path)
  const { files, manifest, signature } = read.opened
  const cms = readCms(signature)
  if (cms === null) return flawed('container', whyUnread(signature))
  const signatures = await reportCms(cms, manifest, court.court, asked)
  // What nobody signed whom we know is not looked into: it costs much, and would be believed no more for it.
  const isKnown = signatures.every(({ answer, reasons }) => answer !== 'false' && !reasons.includes('untrusted'))
  const pack = isKnown ? await checkPack(files, court) : null
  return { ...nothing, kind: 'container', signatures, digest: sha256(manifest), reasons: pack?.flaws ?? [], pack: pack?.pack ?? null }
}

async function judgeXml(file: Uint8Array, { court, asked }: Tools): Promise<Found> {
  try {
    const signatures = await reportXml(readXml(file, xmlLimits), court.court, asked)
    if (signatures === null) return flawed('xml', 'tooMany')
    if (signatures.length === 0) return flawed('xml', 'noSignature')
    const reasons: FileFlaw[] = signatures.every(({ part }) => part !== null) ? [{ code: 'partOnly', path: null }] : []
    return { ...nothing, kind: 'xml', signatures, digest: sha256(file), reasons }
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause
    return flawed('xml', cause.reason !== 'oversize' ? 'damaged' : file.length > xmlLimits.bytes ? 'tooLarge' : 'tooDeep')
  }
}

function concluded(found: Found, { hasRoots }: JudgesRoom): FileVerdict {
  const persons = found.pack?.cases.flatMap(({ signatures }) => signatures) ?? []
  const isStrange = [...found.signatures, ...persons].some((one) => one.reasons.includes('untrusted'))
  const reasons: readonly FileFlaw[] = isStrange && !hasRoots ? [...found.reasons, { code: 'noRoots', path: null }] : found.reasons
  return { ...found, reasons, answer: answerOf({ ...found, reasons }) }
}

function answerOf({ paper, reasons, signatures }: Found): FileVerdict['answer'] {
  if (paper !== null) return paper.valid ? 'true' : 'false'
  const ofFile = answerOfFlaws(reasons)
  const ofSignatures: readonly SignatureReport[] = signatures
  return answerOfAll([
    ofFile,
    ...(ofSignatures.length === 0 && ofFile !== 'true' ? [] : [answerOfAll(ofSignatures.map(({ answer }) => answer))]),
  ])
}

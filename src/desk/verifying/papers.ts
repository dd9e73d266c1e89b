import { z } from 'zod'
import { canonical } from '../../ledger/canonical.ts'
import { paperSchema } from '../../papers/paper.ts'
import type { PaperPress } from '../../papers/press.ts'
import { inOrder, sealNames } from '../../papers/seal.ts'
import { readCertificates } from '../../seal/certificates/certificate.ts'
import { readCms } from '../../seal/cms/read.ts'
import { verifyCms } from '../../seal/cms/verify.ts'
import type { InstallationKey } from '../../seal/installation.ts'
import { sha256 } from '../events.ts'
import { readSecret } from '../numbers.ts'
import type { Composed, PaperRoom } from '../paperRoom.ts'
import { codeOf, contentFormat, sealPaper, signedContentFormat } from '../papers/seal.ts'
import type { PaperSources } from '../papers/sources.ts'
import type { History, Reading } from '../reading.ts'
import { attachmentsOf } from './attachments.ts'
import type { JudgesRoom } from './judges.ts'
import { judgePersons, saysWhatWasSigned, signaturesIn } from './persons.ts'
import type { Afterwards, PaperReason, PaperVerdict, PersonSignature } from './verdict.ts'

/** Whether a paper is one of ours and says what it said: for anybody, by what stands on it or by its file. */
export interface PaperVerifier {
  /** By number and code as they stand on the paper. null: no paper of this number has this code. */
  byCode(number: string, code: string): Promise<PaperVerdict | null>
  /** By the file of a paper. */
  ofPdf(bytes: Uint8Array): Promise<PaperVerdict>
}

export interface VerifierParts {
  readonly reading: Pick<Reading, 'byPaper'>
  readonly papers: Pick<PaperRoom, 'compose'>
  readonly press: Pick<PaperPress, 'print'>
  readonly installation: InstallationKey
  /** Of what persons signed. */
  readonly judges: JudgesRoom
  readonly publicUrl: string
  readonly say: PaperSources['say']
}

const whole = {
  case: z.string(),
  id: z.string(),
  event: z.strictObject({ seq: z.int(), hash: z.string() }),
  paper: paperSchema,
}
const content = z.union([
  z.strictObject({ format: z.literal(contentFormat), ...whole }),
  z.strictObject({ format: z.literal(signedContentFormat), ...whole, files: z.record(z.string(), z.string()) }),
])
type Content = z.infer<typeof content>

export function createPaperVerifier(parts: VerifierParts): PaperVerifier {
  return {
    byCode: (number, code) => byCode(parts, number.trim(), readSecret(code)),
    ofPdf: (bytes) => ofPdf(parts, Buffer.from(bytes)),
  }
}

async function byCode(parts: VerifierParts, number: string, code: string): Promise<PaperVerdict | null> {
  const { reading, papers, judges, say } = parts
  let found: { id: string; composed: Composed; digest: string } | undefined
  const history = await reading.byPaper(number, async (one) => {
    for (const { id } of one.file.state.papers) {
      const composed = await papers.compose(one, id)
      const digest = composed === null ? '' : sha256(composed.content())
      if (composed !== null && codeOf(digest) === code) found = { id, composed, digest }
    }
    return found !== undefined
  })
  if (history === null || found === undefined) return null
  const { id, composed, digest } = found
  const signatures = await judgePersons(judges, composed.signed, say)
  const reasons: PaperReason[] = signatures.every(({ valid }) => valid) ? [] : ['notSigned']
  const afterwards = afterwardsOf(history, id)
  return { valid: reasons.length === 0, reasons, paper: composed.paper, digest, afterwards, signatures }
}

async function ofPdf(parts: VerifierParts, pdf: Buffer): Promise<PaperVerdict> {
  const nothing = (...reasons: PaperReason[]): PaperVerdict => ({
    ...{ valid: false, reasons, paper: null, digest: null, afterwards: null, signatures: [] },
  })
  const files = await attachmentsOf(pdf).catch(() => null)
  if (files === null) return nothing('damaged')
  const [bytes, signature] = [files.get(sealNames.content), files.get(sealNames.signature)]
  if (bytes === undefined || signature === undefined) return nothing('noSeal')
  const said = readContent(bytes)
  if (said === null) return nothing('damaged')
  const reasons = await signatureReasons(parts.installation, bytes, signature)
  // Data that nobody vouches for are not shown as if they were a paper's.
  if (reasons.length > 0) return { ...nothing(...reasons), digest: sha256(bytes) }
  const persons = await personsOf(parts, said, files)
  reasons.push(...persons.reasons)
  if (!(await samePages(parts, pdf, { bytes, said, files }))) reasons.push('otherPages')
  const { reason, afterwards } = await inLedger(parts, said, bytes)
  if (reason !== null) reasons.push(reason)
  return { valid: reasons.length === 0, reasons, paper: said.paper, digest: sha256(bytes), afterwards, signatures: persons.signatures }
}

/** Persons' signatures, and whether the paper says what they signed; an earlier paper carries none. */
async function personsOf(
  { judges, say }: VerifierParts,
  said: Content,
  files: ReadonlyMap<string, Buffer>,
): Promise<{ readonly reasons: readonly PaperReason[]; readonly signatures: readonly PersonSignature[] }> {
  if (said.format === contentFormat) return { reasons: [], signatures: [] }
  const isWhole = Object.entries(said.files).every(([name, digest]) => sha256(files.get(name) ?? '') === digest)
  const found = isWhole ? signaturesIn(files, said.paper) : null
  if (found === null || found.length === 0) return { reasons: ['otherFiles'], signatures: [] }
  const signatures = await judgePersons(judges, found, say)
  const reasons: PaperReason[] = signatures.every(({ valid }) => valid) ? [] : ['notSigned']
  const original = said.id.replace(/-copy-\d+$/, '')
  if (!saysWhatWasSigned(said.paper, original, signatures, say)) reasons.push('otherWords')
  return { reasons, signatures }
}

function readContent(bytes: Buffer): Content | null {
  try {
    const value = JSON.parse(bytes.toString('utf8'))
    const read = content.safeParse(value)
    return read.success && canonical(value) === bytes.toString('utf8') ? read.data : null
  } catch {
    return null // not JSON, or none that has a canonical form
  }
}

async function signatureReasons(installation: InstallationKey, bytes: Buffer, signature: Buffer): Promise<PaperReason[]> {
  const cms = readCms(signature)
  const [signer, ...more] = cms?.signers ?? []
  if (cms === null || signer === undefined || more.length > 0) return ['damaged']
  // Also those that were its before: they stay in the file, after the newest.
  const own = new Set((readCertificates(installation.certificates) ?? []).map((one) => one.sha256))
  const verdict = await verifyCms(cms, { content: bytes })
  if (!verdict.signers.every(({ certificate }) => certificate !== null && own.has(certificate.sha256))) return ['untrusted']
  return verdict.reasons.length > 0 ? ['badSignature'] : []
}

/** The press gives the same bytes for the same data: whoever drew other pages over them, or laid more beside them, is found out. */
async function samePages(
  { press, installation, publicUrl }: VerifierParts,
  pdf: Buffer,
  { bytes, said, files }: { bytes: Buffer; said: Content; files: ReadonlyMap<string, Buffer> },
): Promise<boolean> {
  const names = said.format === contentFormat ? [] : Object.keys(said.files)
  // In the order in which they were laid: by number, then what was signed, its signature, its evidence.
  const attached = inOrder(names).flatMap((name) => {
    const content = files.get(name)
    return content === undefined ? [] : [{ name, bytes: content }]
  })
  const printed = await press.print(said.paper, await sealPaper({ installation, publicUrl }, bytes, said.paper, attached))
  return Buffer.from(printed.pdf).equals(pdf)
}

async function inLedger({ reading, papers }: VerifierParts, said: Content, bytes: Buffer) {
  let same = false
  const history = await reading.byPaper(said.case, async (one) => {
    if (one.file.state.destroyed !== null) return one.events.some(({ hash }) => hash === said.event.hash)
    const composed = await papers.compose(one, said.id)
    same = composed !== null && Buffer.from(composed.content()).equals(bytes)
    return composed !== null
  })
  if (history === null) return { reason: 'unknown' as const, afterwards: null }
  const afterwards = afterwardsOf(history, said.id)
  return { reason: same || afterwards.destroyed ? null : ('differs' as const), afterwards }
}

function afterwardsOf({ file: { state } }: History, id: string): Afterwards {
  const copy = state.papers.findLast(({ copyOf }) => copyOf?.id === id)
  const own = state.papers.find((paper) => paper.id === id)
  return { copiedAt: copy?.at ?? null, replacedAt: own?.replacedAt ?? null, destroyed: state.destroyed !== null }
}

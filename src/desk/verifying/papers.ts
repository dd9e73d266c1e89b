import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../../ledger/canonical.ts'
import { type Paper, paperSchema } from '../../papers/paper.ts'
import type { PaperPress } from '../../papers/press.ts'
import { readCertificates } from '../../seal/certificates/certificate.ts'
import { readCms } from '../../seal/cms/read.ts'
import { verifyCms } from '../../seal/cms/verify.ts'
import type { InstallationKey } from '../../seal/installation.ts'
import { readSecret } from '../numbers.ts'
import type { PaperRoom } from '../paperRoom.ts'
import { codeOf, contentFormat, contentOf, sealPaper } from '../papers/seal.ts'
import type { History, Reading } from '../reading.ts'
import { attachmentsOf } from './attachments.ts'
import type { JudgesRoom } from './judges.ts'
import type { Afterwards, PaperReason, PaperVerdict } from './verdict.ts'

/** Whether a paper is one of ours and says what it said: for anybody, by what stands on it or by its file. */
export interface PaperVerifier {
  /** By number and code as they stand on the paper. null: no paper of this number has this code. */
  byCode(number: string, code: string): Promise<PaperVerdict | null>
  /** By the file of a paper. */
  ofPdf(bytes: Uint8Array): Promise<PaperVerdict>
}

export interface VerifierParts {
  readonly reading: Pick<Reading, 'byPaper'>
  readonly papers: Pick<PaperRoom, 'read'>
  readonly press: Pick<PaperPress, 'print'>
  readonly installation: InstallationKey
  /** Of what persons signed. */
  readonly judges: JudgesRoom
  readonly publicUrl: string
}

const content = z.strictObject({
  format: z.literal(contentFormat),
  case: z.string(),
  id: z.string(),
  event: z.strictObject({ seq: z.int(), hash: z.string() }),
  paper: paperSchema,
})

export function createPaperVerifier(parts: VerifierParts): PaperVerifier {
  return {
    byCode: (number, code) => byCode(parts, number.trim(), readSecret(code)),
    ofPdf: (bytes) => ofPdf(parts, Buffer.from(bytes)),
  }
}

async function byCode({ reading, papers }: VerifierParts, number: string, code: string): Promise<PaperVerdict | null> {
  let found: { id: string; paper: Paper; digest: string } | undefined
  const history = await reading.byPaper(number, async (one) => {
    for (const { id } of one.file.state.papers) {
      const paper = await papers.read(one, id)
      const digest = paper === null ? '' : sha256(contentOf(one, id, paper))
      if (paper !== null && codeOf(digest) === code) found = { id, paper, digest }
    }
    return found !== undefined
  })
  if (history === null || found === undefined) return null
  const { id, paper, digest } = found
  return { valid: true, reasons: [], paper, digest, afterwards: afterwardsOf(history, id) }
}

async function ofPdf(parts: VerifierParts, pdf: Buffer): Promise<PaperVerdict> {
  const nothing = (reason: PaperReason): PaperVerdict => ({ valid: false, reasons: [reason], paper: null, digest: null, afterwards: null })
  const files = await attachmentsOf(pdf).catch(() => null)
  if (files === null) return nothing('damaged')
  const [bytes, signature] = [files.get('application/json'), files.get('application/pkcs7-signature')]
  if (bytes === undefined || signature === undefined) return nothing('noSeal')
  const said = readContent(bytes)
  if (said === null) return nothing('damaged')
  const reasons = await signatureReasons(parts.installation, bytes, signature)
  // Data that nobody vouches for are not shown as if they were a paper's.
  if (reasons.length > 0) return { valid: false, reasons, paper: null, digest: sha256(bytes), afterwards: null }
  if (!(await samePages(parts, pdf, bytes, said.paper))) reasons.push('otherPages')
  const { reason, afterwards } = await inLedger(parts, said, bytes)
  if (reason !== null) reasons.push(reason)
  return { valid: reasons.length === 0, reasons, paper: said.paper, digest: sha256(bytes), afterwards }
}

function readContent(bytes: Buffer): z.infer<typeof content> | null {
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

/** The press gives the same bytes for the same data: whoever drew other pages over them, or beside them, is found out. */
async function samePages({ press, installation, publicUrl }: VerifierParts, pdf: Buffer, bytes: Buffer, paper: Paper): Promise<boolean> {
  const printed = await press.print(paper, await sealPaper({ installation, publicUrl }, bytes, paper))
  return Buffer.from(printed.pdf).equals(pdf)
}

async function inLedger({ reading, papers }: VerifierParts, said: z.infer<typeof content>, bytes: Buffer) {
  let same = false
  const history = await reading.byPaper(said.case, async (one) => {
    if (one.file.state.destroyed !== null) return one.events.some(({ hash }) => hash === said.event.hash)
    const paper = await papers.read(one, said.id)
    same = paper !== null && Buffer.from(contentOf(one, said.id, paper)).equals(bytes)
    return paper !== null
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

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

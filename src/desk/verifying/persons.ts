import { canonical } from '../../ledger/canonical.ts'
import type { Paper } from '../../papers/paper.ts'
import { statementNames } from '../../papers/seal.ts'
import { toPem } from '../../seal/certificates/pem.ts'
import { readCms } from '../../seal/cms/read.ts'
import { readEvidence } from '../../seal/evidence/evidence.ts'
import { readXmlSignature, xmlAlgorithm } from '../../seal/national/xml.ts'
import { reportKept, withReasons } from '../../seal/report/kept.ts'
import { answerOfAll } from '../../seal/report/report.ts'
import type { Signature } from '../../seal/seal.ts'
import { decodeSignature, digestOf } from '../../seal/signed.ts'
import { plain } from '../events.ts'
import { marksOf } from '../papers/signed.ts'
import type { PaperSources } from '../papers/sources.ts'
import { statedPaper } from '../papers/stated.ts'
import type { StatedSignature } from '../signatures.ts'
import { readStatement, saysPapers } from '../statement.ts'
import type { JudgesRoom } from './judges.ts'
import type { PersonSignature } from './verdict.ts'

type Read = Omit<StatedSignature, 'file'>

/** What persons signed and their signatures, from the files of a paper that shows them; null: one of them is missing or cannot be read. */
export function signaturesIn(files: ReadonlyMap<string, Uint8Array>, { signatures = [] }: Paper): readonly Read[] | null {
  const firsts = [...new Map(signatures.map((mark) => [mark.file, mark])).values()]
  const found = firsts.map(({ receivedAt }, i): Read | null => {
    const names = statementNames(i + 1)
    const bytes = files.get(names.bytes)
    const statement = bytes === undefined ? null : readStatement(bytes)
    const signature = bytes === undefined ? null : signatureIn(files, names, bytes)
    return bytes === undefined || statement === null || signature === null ? null : { bytes, statement, signature, receivedAt }
  })
  return found.every((one) => one !== null) ? found : null
}

function signatureIn(
  files: ReadonlyMap<string, Uint8Array>,
  names: ReturnType<typeof statementNames>,
  bytes: Uint8Array,
): Signature | null {
  const [cms, xml, other, evidence] = [files.get(names.cms), files.get(names.xml), files.get(names.other), files.get(names.evidence)]
  const kept = evidence === undefined ? {} : { evidence }
  const carried = cms === undefined ? undefined : readCms(cms)?.certificates
  const [algorithm, value] = cms === undefined ? [xmlAlgorithm, xml] : ['cms', cms]
  if (value === undefined) {
    const read = other === undefined ? null : decodeSignature(other)
    return read === null ? null : { ...read, ...kept }
  }
  // A signature that cannot be read is judged so.
  const own = cms === undefined ? [readXmlSignature(value)?.certificate.der].filter((der) => der !== undefined) : (carried ?? [])
  const known = evidence === undefined ? [] : (readEvidence(evidence)?.certificates ?? [])
  const ders = own.length > 0 ? own : known.map(({ der }) => der)
  const certificate = ders.map((der) => toPem(der, 'CERTIFICATE')).join('')
  return { algorithm, certificate, value, signedAt: '', digest: digestOf(bytes), ...kept }
}

/** Each signature at its time: whose it must be is said by what was signed, and that was judged when it was received. */
export async function judgePersons(room: JudgesRoom, all: readonly Read[], say: PaperSources['say']): Promise<PersonSignature[]> {
  if (all.length === 0) return []
  const judges = await room.judges()
  const judged: PersonSignature[] = []
  for (const [n, one] of all.entries()) {
    const { statement, bytes, signature, receivedAt: at } = one
    const { iin, organisation } = statement.signer
    const { reasons } = await judges.seal.verify(bytes, signature, { at, signer: { iin, organisationBin: organisation.bin } })
    const found = await reportKept(bytes, signature, judges, { at, clock: 'receipt' })
    const reports = found.map((report) => withReasons(report, found.length === 1 ? reasons : []))
    const valid = reasons.length === 0 && answerOfAll(reports.map(({ answer }) => answer)) === 'true'
    judged.push({ marks: await marksOf(one, n + 1, say), statement, bytes, signature, valid, reasons, reports })
  }
  return judged
}

/** Whether the paper says what was signed, word for word: it is made again from the signed bytes. */
export function saysWhatWasSigned(paper: Paper, id: string, persons: readonly PersonSignature[], say: PaperSources['say']): boolean {
  const principal = persons.at(-1)?.statement ?? null
  if (!saysPapers(principal)) return false
  try {
    const { issuedAt, issuedBy, provider, copyOf, demonstration } = paper
    const only = { id, issuedAt, issuedBy, provider, demonstration, rest: paper, ...(copyOf === undefined ? {} : { copyOf }) }
    const marks = persons.flatMap((one) => one.marks)
    return canonical(plain(statedPaper(principal, marks, only, say))) === canonical(plain(paper))
  } catch {
    return false // what was signed names no such paper
  }
}

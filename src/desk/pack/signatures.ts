import type { PackedFile } from '../../seal/asic/names.ts'
import { reportKept } from '../../seal/report/kept.ts'
import { answerOfAll, type SignatureReport } from '../../seal/report/report.ts'
import { decodeSigned } from '../../seal/signed.ts'
import { toCaseEvent } from '../events.ts'
import type { History } from '../reading.ts'
import { isSigned, type SignedEvent } from '../signatures.ts'
import { json, type PackParts } from './parts.ts'
import { recordFiles } from './records.ts'

/** A verification report as it lies in a pack: format `qyzmet.report/1`. */
export interface PackedReport {
  readonly format: 'qyzmet.report/1'
  /** Hex SHA-256 of the file in which the signature is kept. */
  readonly file: string
  readonly of: SignedEvent['type']
  readonly seq: number
  /** Of staff. */
  readonly signer: string
  /** Hex SHA-256 of what was signed, by the event; whether it is what the signature says. */
  readonly digest: string
  readonly sameDigest: boolean
  /** RFC 3339, by the ledger: the moment at which a signature without a time-stamp had to hold. */
  readonly receivedAt: string
  readonly algorithm: string
  readonly valid: boolean
  /** Codes of all signers, each once. */
  readonly reasons: readonly string[]
  readonly signatures: readonly SignatureReport[]
}

/** What was signed, its signature as it is kept, and a report: judged now, at the time at which it was received, by the evidence that was kept. */
export async function signaturesOf({ ledger, judges, now }: PackParts, { file: { home, number }, events }: History): Promise<PackedFile[]> {
  const found: PackedFile[] = []
  const court = await judges.judges()
  for (const stored of events) {
    const event = toCaseEvent(stored)
    if (!isSigned(event)) continue
    const { file, signer, digest } = event.data
    const container = file === null ? null : await ledger.files.get(home, number, file)
    const signed = container === null ? null : decodeSigned(container)
    if (file === null || container === null || signed === null) continue
    const { content: bytes, signature } = signed
    const signatures = await reportKept(bytes, signature, court, { at: event.at, clock: 'receipt' })
    const sameDigest = digest === signature.digest
    const report: PackedReport = {
      ...{ format: 'qyzmet.report/1', file, of: event.type, seq: stored.seq, signer, digest, sameDigest },
      ...{ receivedAt: event.at, algorithm: signature.algorithm },
      valid: sameDigest && answerOfAll(signatures.map(({ answer }) => answer)) === 'true',
      reasons: [...new Set(signatures.flatMap(({ reasons }) => reasons))],
      signatures,
    }
    found.push(
      { path: `signatures/${file}.json`, mediaType: 'application/json', bytes: container },
      { path: `signatures/${file}.signed.json`, mediaType: 'application/json', bytes },
      json(`signatures/${file}.report.json`, report),
      ...(await recordFiles(ledger.evidence, { home, case: number, sha256: file }, container, { court: court.court, at: now() })),
    )
  }
  return found
}

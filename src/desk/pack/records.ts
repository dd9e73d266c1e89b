import type { EvidenceBook, EvidencePlace } from '../../ledger/ledger.ts'
import type { PackedFile } from '../../seal/asic/names.ts'
import { readEvidence } from '../../seal/evidence/evidence.ts'
import { type RecordQuestion, verifyRecord } from '../../seal/evidence/verifyRecord.ts'
import { keptRecord } from '../evidence/record.ts'
import { json } from './parts.ts'

/**
 * The evidence record (RFC 4998, DER) over a signed file, what it stands on, and a report (`qyzmet.record-report/1`): since when an authority knows the bytes, and until when that holds as it
 * is. None where no record was made yet.
 */
export async function recordFiles(
  book: EvidenceBook,
  place: EvidencePlace,
  file: Uint8Array,
  question: Pick<RecordQuestion, 'court' | 'at'>,
): Promise<PackedFile[]> {
  const kept = await keptRecord(book, place)
  if (kept === null) return []
  const evidence = readEvidence(kept.evidence)
  const { reasons, since, until } = await verifyRecord(kept.record, [file], { ...question, ...(evidence && { evidence }) })
  const report = {
    format: 'qyzmet.record-report/1',
    file: place.sha256,
    at: question.at,
    valid: reasons.length === 0,
    reasons,
    since,
    until,
  }
  const name = `signatures/${place.sha256}`
  return [
    { path: `${name}.ers`, mediaType: 'application/octet-stream', bytes: kept.record },
    { path: `${name}.ers.evidence.json`, mediaType: 'application/json', bytes: kept.evidence },
    json(`${name}.record.json`, report),
  ]
}

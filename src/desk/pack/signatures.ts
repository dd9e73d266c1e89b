import { z } from 'zod'
import type { CaseEvent } from '../../engine/case/events.ts'
import type { PackedFile } from '../../seal/asic/names.ts'
import type { Signature } from '../../seal/seal.ts'
import { toCaseEvent } from '../events.ts'
import type { History } from '../reading.ts'
import { json, type PackParts } from './parts.ts'

const kept = z.object({
  content: z.base64(),
  signature: z.object({ algorithm: z.string(), certificate: z.string(), value: z.base64(), signedAt: z.string(), digest: z.string() }),
})

type SignedEvent = Extract<CaseEvent, { type: 'AnswerSigned' | 'RequestSealed' }>
const isSigned = (event: CaseEvent): event is SignedEvent => event.type === 'AnswerSigned' || event.type === 'RequestSealed'

/** What was signed, its signature as it is kept, and a report: judged now, at the time at which it was received. */
export async function signaturesOf({ ledger, seal }: PackParts, { file: { home, number }, events }: History): Promise<PackedFile[]> {
  const found: PackedFile[] = []
  for (const event of events.map(toCaseEvent).filter(isSigned)) {
    const { file, signer, digest } = event.data
    const container = file === null ? null : await ledger.files.get(home, number, file)
    if (file === null || container === null) continue
    const { content, signature } = kept.parse(JSON.parse(Buffer.from(container).toString('utf8')))
    const bytes = Buffer.from(content, 'base64')
    const whole: Signature = { ...signature, value: Buffer.from(signature.value, 'base64') }
    const verdict = await seal.verify(bytes, whole, { at: event.at })
    const report = {
      file,
      of: event.type,
      signer,
      digest,
      receivedAt: event.at,
      algorithm: signature.algorithm,
      ...verdict,
      sameDigest: digest === signature.digest,
    }
    found.push(
      { path: `signatures/${file}.json`, mediaType: 'application/json', bytes: container },
      { path: `signatures/${file}.signed.json`, mediaType: 'application/json', bytes },
      json(`signatures/${file}.report.json`, report),
    )
  }
  return found
}

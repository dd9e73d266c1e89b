import type { PaperSignature, PaperText } from '../../papers/paper.ts'
import { type PaperAttachment, statementNames } from '../../papers/seal.ts'
import type { Certificate } from '../../seal/certificates/certificate.ts'
import { factsOf } from '../../seal/facts.ts'
import { isNational } from '../../seal/national/national.ts'
import { digestOf, encodeSignature } from '../../seal/signed.ts'
import type { StatedSignature } from '../signatures.ts'
import { saysPapers } from '../statement.ts'
import { both, type PaperSources } from './sources.ts'
import { postOf } from './stated.ts'

/** How authorities that invent people begin their names: those of `qyzmet simulator pki` and of the seal's simulator. */
const invented = /^(?:СЫНАҚ |QYZMET SIMULATOR)/u

/** What a paper and a page show of a signature: from the signed bytes and the signature alone. Times in the zone of the moment at which it was received. */
export async function markOf(signed: Omit<StatedSignature, 'file'>, say: PaperSources['say']): Promise<PaperSignature> {
  const { statement, signature, bytes, receivedAt } = signed
  const { signer, signs, clause } = statement
  const { algorithm, certificate, timestamp } = await factsOf(signature, signer.iin)
  const post: PaperText | null = saysPapers(statement) ? postOf(statement.signer, say) : null
  const at = (moment: string) => inZoneOf(receivedAt, moment)
  return {
    ...{ signs, clause: clause || '—', name: signer.name, organisation: both(signer.organisation.name), receivedAt },
    ...(post === null ? {} : { post }),
    ...(certificate === null ? {} : { certificate: certificateOf(certificate, at) }),
    // The simulator's names its format, too.
    algorithm: algorithm.replace(/\/\d+$/, ''),
    ...(timestamp === null
      ? { at: receivedAt, clock: 'receipt' as const }
      : { at: at(timestamp.at), clock: 'authority' as const, ...(timestamp.authority === '' ? {} : { authority: timestamp.authority }) }),
    digest: digestOf(bytes),
    test: !isNational(signature.algorithm) || certificate === null || invented.test(issuerOf(certificate)),
  }
}

function certificateOf(certificate: Certificate, at: (moment: string) => string): NonNullable<PaperSignature['certificate']> {
  const { serial, notBefore, notAfter } = certificate
  return { serial: serial.toUpperCase(), issuer: issuerOf(certificate), from: at(notBefore), until: at(notAfter) }
}

/** By its common name, as people know it. */
function issuerOf({ issuer }: Certificate): string {
  return issuer.attributes.find(({ oid }) => oid === '2.5.4.3')?.value || issuer.text || '—'
}

/** The same moment as clocks showed it where the signature was received; seconds are enough for people. */
function inZoneOf(receivedAt: string, moment: string): string {
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(receivedAt)?.[0] ?? 'Z'
  return Temporal.Instant.from(moment)
    .toZonedDateTimeISO(offset === 'Z' ? 'UTC' : offset)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

/** The files of persons' signatures in their order: what was signed, the signature, and its evidence where there is any. */
export function attachmentsOf(all: readonly StatedSignature[]): PaperAttachment[] {
  return all.flatMap(({ bytes, signature }, i) => {
    const names = statementNames(i + 1)
    const { evidence, ...bare } = signature
    const own =
      signature.algorithm === 'cms' ? { name: names.cms, bytes: signature.value } : { name: names.other, bytes: encodeSignature(bare) }
    return [{ name: names.bytes, bytes }, own, ...(evidence === undefined ? [] : [{ name: names.evidence, bytes: evidence }])]
  })
}

import type { PaperSignature, PaperText } from '../../papers/paper.ts'
import { type PaperAttachment, statementNames } from '../../papers/seal.ts'
import type { Certificate } from '../../seal/certificates/certificate.ts'
import { factsOf, type SignatureFacts } from '../../seal/facts.ts'
import { isNational } from '../../seal/national/national.ts'
import { xmlAlgorithm } from '../../seal/national/xml.ts'
import type { Signature } from '../../seal/seal.ts'
import { digestOf, encodeSignature } from '../../seal/signed.ts'
import type { StatedSignature } from '../signatures.ts'
import { saysPapers } from '../statement.ts'
import { asWritten, both, type PaperSources } from './sources.ts'
import { postOf } from './stated.ts'

/** How authorities that invent people begin their names: those of `qyzmet simulator pki` and of the seal's simulator. */
const invented = /^(?:СЫНАҚ |QYZMET SIMULATOR)/u

/**
 * What a paper and a page show of a signature: from the signed bytes and the signature alone, times in the zone of the moment at which it was received. Whoever the
 * statement names comes first; others may have signed the same bytes together with them.
 */
export async function marksOf(signed: Omit<StatedSignature, 'file'>, file: number, say: PaperSources['say']): Promise<PaperSignature[]> {
  const { statement, signature } = signed
  const facts = await factsOf(signature)
  const first = Math.max(
    0,
    facts.findIndex(({ certificate }) => certificate?.holder.iin === statement.signer.iin),
  )
  const [own = null] = facts.slice(first, first + 1)
  if (own === null) return []
  const others = facts.filter((_, n) => n !== first)
  const { signer } = statement
  const post: PaperText | null = saysPapers(statement) ? postOf(statement.signer, say) : null
  const named = { name: signer.name, organisation: both(signer.organisation.name), ...(post === null ? {} : { post }) }
  return [{ ...named, ...markOf(signed, own, file) }, ...others.map((one) => ({ ...holderOf(one), ...markOf(signed, one, file) }))]
}

/** Whoever signed beside the one whom the statement names is known by the certificate alone. */
function holderOf({ certificate }: SignatureFacts): Pick<PaperSignature, 'name' | 'organisation'> {
  const { commonName = '', patronymic = null, organisation = null } = certificate?.holder ?? {}
  return { name: [commonName, patronymic ?? ''].join(' ').trim() || '—', organisation: asWritten(organisation || '—') }
}

function markOf(
  { statement, signature, bytes, receivedAt }: Omit<StatedSignature, 'file'>,
  { algorithm, certificate, timestamp }: SignatureFacts,
  file: number,
): Omit<PaperSignature, 'name' | 'organisation' | 'post'> {
  const at = (moment: string) => inZoneOf(receivedAt, moment)
  return {
    ...{ file, signs: statement.signs, clause: statement.clause || '—', receivedAt },
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
export function attachmentsOf(all: readonly Pick<StatedSignature, 'bytes' | 'signature'>[]): PaperAttachment[] {
  return all.flatMap(({ bytes, signature }, i) => {
    const names = statementNames(i + 1)
    const { evidence } = signature
    const file = signatureFile(signature)
    return [
      { name: names.bytes, bytes },
      { name: names[file.form], bytes: file.bytes },
      ...(evidence === undefined ? [] : [{ name: names.evidence, bytes: evidence }]),
    ]
  })
}

/** A signature as other programs know it, where they do: CMS in DER, or XML. */
export function signatureFile(signature: Signature): { readonly form: 'cms' | 'xml' | 'other'; readonly bytes: Uint8Array } {
  const { evidence: _, ...bare } = signature
  if (signature.algorithm === 'cms') return { form: 'cms', bytes: signature.value }
  if (signature.algorithm === xmlAlgorithm) return { form: 'xml', bytes: signature.value }
  return { form: 'other', bytes: encodeSignature(bare) }
}

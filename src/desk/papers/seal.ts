import { canonical } from '../../ledger/canonical.ts'
import type { Paper } from '../../papers/paper.ts'
import type { PaperAttachment, PaperSeal } from '../../papers/seal.ts'
import type { InstallationKey } from '../../seal/installation.ts'
import { plain, sha256 } from '../events.ts'
import { alphabet } from '../numbers.ts'
import type { History } from '../reading.ts'
import type { StatedSignature } from '../signatures.ts'
import { attachmentsOf } from './signed.ts'

/** Of papers that state what nobody signed, and of all that were issued before statements said whole papers. */
export const contentFormat = 'qyzmet.paper/1'
/** With the digests of what persons signed and of their signatures. */
export const signedContentFormat = 'qyzmet.paper/2'

/** What a paper says, with the place of its issue in the chain: the page is printed from `paper` alone, and the whole is what is signed. */
export interface PaperContent {
  readonly format: typeof contentFormat | typeof signedContentFormat
  readonly case: string
  readonly id: string
  /** The event that issued it; `hash` in hex. */
  readonly event: { readonly seq: number; readonly hash: string }
  /** The files of persons' signatures that lie beside: hex SHA-256 of each by name. Absent in the first format. */
  readonly files?: Readonly<Record<string, string>>
  readonly paper: Paper
}

/** The bytes that are signed for a paper: canonical JSON (RFC 8785). */
export function contentOf({ file, events }: History, id: string, paper: Paper, signed: readonly StatedSignature[]): Uint8Array {
  const issued = events.find(({ type, data }) => (type === 'PaperIssued' || type === 'PaperReissued') && data.paper === id)
  if (issued === undefined) throw new Error(`no event issues ${id} of ${file.number}`)
  const { seq, hash } = issued
  const whole = { case: file.number, id, event: { seq, hash }, paper }
  const content: PaperContent =
    paper.signatures === undefined
      ? { format: contentFormat, ...whole }
      : { format: signedContentFormat, ...whole, files: digestsOf(attachmentsOf(signed)) }
  return Buffer.from(canonical(plain(content)), 'utf8')
}

export const digestsOf = (files: readonly PaperAttachment[]): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map(({ name, bytes }) => [name, sha256(bytes)]))

export interface SealingParts {
  readonly installation: InstallationKey
  /** Where readers reach this server. */
  readonly publicUrl: string
}

/** Signed at the time of issue: a paper that is printed again is the same paper. */
export async function sealPaper(
  { installation, publicUrl }: SealingParts,
  content: Uint8Array,
  paper: Paper,
  attached: readonly PaperAttachment[],
): Promise<PaperSeal> {
  const digest = sha256(content)
  const code = codeOf(digest)
  return {
    content,
    signature: await installation.sign(content, paper.issuedAt),
    digest,
    code: code.replaceAll(/.{4}(?=.)/g, '$&-'),
    link: `${publicUrl}/v/${paper.number}/${code}`,
    attached,
  }
}

/** 16 letters of Crockford's alphabet, the first 80 bits of the digest: nobody guesses one, and it can be typed from paper. */
export function codeOf(digest: string): string {
  let bits = BigInt(`0x${digest.slice(0, 20)}`)
  let code = ''
  for (let at = 0; at < 16; at++) {
    code = (alphabet[Number(bits & 31n)] ?? '') + code
    bits >>= 5n
  }
  return code
}

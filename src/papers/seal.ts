import { mostSigners } from './paper.ts'

/** What makes a paper one that can be checked: the data it was printed from, signed, and the mark that leads to the page where anybody checks it. */
export interface PaperSeal {
  /** Canonical JSON (RFC 8785) of the paper's data; it lies in the PDF as `paper.json`. */
  readonly content: Uint8Array
  /** Detached CMS over `content`, DER; it lies beside as `paper.p7s`. */
  readonly signature: Uint8Array
  /** Hex SHA-256 of `content`. */
  readonly digest: string
  /** `XXXX-XXXX-XXXX-XXXX`, for whoever has only the paper. */
  readonly code: string
  /** What the mark's QR opens. */
  readonly link: string
  /** What persons signed and their signatures, as `statementNames` calls them. */
  readonly attached?: readonly PaperAttachment[]
}

/** A file that lies in the PDF. */
export interface PaperAttachment {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Names of the two files that a sealed paper carries. */
export const sealNames = { content: 'paper.json', signature: 'paper.p7s' } as const

/** Names of the files of one person's signature; `n` from 1. `other`: a signature that is neither CMS nor XML, as the simulator's. */
export const statementNames = (n: number) => ({
  bytes: `statement-${n}.json`,
  cms: `statement-${n}.p7s`,
  xml: `statement-${n}.xml`,
  other: `statement-${n}.signature.json`,
  evidence: `statement-${n}.evidence.json`,
})

export interface AttachmentKind {
  /** AFRelationship (ISO 19005-3, 6.8): `data` the paper was made from it; `supplement` it proves that. */
  readonly relationship: 'data' | 'supplement'
  readonly mediaType: string
  /** Key of its description in the words of papers. */
  readonly words: string
}

const json = 'application/json'
const known: ReadonlyMap<string, AttachmentKind> = new Map(
  Array.from({ length: mostSigners }, (_, i) => statementNames(i + 1)).flatMap(
    ({ bytes, cms, xml, other, evidence }): [string, AttachmentKind][] => [
      [bytes, { relationship: 'data', mediaType: json, words: 'mark.statement' }],
      [cms, { relationship: 'supplement', mediaType: 'application/pkcs7-signature', words: 'mark.personSignature' }],
      [xml, { relationship: 'supplement', mediaType: 'application/xml', words: 'mark.personSignature' }],
      [other, { relationship: 'supplement', mediaType: json, words: 'mark.personSignature' }],
      [evidence, { relationship: 'supplement', mediaType: json, words: 'mark.evidence' }],
    ],
  ),
)

/** null: no file of this name is taken into a paper. */
export const attachmentKind = (name: string): AttachmentKind | null => known.get(name) ?? null

/** Names as they are laid into a paper: person by person, what was signed, then the signature, then its evidence. */
export const inOrder = (names: readonly string[]): string[] => [...known.keys()].filter((name) => names.includes(name))

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
}

/** Names of the two files that a sealed paper carries. */
export const sealNames = { content: 'paper.json', signature: 'paper.p7s' } as const

import type { Signature } from '../../seal/seal.ts'
import { digestOf } from '../../seal/signed.ts'
import { toCaseEvent } from '../events.ts'
import type { History, Reading } from '../reading.ts'
import { isSigned, type SignatureShelf } from '../signatures.ts'
import { readStatement, type Statement } from '../statement.ts'

/** What the ledger knows of a statement that somebody brings: when its signature was received, and the signature as it is kept, with its evidence. */
export interface Received {
  /** RFC 3339, by the law's clock. */
  readonly at: string
  readonly signature: Signature
}

/** No statement of sixty documents is near so long. */
const longest = 1024 * 1024

export const statementIn = (content: Uint8Array): Statement | null => (content.length > longest ? null : readStatement(content))

/**
 * Whoever brings the very bytes that were signed learns when that was: nothing that does not stand in them, but the moment. The reading is in the case's journal. null: it is no
 * statement, or none of this installation.
 */
export function receivedIn(parts: { readonly reading: Pick<Reading, 'byPaper'>; readonly signatures: SignatureShelf }) {
  return async (content: Uint8Array): Promise<Received | null> => {
    const statement = statementIn(content)
    if (statement === null) return null
    const digest = digestOf(content)
    const isOf = async ({ events }: History) => events.map(toCaseEvent).some((event) => isSigned(event) && event.data.digest === digest)
    const history = await parts.reading.byPaper(statement.case, isOf)
    const kept = history === null ? undefined : (await parts.signatures.ofCase(history)).find(({ bytes }) => digestOf(bytes) === digest)
    return kept === undefined ? null : { at: kept.receivedAt, signature: kept.signature }
  }
}

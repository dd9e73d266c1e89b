import type { SignatureShelf } from '../signatures.ts'
import { createPaperVerifier, type PaperVerifier, type VerifierParts } from './papers.ts'
import { receivedIn } from './received.ts'
import { createFileRoom, type FileRoom } from './room.ts'
import { createSignedRoom, type SignedRoom } from './signedRoom.ts'

/** Both ways of checking, by what stands on a paper and by a file; and what was signed in a case, judged for whoever reads it. */
export function openVerifying(parts: VerifierParts & { readonly signatures: SignatureShelf; readonly now: () => string }): {
  readonly verifier: PaperVerifier
  readonly files: FileRoom
  readonly signed: SignedRoom
} {
  const verifier = createPaperVerifier(parts)
  const { judges, now, signatures, say } = parts
  return {
    verifier,
    files: createFileRoom({ judges, now, papers: verifier, received: receivedIn(parts) }),
    signed: createSignedRoom({ shelf: signatures, judges, say }),
  }
}

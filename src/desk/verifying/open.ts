import type { SignatureShelf } from '../signatures.ts'
import { createPaperVerifier, type PaperVerifier, type VerifierParts } from './papers.ts'
import { receivedIn } from './received.ts'
import { createFileRoom, type FileRoom } from './room.ts'

/** Both ways of checking, by what stands on a paper and by a file. */
export function openVerifying(parts: VerifierParts & { readonly signatures: SignatureShelf; readonly now: () => string }): {
  readonly verifier: PaperVerifier
  readonly files: FileRoom
} {
  const verifier = createPaperVerifier(parts)
  const { judges, now } = parts
  return { verifier, files: createFileRoom({ judges, now, papers: verifier, received: receivedIn(parts) }) }
}

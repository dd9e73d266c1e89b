import { createHash, randomUUID } from 'node:crypto'
import type { CallOptions, TechnicalFailure } from '../failure.ts'

/** The gateway's service for files that are too large for a message (`EDS_TEMP_FILES`): laid there by the sender, fetched by the receiver. */
export interface TemporaryFiles {
  /** `place` is the service's identifier. Laid twice, a file lies there twice, until its time is over. */
  lay(file: LaidFile, options?: CallOptions): Promise<{ readonly kind: 'laid'; readonly place: string } | TechnicalFailure>
  /** `gone`: the service does not have it, or no longer. */
  fetch(
    place: string,
    options?: CallOptions,
  ): Promise<{ readonly kind: 'found'; readonly content: Uint8Array } | { readonly kind: 'gone' } | TechnicalFailure>
}

export interface LaidFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
}

/** How long a file should lie there, ms: a weekend in which the other node is away. */
export const layFor = 72 * 3_600_000

/** The service in this process, for two nodes of one test. Nothing is kept over a restart. */
export function temporaryFilesInMemory(): TemporaryFiles & { readonly held: ReadonlyMap<string, Uint8Array> } {
  const held = new Map<string, Uint8Array>()
  return {
    held,
    async lay({ content }) {
      const place = `${createHash('sha256').update(content).digest('hex').slice(0, 12)}-${randomUUID()}`
      held.set(place, content)
      return { kind: 'laid', place }
    },
    async fetch(place) {
      const content = held.get(place)
      return content === undefined ? { kind: 'gone' } : { kind: 'found', content }
    },
  }
}

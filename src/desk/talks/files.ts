import type { TechnicalFailure } from '../../gateway/failure.ts'
import type { TemporaryFiles } from '../../gateway/files/temporaryFiles.ts'
import type { CarriedFile } from '../../gateway/messages/payload.ts'
import { sha256 as digestOf } from '../events.ts'
import { scanTypeOf } from '../scans/inspect.ts'

/** How files of a case travel with a message. */
export interface FileCarriage {
  /** @throws FilesAway where they cannot be laid now */
  lay(sha256: string, bytes: Uint8Array): Promise<CarriedFile>
  /** The bytes; `shared`: they need not travel; `damaged`: what came is not what its digest says; `gone`: nobody has it any more. */
  fetch(file: CarriedFile): Promise<Fetched>
}

export type Fetched =
  | { readonly kind: 'found'; readonly bytes: Uint8Array }
  | { readonly kind: 'shared' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'gone' }
  | TechnicalFailure

/** The message is not made: a file of it cannot be laid. Whoever sends tells the case of an outage. */
export class FilesAway extends Error {
  readonly failure: TechnicalFailure

  constructor(failure: TechnicalFailure) {
    super(`Files cannot be laid: ${failure.code}.`)
    this.name = 'FilesAway'
    this.failure = failure
  }
}

/** Two sides of one ledger reach the same store. */
export const sharedFiles: FileCarriage = {
  lay: async (sha256, bytes) => ({ sha256, size: bytes.length, mediaType: mediaTypeOf(bytes) }),
  fetch: async () => ({ kind: 'shared' }),
}

/** A scan of a page has about 300 KB: sixty of them in one message would be more than gateways take, so only what is smaller goes inside. */
const inlineUpTo = 128 * 1024

export function carriedFiles(service: TemporaryFiles): FileCarriage {
  return {
    async lay(sha256, bytes) {
      const facts = { sha256, size: bytes.length, mediaType: mediaTypeOf(bytes) }
      if (bytes.length <= inlineUpTo) return { ...facts, content: Buffer.from(bytes).toString('base64') }
      const laid = await service.lay({ name: sha256, mediaType: facts.mediaType, content: bytes })
      if (laid.kind !== 'laid') throw new FilesAway(laid)
      return { ...facts, place: laid.place }
    },
    async fetch({ sha256, size, content, place }) {
      if (content === undefined && place === undefined) return { kind: 'gone' }
      const given =
        content === undefined ? await service.fetch(place ?? '') : { kind: 'found' as const, content: Buffer.from(content, 'base64') }
      if (given.kind !== 'found') return given
      const isWhole = given.content.length === size && digestOf(given.content) === sha256
      return isWhole ? { kind: 'found', bytes: given.content } : { kind: 'damaged' }
    },
  }
}

/** What is no scan is a signature, which is JSON. */
const mediaTypeOf = (bytes: Uint8Array): string => scanTypeOf(bytes) ?? 'application/json'

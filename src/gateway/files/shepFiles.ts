import { randomUUID } from 'node:crypto'
import type { CallOptions, TechnicalFailure } from '../failure.ts'
import { technicalFailure } from '../failures.ts'
import type { ShepClient } from '../shep/client/client.ts'
import { layFor, type TemporaryFiles } from './temporaryFiles.ts'
import {
  type DownloadResult,
  readTempStorageResponse,
  type TempStorageRequest,
  type TempStorageResponse,
  tempStorageRequest,
  tempStorageService,
} from './tempStorage.ts'

interface FilesParts {
  /** Of SyncChannel. */
  readonly client: ShepClient
  readonly credentials: { readonly senderId: string; readonly password?: string }
  /** RFC 3339. */
  readonly now: () => string
}

/** The temporary-file service behind the gateway: one file a call, so that one that is too large keeps no other back. */
export function shepFiles(parts: FilesParts): TemporaryFiles {
  return {
    async lay({ name, mediaType, content }, options) {
      const file = { process: randomUUID(), name, content, mime: mediaType, lifeTimeMs: layFor, needToBeConfirmed: false }
      const said = await ask(parts, { type: 'UPLOAD', credentials: parts.credentials, files: [file] }, options)
      if ('kind' in said) return said
      const [result] = said.type === 'UPLOAD' ? said.results : []
      if (result?.identifier !== undefined) return { kind: 'laid', place: result.identifier }
      // A file that is too large will be too large the next time too; a service that is full may have room then.
      return technicalFailure('remote-service-error', result?.status.code !== 'TOO_LARGE')
    },
    async fetch(place, options) {
      const said = await ask(parts, { type: 'DOWNLOAD', credentials: parts.credentials, identifiers: [place] }, options)
      if ('kind' in said) return said
      const result: DownloadResult | undefined = 'results' in said && said.type !== 'UPLOAD' ? said.results[0] : undefined
      if (result?.content !== undefined) return { kind: 'found', content: result.content }
      return result?.status.code === 'NOT_FOUND' ? { kind: 'gone' } : technicalFailure('remote-service-error')
    },
  }
}

async function ask(
  { client, now }: FilesParts,
  request: TempStorageRequest,
  options?: CallOptions,
): Promise<TempStorageResponse | TechnicalFailure> {
  const question = {
    messageId: randomUUID(),
    messageDate: now(),
    serviceId: tempStorageService,
    properties: [],
    data: tempStorageRequest(request),
  }
  // Content of scans is personal: what passes here is kept in no journal.
  const said = await client.call('SendMessage', question, options?.signal ? { signal: options.signal } : {})
  if (said.kind !== 'answer') {
    const { kind, code, text, retryable } = said
    return { kind, code, text, retryable }
  }
  return readTempStorageResponse(said.response.data) ?? technicalFailure('remote-service-error')
}

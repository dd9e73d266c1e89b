import {
  type DownloadResult,
  type ProcessStatus,
  readTempStorageRequest,
  type TempStorageRequest,
  tempStorageResponse,
  tempStorageService,
  type Upload,
  type UploadResult,
} from '../../gateway/files/tempStorage.ts'
import { PayloadWrong, type SyncService } from '../services/service.ts'
import type { FileStore, LaidFile } from './store.ts'

const fine: ProcessStatus = { code: 'OK', message: '' }

/** The service by which large files travel beside the messages: laid in for a while, fetched by whoever knows the identifier. */
export function temporaryFiles(files: FileStore): SyncService {
  return {
    services: [tempStorageService],
    async answer({ data, sender }) {
      const request = readTempStorageRequest(data)
      if (typeof request === 'string') throw new PayloadWrong('tempStorage', { why: request })
      return { kind: 'data', data: tempStorageResponse(await serve(request, sender, files)) }
    },
  }
}

async function serve(request: TempStorageRequest, sender: string, files: FileStore) {
  if (request.type === 'UPLOAD') {
    const results: UploadResult[] = []
    for (const file of request.files) results.push(await lay(file, sender, files))
    return { type: request.type, results, status: overall(results) }
  }
  const { type, identifiers } = request
  const results: DownloadResult[] = []
  for (const identifier of identifiers) results.push(await bring(type, identifier, files))
  return { type, results, status: overall(results) }
}

const overall = (results: readonly { readonly status: ProcessStatus }[]): ProcessStatus =>
  results.find(({ status }) => status.code !== fine.code)?.status ?? fine

async function lay(file: Upload, owner: string, files: FileStore): Promise<UploadResult> {
  const { process, name, content, mime = 'application/octet-stream', lifeTimeMs: lifeMs } = file
  const laid = await files.lay({ owner, name, mime, content, lifeMs })
  if (laid === 'tooLarge') return { process, status: { code: 'TOO_LARGE', message: `${content.length}` } }
  if (laid === 'full') return { process, status: { code: 'FULL', message: '' } }
  return { process, status: fine, identifier: laid.id, lifeTimeMs: Date.parse(laid.until) - Date.parse(laid.laidAt) }
}

async function bring(type: Exclude<TempStorageRequest['type'], 'UPLOAD'>, identifier: string, files: FileStore): Promise<DownloadResult> {
  const found = type === 'DOWNLOAD' ? await files.fetch(identifier) : null
  const file = found?.file ?? (type === 'DOWNLOAD' ? null : await files.confirm(identifier, type === 'CONFIRM'))
  if (file === null) return { status: { code: 'NOT_FOUND', message: '' }, identifier }
  const content = found === null ? {} : { content: found.content }
  return { status: fine, identifier, ...content, meta: metaOf(file) }
}

const metaOf = ({ name, mime, laidAt, until, size }: LaidFile) => ({ name, mime, uploadDate: laidAt, expirationTime: until, size })

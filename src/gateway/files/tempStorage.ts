import { attributeOf, elementsOf, textOf, type XmlElement } from '../../xml/tree.ts'
import { element, type Markup, optional } from '../../xml/write.ts'

/**
 * The wire of the temporary-file service (`EDS_TEMP_FILES` over SyncChannel): what stands in `data` of its requests and answers, for both sides. Names
 * and nesting are those of public clients of the service, who write the members of a request in different orders and with or without
 * the namespace: both are read. What `status` holds is nowhere public: code and message are ours.
 */
export const tempStorageService = 'EDS_TEMP_FILES'
export const tempStorageNamespace = 'http://egov.bee.kz/eds/tempstorage/v2/'

export interface Upload {
  /** The sender's own name of the file within this request. */
  readonly process: string
  readonly name: string
  readonly content: Uint8Array
  readonly mime?: string
  /** Milliseconds; clients ask for eight hours. */
  readonly lifeTimeMs: number
  readonly needToBeConfirmed: boolean
}

interface Credentials {
  readonly senderId: string
  readonly password?: string
}
export type TempStorageRequest = { readonly credentials: Credentials } & (
  | { readonly type: 'UPLOAD'; readonly files: readonly Upload[] }
  | { readonly type: 'DOWNLOAD' | 'CONFIRM' | 'GET_FILE_INFO'; readonly identifiers: readonly string[] }
)

export interface ProcessStatus {
  /** `OK`; else ours: `NOT_FOUND`, `TOO_LARGE`, `FULL`, `WRONG_CONTENT`. */
  readonly code: string
  readonly message: string
}

export interface FileInfo {
  readonly name: string
  readonly mime?: string
  /** RFC 3339. */
  readonly uploadDate: string
  readonly expirationTime: string
  readonly size: number
}

export interface UploadResult {
  readonly process: string
  readonly status: ProcessStatus
  readonly identifier?: string
  readonly lifeTimeMs?: number
}
export interface DownloadResult {
  readonly status: ProcessStatus
  readonly identifier: string
  readonly content?: Uint8Array
  readonly meta?: FileInfo
}
export type TempStorageResponse =
  | { readonly type: 'UPLOAD'; readonly results: readonly UploadResult[]; readonly status: ProcessStatus }
  | { readonly type: 'DOWNLOAD' | 'CONFIRM' | 'GET_FILE_INFO'; readonly results: readonly DownloadResult[]; readonly status: ProcessStatus }

/** The element `data` of a request. */
export function tempStorageRequest(request: TempStorageRequest): Markup {
  const inside =
    request.type === 'UPLOAD'
      ? element('uploadRequest', {}, ...request.files.map(uploadMarkup))
      : element(members[request.type].request, {}, ...request.identifiers.map((id) => element('fileIdentifiers', {}, id)))
  const { senderId, password } = request.credentials
  const credentials = element('credentials', {}, element('senderId', {}, senderId), optional('password', password))
  return element('data', {}, element('t:tempStorageRequest', declared, element('type', {}, request.type), inside, credentials))
}

/** The element `data` of an answer. */
export function tempStorageResponse(response: TempStorageResponse): Markup {
  const results = response.type === 'UPLOAD' ? response.results.map(uploadResult) : response.results.map(downloadResult(response.type))
  const inside = element(members[response.type].response, {}, ...results, statusMarkup(response.status))
  return element('data', {}, element('t:tempStorageResponse', declared, element('type', {}, response.type), inside))
}

/** The request in `data`; a text says in English what is wrong with it. */
export function readTempStorageRequest(data: XmlElement): TempStorageRequest | string {
  const request = only(data, 'tempStorageRequest')
  if (request === null) return 'data holds one tempStorageRequest'
  const type = text(request, 'type')?.trim()
  const from = find(request, 'credentials')
  const senderId = from === null ? undefined : text(from, 'senderId')
  if (from === null || senderId === undefined) return 'credentials/senderId is missing'
  const credentials = { senderId, ...given('password', text(from, 'password')) }
  if (type === 'UPLOAD') {
    const files = uploadsIn(request)
    return typeof files === 'string' ? files : { type, credentials, files }
  }
  if (type !== 'DOWNLOAD' && type !== 'CONFIRM' && type !== 'GET_FILE_INFO')
    return 'type is none of UPLOAD, DOWNLOAD, CONFIRM, GET_FILE_INFO'
  const name = members[type].request
  const asked = find(request, name)
  const identifiers = asked === null ? [] : all(asked, 'fileIdentifiers').map((one) => textOf(one).trim())
  return identifiers.length === 0 ? `${name}/fileIdentifiers is missing` : { type, credentials, identifiers }
}

/** The answer in `data`; null: it cannot be understood. */
export function readTempStorageResponse(data: XmlElement): TempStorageResponse | null {
  const response = only(data, 'tempStorageResponse')
  const type = response === null ? undefined : text(response, 'type')?.trim()
  if (response === null || (type !== 'UPLOAD' && type !== 'DOWNLOAD' && type !== 'CONFIRM' && type !== 'GET_FILE_INFO')) return null
  const inside = find(response, members[type].response)
  if (inside === null) return null
  const results = all(inside, members[type].result)
  const status = readStatus(find(inside, 'status'))
  return type === 'UPLOAD' ? { type, results: results.map(readUpload), status } : { type, results: results.map(readDownload), status }
}

const declared = { 'xmlns:t': tempStorageNamespace }
const members = {
  UPLOAD: { request: 'uploadRequest', response: 'uploadResponse', result: 'uploadFileResults' },
  DOWNLOAD: { request: 'downloadRequest', response: 'downloadResponse', result: 'fileDownloadResults' },
  CONFIRM: { request: 'confirmRequest', response: 'confirmResponse', result: 'fileConfirmResults' },
  GET_FILE_INFO: { request: 'getFileInfoRequest', response: 'getFileInfoResponse', result: 'fileInfoResults' },
} as const

const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

const uploadMarkup = (file: Upload) =>
  element(
    'fileUploadRequests',
    {},
    element('fileProcessIdentifier', {}, file.process),
    element('name', {}, file.name),
    element('content', {}, base64(file.content)),
    optional('mime', file.mime),
    element('lifeTime', {}, String(file.lifeTimeMs)),
    element('needToBeConfirmed', {}, String(file.needToBeConfirmed)),
  )

const statusMarkup = ({ code, message }: ProcessStatus) => element('status', {}, element('code', {}, code), element('message', {}, message))

const uploadResult = ({ process, status, identifier, lifeTimeMs }: UploadResult) =>
  element(
    members.UPLOAD.result,
    {},
    element('fileProcessIdentifier', {}, process),
    statusMarkup(status),
    optional('fileIdentifier', identifier),
    optional('lifeTime', lifeTimeMs?.toString()),
  )

const downloadResult =
  (type: 'DOWNLOAD' | 'CONFIRM' | 'GET_FILE_INFO') =>
  ({ status, identifier, content, meta }: DownloadResult) =>
    element(
      members[type].result,
      {},
      statusMarkup(status),
      element('fileIdentifier', {}, identifier),
      content === undefined ? null : element('content', {}, base64(content)),
      meta === undefined ? null : metaMarkup(meta),
    )

const metaMarkup = ({ name, mime, uploadDate, expirationTime, size }: FileInfo) =>
  element(
    'meta',
    {},
    element('name', {}, name),
    optional('mime', mime),
    element('uploadDate', {}, uploadDate),
    element('expirationTime', {}, expirationTime),
    element('size', {}, String(size)),
  )

const either = (element: XmlElement, name: string) => element.local === name && ['', tempStorageNamespace].includes(element.namespace)
const find = (parent: XmlElement, name: string): XmlElement | null => elementsOf(parent).find((one) => either(one, name)) ?? null
const all = (parent: XmlElement, name: string): XmlElement[] => elementsOf(parent).filter((one) => either(one, name))
const text = (parent: XmlElement, name: string): string | undefined => {
  const found = find(parent, name)
  return found === null ? undefined : textOf(found)
}
const given = <Name extends string, T>(name: Name, value: T | undefined) => (value === undefined ? {} : { [name]: value })

/** The one element in `data`, or `data` itself where its `xsi:type` says so. */
function only(data: XmlElement, name: string): XmlElement | null {
  const type = attributeOf(data, 'http://www.w3.org/2001/XMLSchema-instance', 'type')
  if (type?.split(':').at(-1)?.toLowerCase() === name.toLowerCase()) return data
  const inside = elementsOf(data)
  return inside.length === 1 && inside[0] !== undefined && either(inside[0], name) ? inside[0] : null
}

function uploadsIn(request: XmlElement): Upload[] | string {
  const upload = find(request, 'uploadRequest')
  const files: Upload[] = []
  for (const one of upload === null ? [] : all(upload, 'fileUploadRequests')) {
    const [process, name, content, life] = ['fileProcessIdentifier', 'name', 'content', 'lifeTime'].map((member) => text(one, member))
    const bytes = bytesOf(content ?? '')
    const lifeTimeMs = Number(life?.trim())
    if (process === undefined || name === undefined || content === undefined) return 'a file has fileProcessIdentifier, name and content'
    if (bytes === null) return 'content is no base64'
    if (!Number.isInteger(lifeTimeMs) || lifeTimeMs < 1) return 'lifeTime is a number of milliseconds'
    const needToBeConfirmed = /^\s*(true|1)\s*$/.test(text(one, 'needToBeConfirmed') ?? '')
    files.push({ process, name, content: bytes, ...given('mime', text(one, 'mime')), lifeTimeMs, needToBeConfirmed })
  }
  return files.length === 0 ? 'uploadRequest/fileUploadRequests is missing' : files
}

/** Strict: what is cut short or holds other signs would otherwise become a file that nobody sent. */
function bytesOf(content: string): Uint8Array | null {
  const signs = content.replaceAll(/\s+/g, '')
  return signs.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(signs) ? Buffer.from(signs, 'base64') : null
}

function readStatus(element: XmlElement | null): ProcessStatus {
  if (element === null) return { code: '', message: '' }
  return { code: (text(element, 'code') ?? textOf(element)).trim(), message: text(element, 'message') ?? '' }
}

function readUpload(result: XmlElement): UploadResult {
  const life = Number(text(result, 'lifeTime'))
  return {
    process: text(result, 'fileProcessIdentifier') ?? '',
    status: readStatus(find(result, 'status')),
    ...given('identifier', text(result, 'fileIdentifier')?.trim()),
    ...given('lifeTimeMs', Number.isInteger(life) && life > 0 ? life : undefined),
  }
}

function readDownload(result: XmlElement): DownloadResult {
  const content = text(result, 'content')
  const bytes = content === undefined ? undefined : (bytesOf(content) ?? undefined)
  const meta = find(result, 'meta')
  return {
    status: readStatus(find(result, 'status')),
    identifier: text(result, 'fileIdentifier')?.trim() ?? '',
    ...given('content', bytes),
    ...given('meta', meta === null ? undefined : readMeta(meta)),
  }
}

const readMeta = (meta: XmlElement): FileInfo => ({
  name: text(meta, 'name') ?? '',
  ...given('mime', text(meta, 'mime')),
  uploadDate: text(meta, 'uploadDate')?.trim() ?? '',
  expirationTime: text(meta, 'expirationTime')?.trim() ?? '',
  size: Number(text(meta, 'size')),
})

import { type AnyRequest, answers, anyRequest, basicsSign, heartbeat, modules } from '../../seal/ncalayer/protocol.ts'

/** What is to be signed, by whichever of the two modules it was asked. */
export interface SigningWish {
  readonly format: 'cms' | 'xml' | 'raw'
  /** As they came: base64, or XML as text. */
  readonly documents: readonly string[]
  readonly decode: boolean
  readonly encapsulate: boolean
  readonly digested: boolean
  readonly timeStamp: boolean
  readonly outputCert: boolean
  readonly signer: { readonly usages: readonly string[]; readonly iin: string; readonly bin: string; readonly serial: string }
  readonly locale: string
}

export type Wanted =
  | { readonly kind: 'heartbeat' }
  /** Answered at once. */
  | { readonly kind: 'answer'; readonly answer: object }
  | { readonly kind: 'tokens' }
  | { readonly kind: 'keyInfo' }
  | { readonly kind: 'locale'; readonly locale: string }
  /** `answerOf`: how the module that was asked gives the signatures. */
  | { readonly kind: 'sign'; readonly wish: SigningWish; readonly by: 'basics' | 'commonUtils'; readonly many: boolean }

/** What a frame wants, read as strictly as the program reads it; `uuid` is to come back. `version` before 1.3 knows no `basics`. */
export function readFrame(frame: string, version: string, locale: string): { readonly wanted: Wanted; readonly uuid?: string | undefined } {
  if (frame === heartbeat) return { wanted: { kind: 'heartbeat' } }
  const request = parsed(frame)
  if (request === null) return { wanted: { kind: 'answer', answer: answers.notJson() } }
  const { uuid } = request
  if (request.module === modules.basics && !isOlder(version)) return { wanted: readBasics(request, locale), uuid }
  if (request.module === modules.commonUtils) return { wanted: readCommon(request, locale), uuid }
  return { wanted: { kind: 'answer', answer: answers.unknownModule() }, uuid }
}

/** `kz.gov.pki.knca.basics` came in 2022, with 1.3. */
export const isOlder = (version: string): boolean => Number.parseFloat(version) < 1.3

function parsed(frame: string): AnyRequest | null {
  try {
    return anyRequest.parse(JSON.parse(frame))
  } catch {
    return null
  }
}

function readBasics({ method, args }: AnyRequest, locale: string): Wanted {
  const failed = (details: string): Wanted => ({
    kind: 'answer',
    answer: answers.basicsFailed('INVOCATION_ERROR', 'An invoked method threw an exception.', details),
  })
  if (method !== 'sign') return failed(`java.lang.NoSuchMethodException: ${method}`)
  const read = basicsSign.safeParse(args)
  if (!read.success) {
    const [first] = read.error.issues
    return failed(`org.json.JSONException: JSONObject["${first?.path.join('.') ?? 'args'}"] ${first?.message ?? ''}`)
  }
  const { format, data, signingParams: how, signerParams: who } = read.data
  const many = Array.isArray(data)
  if (many && format === 'raw') return failed('org.json.JSONException: JSONObject["data"] is not a string.')
  const wish = {
    ...{ format, documents: many ? data : [data], locale: read.data.locale ?? locale },
    ...{ decode: how.decode, encapsulate: how.encapsulate, digested: how.digested, outputCert: how.outputCert },
    timeStamp: how.tsaProfile != null,
    signer: { usages: who.extKeyUsageOids, iin: who.iin, bin: who.bin, serial: who.serialNumber },
  }
  return { kind: 'sign', wish, by: 'basics', many }
}

const signDocuments = '1.3.6.1.5.5.7.3.4'
const signIn = '1.3.6.1.5.5.7.3.2'

/** By position, as `commonUtils` takes its arguments. */
function readCommon({ method, args }: AnyRequest, locale: string): Wanted {
  const given: readonly unknown[] = Array.isArray(args) ? args : []
  const [storage, keyType, data, attach] = given
  const mismatch: Wanted = {
    kind: 'answer',
    answer: answers.commonFailed(`java.lang.IllegalArgumentException: argument type mismatch. Method: ${method}`),
  }
  if (method === 'getActiveTokens') return { kind: 'tokens' }
  if (method === 'changeLocale') return typeof storage === 'string' ? { kind: 'locale', locale: storage } : mismatch
  if (method === 'getKeyInfo') return typeof storage === 'string' ? { kind: 'keyInfo' } : mismatch
  const how = commonMethods[method]
  if (how === undefined) {
    return { kind: 'answer', answer: answers.commonFailed(`java.lang.NoSuchMethodException: ${method}`) }
  }
  const documents = how.many && Array.isArray(data) ? data : [data]
  if (typeof storage !== 'string' || typeof keyType !== 'string' || !documents.every((one) => typeof one === 'string')) return mismatch
  if (how.attachable && attach !== undefined && typeof attach !== 'boolean') return mismatch
  const usages = keyType === 'SIGNATURE' ? [signDocuments] : keyType === 'AUTHENTICATION' ? [signIn] : []
  const wish: SigningWish = {
    ...{ format: how.format, documents, decode: true, encapsulate: attach === true, digested: how.digested, timeStamp: how.timeStamp },
    ...{ outputCert: false, signer: { usages, iin: '', bin: '', serial: '' }, locale },
  }
  return { kind: 'sign', wish, by: 'commonUtils', many: how.many }
}

interface CommonMethod {
  readonly format: 'cms' | 'xml'
  readonly many: boolean
  readonly digested: boolean
  readonly timeStamp: boolean
  readonly attachable: boolean
}

const cms = { format: 'cms', many: false, digested: false, timeStamp: false, attachable: true } as const // the literal, not any text
const xml = { format: 'xml', many: false, digested: false, timeStamp: false, attachable: false } as const // the literal, not any text

const commonMethods: Readonly<Record<string, CommonMethod>> = {
  createCAdESFromBase64: cms,
  createCAdESFromBase64Hash: { ...cms, digested: true, attachable: false },
  createCMSSignatureFromBase64: { ...cms, timeStamp: true },
  signXml: xml,
  signXmls: { ...xml, many: true },
}

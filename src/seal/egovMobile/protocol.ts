import { z } from 'zod'
import { cmsFromText } from '../ncalayer/cms.ts'

/**
 * Signing with eGov Mobile: a page shows a QR code, the phone asks the address in it (API 1) what is to be signed and where, fetches the documents there
 * (API 2, GET) and sends the same JSON back with signatures in the place of the documents (API 2, PUT). Shapes by the published description of the
 * service (passport NITEC-S-5096). Addresses must be on the list that the operator of eGov Mobile keeps.
 */
export interface LocalName {
  readonly kk: string
  readonly ru?: string
  readonly en?: string
}

export interface PhoneQuestion {
  readonly description: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly organisation: { readonly name: LocalName; readonly bin: string }
  /** API 2. */
  readonly uri: string
  readonly token: string
}

/** The text of the code. */
export const codeText = (api1: string): string => `mobileSign:${api1}`

/** Opens the application on the very phone that shows the page. */
export const launchLink = (api1: string): string =>
  `https://m.egov.kz/mobileSign?link=${encodeURIComponent(api1)}&isi=1476128386&ibi=kz.egov.mobile&apn=kz.mobile.mgov`

/** Answer of API 1. */
export function firstAnswer({ description, expiresAt, organisation: { name, bin }, uri, token }: PhoneQuestion) {
  return {
    description,
    expiry_date: expiry(expiresAt),
    organisation: { ...named(name), bin },
    document: { uri, auth_type: 'Token', auth_token: token },
  }
}

const named = ({ kk, ru, en }: LocalName) => ({ nameRu: ru ?? kk, nameKz: kk, nameEn: en ?? ru ?? kk })

/** `2019-08-21T10:25:30.12+0600`: hundredths, and an offset without a colon. */
function expiry(at: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Asia/Almaty')
  return `${local.toPlainDateTime().toString({ fractionalSecondDigits: 2 })}${local.offset.replace(':', '')}`
}

export interface PhoneDocument {
  readonly id: number
  readonly name: LocalName
  readonly meta: readonly { readonly name: string; readonly value: string }[]
  readonly bytes: Uint8Array
}

/** What the phone is asked for over each document: `CMS_SIGN_ONLY` a detached CMS, `CMS_WITH_DATA` one that holds the document, `XML` an enveloped signature in it. */
export const signMethods = ['CMS_SIGN_ONLY', 'CMS_WITH_DATA', 'XML'] as const
export type SignMethod = (typeof signMethods)[number]

/** Answer of API 2 to GET. The bytes of a document for `XML` are that XML. */
export function documentsAnswer(signMethod: SignMethod, documents: readonly PhoneDocument[]) {
  return {
    signMethod,
    documentsToSign: documents.map(({ id, name, meta, bytes }) => ({ id, ...named(name), meta, ...contentOf(signMethod, bytes) })),
  }
}

const contentOf = (signMethod: SignMethod, bytes: Uint8Array) =>
  signMethod === 'XML'
    ? { documentXml: new TextDecoder().decode(bytes) }
    : { document: { file: { mime: '', data: Buffer.from(bytes).toString('base64') } } }

const id = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
const many = <Document extends z.ZodType>(document: Document) => z.array(document).min(1).max(50)
/** Neither a signature nor a statement with one is near this many characters. */
const text = z.string().max(1_000_000)

/** What the phone sends by PUT: what it was given, with signatures in the place of the data. Members of newer versions are passed over. */
export const signedByPhone = z.discriminatedUnion('signMethod', [
  z.looseObject({
    signMethod: z.enum(['CMS_SIGN_ONLY', 'CMS_WITH_DATA']),
    documentsToSign: many(z.looseObject({ id, document: z.looseObject({ file: z.looseObject({ data: text }) }) })),
  }),
  z.looseObject({ signMethod: z.literal('XML'), documentsToSign: many(z.looseObject({ id, documentXml: text })) }),
])

/** The signature that the phone put in the place of the one document (`id` 1): DER of a CMS, or the signed XML. null: there is none, or it is by another method than was asked for. */
export function signatureIn(method: SignMethod, body: unknown): Uint8Array | null {
  const read = signedByPhone.safeParse(body)
  if (!read.success || read.data.signMethod !== method || read.data.documentsToSign.length > 1) return null
  if (read.data.signMethod === 'XML') {
    const [only] = read.data.documentsToSign
    return only?.id === 1 ? Buffer.from(only.documentXml, 'utf8') : null
  }
  const [only] = read.data.documentsToSign
  return only?.id === 1 ? cmsFromText(only.document.file.data) : null
}

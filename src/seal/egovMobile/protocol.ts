import { z } from 'zod'

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

/** Answer of API 2 to GET: detached CMS is asked for over each document. */
export function documentsAnswer(documents: readonly PhoneDocument[]) {
  return {
    signMethod: 'CMS_SIGN_ONLY',
    documentsToSign: documents.map(({ id, name, meta, bytes }) => ({
      ...{ id, ...named(name), meta },
      document: { file: { mime: '', data: Buffer.from(bytes).toString('base64') } },
    })),
  }
}

/** What the phone sends by PUT: what it was given, with signatures in the place of the data. Members of newer versions are passed over. */
export const signedByPhone = z.looseObject({
  signMethod: z.literal('CMS_SIGN_ONLY'),
  documentsToSign: z
    .array(
      z.looseObject({
        id: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]),
        document: z.looseObject({ file: z.looseObject({ data: z.string().max(200_000) }) }),
      }),
    )
    .min(1)
    .max(50),
})

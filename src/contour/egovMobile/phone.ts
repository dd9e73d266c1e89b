import { z } from 'zod'
import { type SignMethod, signMethods } from '../../seal/egovMobile/protocol.ts'
import type { Identity } from '../ncalayer/keys.ts'
import type { Signing } from '../ncalayer/sign.ts'

/** One request of the phone; throws where nobody answers. */
export type Call = (request: Request) => Promise<Response> | Response

export interface PhoneParts {
  readonly call: Call
  readonly signing: Signing
  /** Milliseconds since 1970 by the phone's clock. */
  readonly machine: () => number
  /** The operator of eGov Mobile keeps a list of addresses: others are not gone to. */
  readonly isListed: (address: URL) => boolean
}

const names = { nameRu: z.string(), nameKz: z.string(), nameEn: z.string() }

const firstAnswer = z.looseObject({
  description: z.string(),
  expiry_date: z.string(),
  organisation: z.looseObject({ ...names, bin: z.string().regex(/^\d{12}$/) }),
  document: z.looseObject({ uri: z.url(), auth_type: z.enum(['Token', 'Eds', 'None']), auth_token: z.string().optional() }),
})
const meta = z.array(z.looseObject({ name: z.string(), value: z.string() }))
const secondAnswer = z.looseObject({
  signMethod: z.enum(signMethods),
  documentsToSign: z
    .array(
      z.looseObject({
        ...{ id: z.union([z.int(), z.string()]), ...names, meta },
        documentXml: z.string().optional(),
        document: z.looseObject({ file: z.looseObject({ mime: z.string(), data: z.base64() }) }).optional(),
      }),
    )
    .min(1),
})

export interface Opened {
  readonly kind: 'opened'
  readonly question: z.infer<typeof firstAnswer>
  readonly asked: z.infer<typeof secondAnswer>
}

/**
 * Why the phone shows nothing to sign, or was not believed: `notCode` no text of such a code; `notListed` an address that the operator does not know;
 * `noAnswer`; `refused` by its status; `odd` an answer of another shape; `late` the time of the code is over; `signIn`: it would have to be signed in with a key first.
 */
export interface Failed {
  readonly kind: 'failed'
  readonly why: 'notCode' | 'notListed' | 'noAnswer' | 'refused' | 'odd' | 'late' | 'signIn'
  readonly status?: number
  /** What the other side said. */
  readonly message?: string
}

const failed = (why: Failed['why'], more: Omit<Failed, 'kind' | 'why'> = {}): Failed => ({ kind: 'failed', why, ...more })

/** Scans a code: asks its address what is to be signed (API 1), and fetches that (API 2). */
export async function openCode(text: string, parts: PhoneParts): Promise<Opened | Failed> {
  const address = URL.parse(/^mobileSign:(.+)$/.exec(text.trim())?.[1] ?? '')
  if (address === null) return failed('notCode')
  if (!parts.isListed(address)) return failed('notListed')
  const first = await ask(parts.call, new Request(address), firstAnswer)
  if ('kind' in first) return first
  const until = Date.parse(first.read.expiry_date.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))
  if (Number.isNaN(until)) return failed('odd')
  if (until <= parts.machine()) return failed('late')
  if (first.read.document.auth_type === 'Eds') return failed('signIn')
  const documents = new URL(first.read.document.uri)
  if (!parts.isListed(documents)) return failed('notListed')
  const second = await ask(parts.call, new Request(documents, { headers: bearerOf(first.read) }), secondAnswer)
  if ('kind' in second) return second
  const isWhole = second.read.documentsToSign.every(({ document, documentXml }) =>
    second.read.signMethod === 'XML' ? documentXml !== undefined : document !== undefined,
  )
  return isWhole ? { kind: 'opened', question: first.read, asked: second.read } : failed('odd')
}

/** Signs what was opened and sends it back (API 2, PUT). */
export async function signOpened({ question, asked }: Opened, identity: Identity, parts: PhoneParts): Promise<{ kind: 'taken' } | Failed> {
  const documentsToSign = await Promise.all(
    asked.documentsToSign.map(async (one) => ({ ...one, ...(await signed(one, asked.signMethod, identity, parts.signing)) })),
  )
  const headers = { 'content-type': 'application/json', ...bearerOf(question) }
  const body = JSON.stringify({ ...asked, documentsToSign })
  const sent = await ask(parts.call, new Request(question.document.uri, { method: 'PUT', headers, body }), z.unknown())
  return 'kind' in sent ? sent : { kind: 'taken' }
}

const bearerOf = ({ document: { auth_type, auth_token } }: Opened['question']): Record<string, string> =>
  auth_type === 'Token' ? { authorization: `Bearer ${auth_token ?? ''}` } : {}

async function signed(
  { document, documentXml }: Opened['asked']['documentsToSign'][number],
  method: SignMethod,
  identity: Identity,
  signing: Signing,
) {
  if (document === undefined || method === 'XML') return { documentXml: await signing.xml(identity, documentXml ?? '') }
  const content = Buffer.from(document.file.data, 'base64')
  const cms = await signing.cms(identity, content, { encapsulate: method === 'CMS_WITH_DATA', digested: false, timeStamp: false })
  return { document: { ...document, file: { ...document.file, data: Buffer.from(cms).toString('base64') } } }
}

async function ask<Shape extends z.ZodType>(
  call: Call,
  request: Request,
  shape: Shape,
): Promise<{ readonly read: z.infer<Shape> } | Failed> {
  const answer = await Promise.resolve(call(request)).catch(() => null)
  if (answer === null) return failed('noAnswer')
  const body: unknown = await answer.json().catch(() => null)
  if (!answer.ok) {
    const said = z.looseObject({ message: z.string() }).safeParse(body)
    return failed('refused', { status: answer.status, ...(said.success ? { message: said.data.message } : {}) })
  }
  const read = shape.safeParse(body)
  return read.success ? { read: read.data } : failed('odd')
}

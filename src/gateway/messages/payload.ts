import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../../ledger/canonical.ts'

/**
 * What travels between two workstations, `qyzmet.message/1`. Close to the ministry's education message: the documents that are missing stand
 * apart from the grounds of a refusal, both in Kazakh and Russian. A field that older nodes lack needs a new version of the format.
 */
const instant = z.iso.datetime({ offset: true })
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const iin = z.string().regex(/^\d{12}$/)
const words = z.string().min(1).max(4000)
const bilingual = z.strictObject({ kk: words, ru: words })
const personName = { surname: words, name: words, patronymic: words.optional() }

const file = z.strictObject({
  sha256,
  size: z.number().int().min(0),
  mediaType: z.string(),
  place: z.string().optional().describe('identifier in the temporary-file service; absent: both nodes reach the same store'),
})

const seal = z.strictObject({
  algorithm: z.string(),
  certificate: z.string().describe('PEM'),
  value: z.base64().describe('detached signature'),
  signedAt: instant,
  digest: sha256.describe('of the canonical JSON that was signed'),
})

const head = {
  format: z.literal('qyzmet.message/1'),
  message: z.string().min(1).max(200).describe("the sender's own name of this message: kept when it is sent again, unique for ever"),
  law: z.strictObject({ regulation: z.string(), edition: z.string(), sha256 }).describe('the file under which the sender acted'),
  eventAt: instant.describe("time of the sender's event by its clock: the terms run from it"),
  event: z
    .strictObject({ seq: z.number().int().min(1), hash: sha256 })
    .optional()
    .describe("the sender's event that caused this message"),
  case: z.strictObject({ home: z.number().int().min(0), number: z.string() }),
}

const handedDocument = z.strictObject({
  id: z.string().describe('document of the Standard'),
  presented: z.enum(['original', 'copy', 'copyWithOriginal', 'digital']),
  pages: z.number().int().min(1),
  count: z.number().int().min(1),
  validUntil: z.iso.date().optional(),
  file: file.optional(),
})

/** REQUEST: a signed application with its documents. */
export const applicationPayload = z.strictObject({
  kind: z.literal('application'),
  ...head,
  service: z.string(),
  channel: z.string(),
  providerBin: z.string().regex(/^\d{12}$/),
  applicant: z.strictObject({
    iin,
    ...personName,
    phone: z.string().optional(),
    email: z.string().optional(),
    address: z.string().optional(),
  }),
  representative: z
    .strictObject({
      iin,
      ...personName,
      powerOfAttorney: z.strictObject({ number: z.string(), date: z.iso.date(), notary: z.string(), validUntil: z.iso.date().optional() }),
    })
    .optional(),
  asks: z.string(),
  holds: z.boolean(),
  answerIn: z.enum(['kk', 'ru']),
  consent: z.strictObject({ form: z.enum(['written', 'eds', 'phone']), at: instant }),
  registerExchange: z.string().optional().describe('the answer of the register of individuals on which it stands'),
  documents: z.array(handedDocument).max(60),
  operator: z.strictObject({ iin, name: words, organisationBin: z.string().regex(/^\d{12}$/) }),
  seal,
})

/** NOTIFICATION: where the case is; it decides nothing. */
export const progressPayload = z.strictObject({
  kind: z.literal('progress'),
  ...head,
  status: z.enum(['REGISTERED', 'IN_PROGRESS']),
  registration: z.strictObject({ number: z.string(), at: instant }).optional(),
})

/** RESPONSE: the provider's decision, with the paper that says so. */
export const decisionPayload = z.strictObject({
  kind: z.literal('decision'),
  ...head,
  resolution: z.enum(['POSITIVE', 'NEGATIVE']),
  resolvedAt: instant,
  missingDocuments: z.array(z.strictObject({ id: z.string(), title: bilingual })).default([]),
  grounds: z.array(z.strictObject({ ground: z.string(), clause: z.string(), text: bilingual, fact: words, remedy: words })).default([]),
  papers: z.array(z.strictObject({ id: z.string(), kind: z.string(), file })).default([]),
  seal: seal.optional(),
})

export const payload = z
  .discriminatedUnion('kind', [applicationPayload, progressPayload, decisionPayload])
  .refine((said) => said.kind !== 'decision' || (said.resolution === 'NEGATIVE') === said.grounds.length > 0, {
    path: ['grounds'],
    message: 'a negative decision has its grounds, and only it',
  })
  .refine(isWellFormed, {
    message: 'half a surrogate pair is no text: it has no canonical form, so nothing could be signed or told apart by it',
  })
export type Payload = z.infer<typeof payload>
export type PayloadOf<Kind extends Payload['kind']> = Extract<Payload, { kind: Kind }>

/** JSON can carry half a surrogate pair (`"\\udc00"`), which no UTF-8 holds. */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  return typeof value !== 'object' || value === null || Object.values(value).every(isWellFormed)
}

/** Hex SHA-256 of the payload's canonical JSON (RFC 8785). */
export function payloadDigest(said: Payload): string {
  return createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(said))))
    .digest('hex')
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../../ledger/canonical.ts'
import { course, iin, instant, people, personName, powerOfAttorney, sha256, terms, words } from './course.ts'

/**
 * What travels between two workstations, `qyzmet.message/1`. Close to the ministry's education message: the documents that are missing stand
 * apart from the grounds of a refusal, both in Kazakh and Russian. A field that older nodes lack needs a new version of the format.
 */
const bilingual = z.strictObject({ kk: words, ru: words })
const bin = z.string().regex(/^\d{12}$/)

const file = z
  .strictObject({
    sha256,
    size: z.number().int().min(0),
    mediaType: z.string(),
    content: z.base64().optional().describe('the bytes themselves, of a small file'),
    place: z.string().max(500).optional().describe('identifier in the temporary-file service, of a large one'),
  })
  .describe('neither content nor place: both nodes reach the same store')
export type CarriedFile = z.infer<typeof file>

const seal = z.strictObject({
  algorithm: z.string(),
  digest: sha256.describe('of the canonical JSON that was signed'),
  signer: z.string().describe('their id in `people`'),
  signed: file.describe('what was signed with its signature, as the sender keeps it'),
})

const head = {
  format: z.literal('qyzmet.message/1'),
  message: z.string().min(1).max(200).describe("the sender's own name of this message: kept when it is sent again, unique for ever"),
  law: z
    .strictObject({ regulation: z.string(), edition: z.string(), sha256, standard: sha256 })
    .describe('the files under which the sender acted: the regulation, and the Standard that it rests on'),
  eventAt: instant.describe("time of the sender's event by its clock: the terms run from it"),
  event: z
    .strictObject({ seq: z.number().int().min(1), hash: sha256 })
    .describe("the sender's event that caused this message; its hash covers their whole chain before it"),
  case: z.strictObject({ home: z.number().int().min(0), number: z.string() }),
  course: course.describe("the sender's part so far, oldest first: the receiver decides each deed again at its moment"),
  people: people.describe('who did it'),
  terms: terms.describe("the sender's terms that run: the receiver counts them itself, and takes nothing that comes out otherwise"),
}

const identity = z.strictObject({ kind: z.enum(['idCard', 'passport', 'residencePermit', 'digitalId']), number: words })

const handedDocument = z.strictObject({
  id: z.string().describe('document of the Standard'),
  presented: z.enum(['original', 'copy', 'copyWithOriginal', 'digital']),
  originalSeen: z.boolean().optional(),
  copyTaken: z.boolean().optional(),
  returned: z.boolean().optional(),
  kind: identity.shape.kind.optional(),
  number: words.optional(),
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
  location: z.enum(['local', 'nonLocal']),
  providerBin: bin,
  branchBin: bin.describe('of the organisation that received the application'),
  applicant: z.strictObject({
    iin,
    ...personName,
    position: z.string().optional(),
    workplace: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
    address: z.string().optional(),
  }),
  representative: z.strictObject({ iin, ...personName, powerOfAttorney }).optional(),
  asks: z.string(),
  holds: z.boolean(),
  answerIn: z.enum(['kk', 'ru']),
  consent: z.strictObject({ form: z.enum(['written', 'eds', 'phone']), at: instant }),
  identification: identity.optional(),
  documents: z.array(handedDocument).max(60),
  inStateSystems: z.array(z.string()).max(60).optional(),
  seal,
})

/** What the provider's examination came to, as far as it has come. */
const answer = {
  examination: z
    .array(z.strictObject({ document: z.string(), ok: z.boolean(), fact: words.optional() }))
    .max(60)
    .default([]),
  missingDocuments: z.array(z.strictObject({ id: z.string(), title: bilingual })).default([]),
  grounds: z
    .array(
      z.strictObject({
        ground: z.string(),
        document: z.string().optional(),
        clause: z.string(),
        text: bilingual,
        fact: words,
        remedy: words,
      }),
    )
    .default([]),
  seal: seal.optional(),
}

/** NOTIFICATION and UPDATE: what happened on the sender's side; it decides nothing. */
export const progressPayload = z.strictObject({
  kind: z.literal('progress'),
  ...head,
  status: z.enum(['REGISTERED', 'IN_PROGRESS', 'HANDED_OUT', 'WITHDRAWN', 'RETURNED']),
  registration: z.strictObject({ number: z.string(), at: instant }).optional(),
  ...answer,
  receiver: z
    .strictObject({
      who: z.enum(['self', 'representative']),
      document: identity,
      representative: z.strictObject({ ...personName, powerOfAttorney }).optional(),
      receiptShown: z.boolean(),
    })
    .optional()
    .describe('to whom the answer was handed out'),
})

/** RESPONSE: the provider gives the case back, decided or not. */
export const decisionPayload = z.strictObject({
  kind: z.literal('decision'),
  ...head,
  resolution: z.enum(['POSITIVE', 'NEGATIVE', 'WITHDRAWN', 'RETURNED']),
  resolvedAt: instant,
  ...answer,
  papers: z.array(z.strictObject({ id: z.string(), kind: z.string(), title: bilingual })).default([]),
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

/**
 * Hex SHA-256 of the payload's canonical JSON (RFC 8785), without `content` and `place` of its files: how a file travels is not what is said, its own
 * digest is. So a message that is sent again, with its files laid elsewhere, is still the same.
 */
export function payloadDigest(said: Payload): string {
  const text = JSON.stringify(said, (name, value: unknown) => (carriage.has(name) ? undefined : value))
  return createHash('sha256')
    .update(canonical(JSON.parse(text)))
    .digest('hex')
}
const carriage: ReadonlySet<string> = new Set(['content', 'place'])

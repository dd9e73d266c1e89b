import { z } from 'zod'

/**
 * What can be printed. A paper is plain data: everything that a reader sees comes from here or from the word files,
 * so the same paper always gives the same bytes. Kazakh stands first on every paper, Russian second.
 *
 * Times are RFC 3339 with an offset; the clock time is printed as written, in the zone of that offset.
 */

const line = z.string().trim().min(1).max(4000)
const moment = z.iso.datetime({ offset: true })
const count = z.int().min(0).max(9999)
/** A case or register number as it stands under its bar code, e.g. `750-191014-48213-2`. */
const number = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{2,39}$/)

/** A text in both languages of paper. Where a person wrote it in one language only, give the same text twice: it is printed once. */
export const textSchema = z.object({ kk: line, ru: line })

/** More lie in no paper: the names of their files are fixed, since Typst keeps every path for ever. */
export const mostSigners = 9

const personSchema = z.object({ name: line, post: textSchema })

const regulationSchema = z.object({
  title: textSchema.describe('The name of the service'),
  act: textSchema.describe('The act with its number, date and edition'),
  clause: line.describe('The clause under which this paper is given, e.g. 9.2'),
})

const providerSchema = z.object({ name: textSchema, address: textSchema, phone: line })

const issuerSchema = personSchema.extend({
  organisation: textSchema.describe('Stands in the letterhead'),
  address: textSchema.optional().describe('Of the issuing office, where it is not the provider itself'),
  phone: line.optional(),
})

const applicantSchema = z.object({
  name: line,
  iinMasked: line.refine((value) => !/\d{12}/.test(value), { error: 'A paper never carries a whole IIN: mask it' }),
  contacts: line.optional(),
})

const copySchema = z.object({
  reason: textSchema,
  issuedAt: moment.describe('When the first copy was given; the paper has its own issuedAt'),
})

/** Where to complain (Law 88-V article 25; Code 350-VI article 80(5)): the body, within which term, in which order. */
const complaintSchema = z.object({ body: textSchema, term: textSchema, order: textSchema, address: textSchema.optional() })

const documentSchema = z.object({
  title: textSchema,
  form: z
    .enum(['original', 'copy', 'shown', 'digital'])
    .describe('shown: seen and handed back at once; digital: from the digital documents service'),
  pages: count,
  count,
})

/** One reason of a refusal, whole: without any of the four it may not be issued. */
const findingSchema = z.object({
  ground: textSchema,
  clause: textSchema.describe('The clause that makes the ground lawful'),
  document: textSchema.optional().describe('The document that it is about, where it is about one'),
  fact: textSchema.describe('What in the file shows it'),
  remedy: textSchema.describe('What the applicant can do about it'),
})

const packageSchema = z.object({
  number: number.describe('Case number'),
  documents: count.optional(),
  sheets: count,
})

/** A person's signature as the paper shows it: read from the signed bytes and the signature that lie in the file as `statement-<n>`. */
const signatureSchema = z.object({
  file: z.int().min(1).max(mostSigners).describe('Number of its files; several who signed the same bytes together have one'),
  signs: z.enum(['request', 'answer']).describe('request: an electronic request was certified; answer: the answer was signed'),
  clause: line,
  name: line,
  post: textSchema.optional(),
  organisation: textSchema,
  certificate: z.object({ serial: line, issuer: line, from: moment, until: moment }).optional().describe('Absent where it cannot be read'),
  algorithm: line.describe('A name of the table of algorithms, or of the seal that made it'),
  at: moment,
  clock: z.enum(['authority', 'receipt']).describe('Whose clock: a time-stamping authority, or of whoever received the signature'),
  authority: line.optional().describe('The time-stamping authority'),
  receivedAt: moment,
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('Hex SHA-256 of the signed bytes'),
  test: z.boolean().describe('By a key of the simulator or of a test authority: no legal force'),
})

const onAnyPaper = {
  title: textSchema.describe('What the paper is, as the regulation names it'),
  number,
  issuedAt: moment,
  regulation: regulationSchema,
  provider: providerSchema,
  issuedBy: issuerSchema,
  copyOf: copySchema.optional(),
  invented: textSchema.optional().describe('What the act says of itself where nobody ever adopted it; stands under the letterhead'),
  demonstration: z.boolean().describe('True prints a mark on every page that the paper has no legal force'),
  signatures: z
    .array(signatureSchema)
    .min(1)
    .max(mostSigners * 2)
    .optional()
    .describe('Absent on papers that state what nobody signed'),
}

const onCasePaper = { ...onAnyPaper, applicant: applicantSchema }

export const acceptanceReceiptSchema = z.object({
  kind: z.literal('acceptanceReceipt'),
  ...onCasePaper,
  channel: textSchema,
  documents: z.array(documentSchema).min(1).max(500),
  tracker: z.object({
    link: z.url().describe('Goes into the QR code; carries the number and the secret'),
    address: line.describe('The tracker page, for those who type'),
    secret: line.describe('The secret as the reader types it'),
  }),
  latest: z
    .object({ at: moment, proof: z.array(textSchema).min(1) })
    .describe('The latest lawful moment of the result and how it was counted'),
  collect: z.object({ place: textSchema, time: textSchema }).describe('Where and when the result is handed out'),
  follow: z.array(textSchema).optional().describe('Further ways to follow the case, e.g. a call centre'),
  complaint: complaintSchema,
})

export const acceptanceRefusalSchema = z.object({
  kind: z.literal('acceptanceRefusal'),
  ...onCasePaper,
  applicantAddress: line.optional(),
  annex: line.optional().describe('Number of the annex of the Standard that gives the form'),
  basis: z.array(textSchema).min(1).describe('Legal basis of refusing to accept'),
  missing: z
    .array(z.object({ title: textSchema, why: z.enum(['absent', 'expired']), note: textSchema.optional() }))
    .min(1)
    .max(500),
  executor: z.object({ name: line, phone: line }),
  complaint: complaintSchema,
})

export const reasonedRefusalSchema = z.object({
  kind: z.literal('reasonedRefusal'),
  ...onCasePaper,
  submittedAt: moment,
  findings: z.array(findingSchema).min(1).max(100),
  complaint: complaintSchema,
  signedBy: personSchema,
})

export const resultSchema = z.object({
  kind: z.literal('result'),
  ...onCasePaper,
  submittedAt: moment,
  asks: z.object({ label: textSchema, value: textSchema }).describe('What was asked for: what the Standard calls it, and the option'),
  documents: z.array(documentSchema).min(1).max(500),
  signedBy: personSchema,
})

export const courierReceiptSchema = z.object({
  kind: z.literal('courierReceipt'),
  ...onAnyPaper,
  acceptedAt: moment,
  from: z.object({ name: line, organisation: textSchema }).describe('The courier'),
  packages: z.array(packageSchema).min(1).max(2000),
})

export const noDataNoticeSchema = z.object({
  kind: z.literal('noDataNotice'),
  ...onCasePaper,
  register: textSchema.describe('The state database that was asked'),
  askedAt: moment,
  advice: z.array(textSchema).optional().describe('What to clarify and where, beyond the general words'),
  complaint: complaintSchema.optional(),
})

export const refusalNoticeSchema = z.object({
  kind: z.literal('refusalNotice'),
  ...onCasePaper,
  submittedAt: moment,
  workstation: textSchema.describe('Where the notice was formed'),
  findings: z.array(findingSchema).min(1).max(100),
  complaint: complaintSchema,
})

export const dispatchRegisterSchema = z.object({
  kind: z.literal('dispatchRegister'),
  ...onAnyPaper,
  from: textSchema,
  to: textSchema,
  courier: z.object({ name: line }),
  packages: z
    .array(packageSchema.extend({ applicant: line.optional() }))
    .min(1)
    .max(2000),
})

export const paperSchema = z.discriminatedUnion('kind', [
  acceptanceReceiptSchema,
  acceptanceRefusalSchema,
  reasonedRefusalSchema,
  resultSchema,
  courierReceiptSchema,
  noDataNoticeSchema,
  refusalNoticeSchema,
  dispatchRegisterSchema,
])

export type Paper = z.infer<typeof paperSchema>
export type PaperKind = Paper['kind']
export type PaperOf<K extends PaperKind> = Extract<Paper, { kind: K }>
export type PaperSignature = z.infer<typeof signatureSchema>
export type PaperText = z.infer<typeof textSchema>

export const paperKinds: readonly PaperKind[] = paperSchema.options.map((option) => option.shape.kind.value)

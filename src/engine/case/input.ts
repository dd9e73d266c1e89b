import { z } from 'zod'

/**
 * What people give when they do a step. One shape for pages, API, gateway and examples; each act reads its own part.
 * Parsed at the edge: inside the engine it is trusted.
 */
const day = z.iso.date()
const words = z.string().trim().min(1).max(2000)
const short = z.string().trim().min(1).max(200)

/** In hexadecimal, as the ledger names files. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const personName = { surname: short, name: short, patronymic: short.optional() }

export const powerOfAttorney = z.strictObject({
  number: short,
  date: day,
  notary: short,
  validUntil: day.optional(),
})

const application = z.strictObject({
  iin: z.string(),
  ...personName,
  asks: z.string().describe('option of the Standard'),
  holds: z.boolean().default(false).describe('the applicant states what `holdersAre` of the Standard says'),
  position: short.optional(),
  workplace: short.optional(),
  language: z.enum(['kk', 'ru']).default('kk').describe('language of the answer'),
  representative: z.strictObject({ iin: z.string(), ...personName, powerOfAttorney }).optional(),
})

const identityKind = z.enum(['idCard', 'passport', 'residencePermit', 'digitalId'])

const handedDocument = z.strictObject({
  id: z.string().describe('document of the Standard'),
  presented: z.enum(['original', 'copy', 'copyWithOriginal', 'digital']),
  originalSeen: z.boolean().default(false),
  copyTaken: z.boolean().optional().describe('a copy was made at the desk and stays in the package'),
  returned: z.boolean().optional().describe('the original was given back at once'),
  kind: identityKind.optional().describe('which identity document, where this is one'),
  number: short.optional().describe('number of the document; personal: in the chain it stands only as a digest'),
  pages: z.number().int().min(1).max(999).default(1),
  count: z.number().int().min(1).max(99).default(1),
  validUntil: day.optional(),
  file: sha256.optional().describe('SHA-256 of the scan'),
})

const identityDocument = z.strictObject({ kind: identityKind, number: short })

export const stepInput = z.strictObject({
  application: application.optional(),
  documents: z.array(handedDocument).max(60).optional(),
  inStateSystems: z
    .array(z.string())
    .max(60)
    .optional()
    .describe('documents of the Standard that state systems hold and nobody may demand; absent: nobody has looked'),
  applicant: z.strictObject({ phone: short.optional(), email: z.email().optional(), address: short.optional() }).optional(),
  consent: z.strictObject({ given: z.boolean(), form: z.enum(['written', 'eds', 'phone']) }).optional(),
  identification: identityDocument.optional(),
  wronglyFilled: z.array(words).max(20).optional().describe('what is wrong in the application'),
  findings: z
    .array(z.strictObject({ document: z.string(), ok: z.boolean(), fact: words.optional() }))
    .max(60)
    .optional()
    .describe('the examination, document by document; a defect needs its fact'),
  refusal: z
    .strictObject({
      grounds: z
        .array(z.strictObject({ ground: z.string(), document: z.string().optional(), fact: words, remedy: words }))
        .min(1)
        .max(20),
    })
    .optional(),
  assignee: z.string().optional().describe('staff id of the performer'),
  marksChecked: words
    .optional()
    .describe('why the step is done although the register holds something against the person: what was looked at, and what it showed'),
  signature: z
    .strictObject({ signer: z.string(), digest: sha256, file: sha256.optional(), algorithm: z.string() })
    .optional()
    .describe('made by the seal port before the command is decided'),
  receiver: z
    .strictObject({
      who: z.enum(['self', 'representative']),
      document: identityDocument,
      representative: z.strictObject({ ...personName, powerOfAttorney }).optional(),
      receiptShown: z.boolean().default(false),
    })
    .optional(),
  answer: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('found'),
        person: z.record(z.string(), z.unknown()),
        marks: z.array(z.string()).optional(),
        exchange: z.string(),
      }),
      z.strictObject({ kind: z.literal('notFound'), text: z.string(), exchange: z.string() }),
      z.strictObject({
        kind: z.literal('delivered'),
        exchange: z.string(),
        receivedAt: z.string(),
        correlation: z.string().optional(),
        digest: sha256.optional(),
      }),
      z.strictObject({ kind: z.literal('technicalFailure'), code: z.string(), text: z.string(), retryAt: z.string().optional() }),
    ])
    .optional()
    .describe('what an outside system answered; only the system gives it'),
  taken: z.boolean().optional().describe('the taker confirms that what was offered was received'),
})
export type StepInput = z.infer<typeof stepInput>
export type Answer = NonNullable<StepInput['answer']>

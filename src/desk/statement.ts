import { z } from 'zod'
import type { LocalText } from '../language/translator.ts'
import type { Json } from '../ledger/ledger.ts'
import { plain } from './events.ts'

/**
 * What stands above a signature, and all of it: pages and papers show what is signed from this alone, so titles and names are in it and not only
 * codes. It has no time of signing, so that it can be made again, byte by byte, when the signature comes back; `opened` binds it to this turn of
 * the step, and a signature of a turn that was sent back fits no later one.
 *
 * `qyzmet.statement/3` holds everything that a paper prints of a decision; of `/2` only what was decided, and papers took the rest from the case.
 */
const local = z.object({ kk: z.string(), ru: z.string().optional(), en: z.string().optional() })
const person = z.record(z.string(), z.unknown())

const signer = z.object({
  id: z.string(),
  name: z.string(),
  iin: z.string(),
  role: z.string(),
  organisation: z.object({ id: z.string(), bin: z.string(), name: local }),
  acting: z
    .object({ for: z.string(), order: z.object({ number: z.string(), date: z.string() }), grant: z.string() })
    .optional()
    .describe('the right by which somebody signs for another'),
})

const document = z.object({
  id: z.string(),
  title: local,
  presented: z.string(),
  pages: z.number(),
  count: z.number(),
  validUntil: z.string().optional(),
  file: z.string().optional().describe('hex SHA-256 of the scan'),
})

const ground = z.object({
  ground: z.string(),
  title: local,
  clause: z.string(),
  document: z.string().optional(),
  of: local.optional().describe('title of the document'),
})

const finding = z.object({ document: z.string(), title: local, ok: z.boolean(), fact: z.string().optional() })
const regulation = z.object({ id: z.string(), edition: z.string(), sha256: z.string(), title: local })

const common = {
  case: z.string(),
  step: z.string(),
  title: local,
  clause: z.string(),
  opened: z.string().describe('RFC 3339: when the step came to whoever signs'),
  signs: z.enum(['request', 'answer']).describe('request: an electronic request is certified; answer: an answer is signed'),
  applicant: person.nullable(),
  asks: local.nullable().describe('what is asked for, in the words of the Standard'),
  findings: z.array(finding),
  answer: z.enum(['result', 'refusal']).nullable(),
}

const second = z.strictObject({
  format: z.literal('qyzmet.statement/2'),
  ...common,
  regulation,
  signer,
  documents: z.array(document),
  grounds: z.array(ground.extend({ fact: z.string(), remedy: z.string() })),
})

const third = z.strictObject({
  format: z.literal('qyzmet.statement/3'),
  ...common,
  regulation: regulation.extend({
    act: local.describe('the act with its number, date and edition'),
    invented: local.optional().describe('what the act says of itself where nobody ever adopted it'),
  }),
  provider: z.object({ id: z.string(), name: local }),
  signer: signer.extend({ post: local.describe('of whoever acts for another, the post of the other') }),
  submitted: z.string().describe('RFC 3339: when the documents came to the provider'),
  contacts: z.string().optional(),
  asked: local.describe('what the Standard calls that which is asked for'),
  documents: z.array(document.extend({ form: z.enum(['original', 'copy', 'shown', 'digital']) })),
  grounds: z.array(
    ground.extend({
      act: local.describe('the act and the clause that make the ground lawful'),
      fact: local,
      remedy: local,
    }),
  ),
  complaint: z.object({ body: local, term: local, order: local }).nullable().describe('where a refusal is complained of'),
  papers: z
    .array(z.object({ id: z.string(), form: z.string(), kind: z.string(), title: local, clause: z.string() }))
    .describe('the papers that say it'),
})

export type StatementOfPapers = z.infer<typeof third>
type Earlier = Omit<z.infer<typeof second>, 'grounds'> & { readonly grounds: readonly StatedGround[] }
export type Statement = StatementOfPapers | Earlier
export type StatedDocument = z.infer<typeof document>
export type StatedGround = z.infer<typeof ground> & { readonly fact: LocalText; readonly remedy: LocalText }

/** The statement as JSON, ready to be made canonical. */
export const stated = (statement: StatementOfPapers): Json => plain(statement)

/** What was signed, read from its bytes alone; null: they are no statement of ours. */
export function readStatement(bytes: Uint8Array): Statement | null {
  try {
    const read = z.union([third, second]).safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    if (!read.success) return null
    return read.data.format === 'qyzmet.statement/3' ? read.data : withTexts(read.data)
  } catch {
    return null
  }
}

/** What a person wrote in one language stands for all. */
function withTexts(earlier: z.infer<typeof second>): Earlier {
  const inAll = (text: string) => ({ kk: text, ru: text, en: text })
  return { ...earlier, grounds: earlier.grounds.map((one) => ({ ...one, fact: inAll(one.fact), remedy: inAll(one.remedy) })) }
}

export const saysPapers = (statement: Statement | null): statement is StatementOfPapers => statement?.format === 'qyzmet.statement/3'

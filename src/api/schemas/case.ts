import { z } from 'zod'
import { stepInput } from '../../engine/case/input.ts'
import { correctable } from '../../engine/case/state.ts'
import { actor, day, moment, norm, text } from './common.ts'
import { schemas } from './registry.ts'

/** What a person gives with a step. What an outside system answers and what the seal makes is never taken from outside. */
export const stepBody = stepInput.omit({ answer: true, signature: true }).register(schemas, { id: 'StepInput' })

export const openingBody = z
  .strictObject({
    service: z.string().describe('service of the regulations, `teacher-attestation`'),
    channel: z.string().describe('channel of the regulation'),
    provider: z.string().optional().describe("id of an organisation; absent: the signed-in worker's own, where it is a provider"),
  })
  .register(schemas, { id: 'Opening' })

export const correctionBody = z
  .strictObject({ entry: z.enum(correctable), value: z.string().trim().min(1).max(200), reason: z.string().trim().min(1).max(2000) })
  .refine(({ entry, value }) => entry !== 'applicant.email' || z.email().safeParse(value).success, { path: ['value'] })
  .register(schemas, { id: 'Correction' })

export const reassignmentBody = z
  .strictObject({
    role: z.string().describe('in which the work is done'),
    from: z.string().nullable().describe('staff id of whoever has it; null: nobody by name'),
    to: z.string().nullable().describe('staff id of a performer of the role; null: everybody in it'),
    reason: z.string().trim().min(1).max(2000),
  })
  .register(schemas, { id: 'Reassignment' })

const place = z.strictObject({ id: z.string(), name: text.nullable() })
const holder = z.strictObject({ role: z.string(), organisation: z.string() })
const custody = z.strictObject({ holder, offeredTo: holder.nullable(), since: moment })

const person = {
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().nullable(),
}

const openStep = z.strictObject({
  id: z.string(),
  title: text.nullable(),
  clause: z.string().nullable(),
  role: z.string(),
  organisation: z.string().nullable(),
  assignee: z.string().nullable(),
  since: moment,
  yours: z.boolean().describe('the reader may do this step'),
  takes: z.array(z.string()).describe('members of StepInput that the step reads'),
  awaiting: z
    .strictObject({ since: moment, failures: z.int(), lastFailure: z.string().nullable(), retryAt: z.string().nullable() })
    .nullable()
    .describe('present while an outside system has not answered'),
})

const applicant = z.strictObject({
  iin: z.string(),
  ...person,
  asks: z.string(),
  holds: z.boolean(),
  by: z.enum(['self', 'representative']),
  position: z.string().nullable(),
  workplace: z.string().nullable(),
  language: z.enum(['kk', 'ru']),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  representative: z.strictObject({ iin: z.string(), ...person }).nullable(),
})

const document = z.strictObject({
  id: z.string(),
  presented: z.enum(['original', 'copy', 'copyWithOriginal', 'digital']),
  originalSeen: z.boolean(),
  pages: z.int(),
  count: z.int(),
  validUntil: day.nullable(),
  file: z.string().nullable().describe('SHA-256 of the scan'),
})

const answer = z.strictObject({
  kind: z.enum(['result', 'refusal']),
  by: actor,
  at: moment,
  grounds: z.array(z.strictObject({ ground: z.string(), document: z.string().nullable(), fact: z.string(), remedy: z.string() })),
})

export const paper = z
  .strictObject({
    id: z.string(),
    form: z.string(),
    kind: z.string(),
    title: text.nullable(),
    clause: z.string().nullable(),
    at: moment,
    by: actor,
    copies: z.int(),
    copyOf: z.strictObject({ id: z.string(), reason: z.string() }).nullable(),
    href: z.string().describe('the PDF'),
  })
  .register(schemas, { id: 'Paper' })

export const dueState = z.enum(['running', 'warned', 'missed', 'met', 'metLate', 'stopped'])
const due = z.strictObject({
  id: z.string(),
  kind: z.enum(['norm', 'term']),
  step: z.string().nullable(),
  norm,
  binding: z.boolean(),
  from: moment,
  dueDate: day,
  dueAt: moment,
  state: dueState,
})

export const law = z.strictObject({
  regulation: z.string(),
  edition: day,
  sha256: z.string().length(64).describe("of the regulation's file"),
})

const destroyed = z
  .strictObject({ order: z.strictObject({ number: z.string(), date: day }), ground: z.string(), at: moment })
  .nullable()
  .describe('the order by which values and files of the case were destroyed')

export const caseView = z
  .strictObject({
    number: z.string(),
    version: z.int(),
    service: z.string(),
    region: z.string(),
    law: law.describe('the edition to which the case is bound for its whole life'),
    channel: z.string(),
    provider: place,
    branch: place.nullable(),
    location: z.enum(['local', 'nonLocal']),
    openedAt: moment,
    startedAt: moment.nullable().describe('the ground for the start of the service'),
    step: openStep.nullable(),
    applicant: applicant.nullable(),
    documents: z.array(document),
    consent: z.strictObject({ given: z.boolean(), form: z.string(), at: moment }).nullable(),
    identification: z.strictObject({ document: z.string() }).nullable(),
    completeness: z
      .strictObject({
        complete: z.boolean(),
        missing: z.array(z.string()),
        expired: z.array(z.string()),
        wronglyFilled: z.array(z.string()),
      })
      .nullable(),
    registration: z.strictObject({ number: z.string(), at: moment, receiver: z.string() }).nullable(),
    registerAnswer: z
      .strictObject({
        found: z.boolean(),
        text: z.string().nullable(),
        person: z.record(z.string(), z.unknown()).nullable(),
        marks: z.array(z.string()).describe('what the register says against the person: `deceased`, `noValidDocument` …'),
        compared: z
          .array(
            z.strictObject({
              field: z.string(),
              typed: z.string(),
              register: z.string(),
              likeness: z.enum(['same', 'lookAlike', 'different']).describe('`lookAlike`: letters of another script, the same to the eye'),
              entry: z.string().nullable().describe('what `correct` of the office takes in place of what was typed; null: nothing does'),
            }),
          )
          .describe('what was typed beside what the register says, field by field'),
        checked: z
          .strictObject({ reason: z.string(), at: moment, by: actor })
          .nullable()
          .describe('who looked into the marks and why the case goes on; null: nobody has'),
      })
      .nullable(),
    examination: z
      .strictObject({
        conforming: z.boolean(),
        findings: z.array(z.strictObject({ document: z.string(), ok: z.boolean(), fact: z.string().nullable() })),
      })
      .nullable(),
    answer: answer.nullable(),
    signature: z.strictObject({ by: actor, at: moment, algorithm: z.string(), digest: z.string() }).nullable(),
    assignee: z.string().nullable().describe('staff id of the performer whom the head named'),
    given: z.strictObject({ who: z.enum(['self', 'representative']), at: moment }).nullable(),
    custody: z.strictObject({ package: custody.nullable(), answer: custody.nullable() }).describe('paper has exactly one holder'),
    papers: z.array(paper),
    deadlines: z.array(due),
    path: z.array(z.strictObject({ step: z.string(), clause: z.string(), outcome: z.string(), at: moment, by: actor })),
    outages: z.array(z.strictObject({ step: z.string(), from: moment, until: moment.nullable(), code: z.string() })),
    ended: z.strictObject({ ending: z.string(), kind: z.string(), at: moment, clause: z.string().nullable() }).nullable(),
    destroyed,
  })
  .register(schemas, { id: 'Case' })
export type CaseView = z.infer<typeof caseView>

/** As `qyzmet deadline --json` prints it. */
export const proof = z
  .strictObject({
    id: z.union([z.string(), z.number()]).nullable(),
    norm,
    receivedAt: moment,
    dayZero: day,
    days: z.array(
      z.strictObject({
        date: day,
        counts: z.boolean(),
        reason: z.enum(['working', 'dayOff', 'holiday', 'transferred', 'swappedOff', 'swappedWork', 'dayZero']),
        act: z.string().nullable(),
      }),
    ),
    rules: z.array(z.strictObject({ id: z.string(), source: z.string() })),
    calendar: z.strictObject({ id: z.string(), act: z.string().nullable(), confirmed: z.boolean() }),
    dueDate: day,
    dueAt: moment,
    warnings: z.array(z.strictObject({ code: z.string(), text: z.string() })),
  })
  .register(schemas, { id: 'Proof' })

export const deadlines = z
  .strictObject({
    number: z.string(),
    deadlines: z.array(
      due.extend({
        until: z.string().nullable().describe('the step whose end ends it; null: the end of the case'),
        warnAt: moment,
        endedAt: moment.nullable(),
        proof: proof.optional().describe('with ?explain=true'),
      }),
    ),
  })
  .register(schemas, { id: 'Deadlines' })

const storedActor = z.strictObject({
  kind: z.enum(['staff', 'applicant', 'system']),
  id: z.string(),
  role: z.string().optional(),
  organisation: z.string().optional(),
  unit: z.string().optional(),
})

export const events = z
  .strictObject({
    number: z.string(),
    events: z.array(
      z.strictObject({
        home: z.int(),
        case: z.string(),
        seq: z.int(),
        type: z.string(),
        schema: z.int(),
        at: moment,
        actor: storedActor,
        clause: z.string().nullable(),
        law,
        data: z.record(z.string(), z.unknown()).describe('as chained: personal values only as salted digests'),
        personal: z.record(z.string(), z.unknown()).optional().describe('outside the chain, in plain; without the secret of the receipt'),
        hash: z.string().describe('hex SHA-256 of prev ‖ the canonical body, which the proof of the case gives'),
        prev: z.string().describe('hash of the event before; empty for the first'),
      }),
    ),
  })
  .register(schemas, { id: 'Events' })

export const papers = z.strictObject({ number: z.string(), papers: z.array(paper) }).register(schemas, { id: 'Papers' })

export const readers = z
  .strictObject({
    number: z.string(),
    readers: z.array(z.strictObject({ at: moment, id: z.string(), name: z.string().nullable(), role: z.string(), purpose: z.string() })),
  })
  .register(schemas, { id: 'Readers' })

export const track = z
  .strictObject({
    number: z.string(),
    service: text,
    regulation: z.string(),
    edition: day,
    channel: text,
    openedAt: moment,
    open: z.boolean(),
    step: z.strictObject({ id: z.string(), title: text, clause: z.string(), actsNext: text.nullable() }).nullable(),
    path: z.array(z.strictObject({ step: z.string(), title: text, clause: z.string(), outcome: text.nullable(), at: moment })),
    due: z.strictObject({ date: day, at: moment, clause: z.string() }).nullable().describe('the latest lawful moment of the answer'),
    papers: z.array(z.strictObject({ form: z.string(), title: text.nullable(), at: moment })),
    ended: z.strictObject({ ending: z.string(), title: text.nullable(), kind: z.string(), at: moment }).nullable(),
    destroyed,
    readers: z.array(z.strictObject({ at: moment, role: z.string(), name: z.string().nullable(), purpose: z.string() })),
  })
  .register(schemas, { id: 'Track' })

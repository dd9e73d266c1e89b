import { z } from 'zod'
import { flawCodes } from '../desk/scans/verdict.ts'
import type { RefusalCode } from '../engine/case/refusal.ts'
import { schemas } from './schemas/registry.ts'

/** Refusals of the engine → status. 403 not theirs; 409 the case does not stand so; 422 what was sent cannot be taken; 404 no such thing. */
const refusals = {
  notYours: 403,
  notNow: 409,
  elsewhere: 409,
  missing: 422,
  refusalIncomplete: 422,
  consentRequired: 422,
  identificationRequired: 422,
  documentExpired: 422,
  badIin: 422,
  badDate: 422,
  mixedScript: 422,
  actNotInForce: 422,
  alreadyDecided: 409,
  alreadyEnded: 409,
  awaitingAnswer: 409,
  unknownStep: 404,
  unknownChannel: 422,
  unknownProvider: 422,
  unknownDocument: 422,
  unknownGround: 422,
  unknownOption: 422,
  unknownEntry: 422,
  unknownPaper: 404,
  reasonRequired: 422,
  nothingToReturn: 409,
  notOffered: 409,
  signatureRequired: 422,
  assigneeRequired: 422,
  receiptRequired: 422,
  powerOfAttorneyRequired: 422,
  unknownPerformer: 422,
  documentTwice: 422,
  notHandedIn: 422,
  dateAhead: 422,
  markedInRegister: 422,
  nothingToReassign: 409,
  notOfStateSystems: 422,
  recordsDestroyed: 409,
  notEnded: 409,
  orderRequired: 422,
} as const satisfies Record<RefusalCode, number>

/** The edge's own "no"s → status. Words: `api.problem.<code>`. */
const own = {
  malformed: 400,
  keyRequired: 400,
  badPrecondition: 400,
  signInRequired: 401,
  wrongSignIn: 401,
  codeNeeded: 401,
  codeWrong: 401,
  codeUsed: 401,
  forbidden: 403,
  noGrant: 403,
  mustChangePassword: 403,
  passwordClosed: 403,
  factorFirst: 403,
  notFound: 404,
  methodNotAllowed: 405,
  changed: 412,
  tooLarge: 413,
  unsupportedMedia: 415,
  invalidInput: 422,
  keyReused: 422,
  unsigned: 422,
  badFile: 422,
  fileMissing: 422,
  termUnknown: 422,
  tooManyTries: 429,
  failure: 500,
  unavailable: 503,
  busy: 503,
} as const

export const statuses = { ...refusals, ...own } as const
export type ProblemCode = keyof typeof statuses
export const problemCodes = Object.keys(statuses) as ProblemCode[] // the keys of the literal above
export const isRefusalCode = (code: ProblemCode): code is RefusalCode => code in refusals

/** One place of what was sent, and what is wrong there. */
export interface InputError {
  /** JSON Pointer (RFC 6901) into the body; of a query or a header: its name. */
  readonly pointer: string
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
  /** In words, where the caller has found them already. */
  readonly detail?: string
}

/** An expected "no" of a handler, still without words. */
export interface No {
  readonly no: ProblemCode
  readonly clause?: string | null
  readonly params?: Readonly<Record<string, string | number>>
  /** Words for codes in `params` that the regulation or the Standard names. */
  readonly names?: Readonly<Record<string, string>>
  readonly errors?: readonly InputError[]
  readonly headers?: Readonly<Record<string, string>>
  /** Said instead of, or after, the general words. */
  readonly more?: string
  /** Members of the problem beyond those of every problem. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export const no = (code: ProblemCode, rest: Omit<No, 'no'> = {}): No => ({ no: code, ...rest })
export const isNo = (value: object): value is No => 'no' in value

/** RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z.url().describe('stable for the code: <server>/problems/<code>'),
    title: z.string().describe('what kind of "no" it is, in the language asked for'),
    status: z.int(),
    detail: z.string().describe('what it is here'),
    code: z.enum(problemCodes).describe('for programs'),
    clause: z.string().nullable().describe('the clause that stands in the way, where one does'),
    remedy: z.string().describe('what can be done'),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().describe('JSON Pointer into the body, or the name of the parameter or header'),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .describe('places of the input; empty where the input is not at fault'),
    instance: z.string().optional().describe('of a failure: its code in the log'),
    repealedBy: z
      .strictObject({ kind: z.string(), number: z.string(), date: z.iso.date(), by: z.string() })
      .optional()
      .describe('of actNotInForce: the act that repealed the last edition'),
    reasons: z.array(z.string()).optional().describe('of unsigned: codes of the seal'),
    flaw: z.enum(flawCodes).optional().describe('of badFile: what the reading of the scan met'),
    version: z.int().optional().describe('of changed: the version now'),
    seconds: z.int().optional().describe('of tooManyTries: how long to wait'),
  })
  .register(schemas, { id: 'Problem' })
export type ProblemBody = z.infer<typeof problemSchema>

import { z } from 'zod'
import { code } from './text.ts'

const when = code.optional().describe('only where this step, or else the examination of the documents, came out so')

/**
 * What a step makes people or systems do. The vocabulary is closed: a regulation composes it, the engine executes it.
 * A new kind of act is a new line here and one file under `engine/acts/`.
 */
export const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('signIn').describe('the worker is authorised at the workstation; the session is recorded') }),
  z.strictObject({ act: z.literal('handIn').describe('the applicant hands in the application and the documents; each is recorded') }),
  z.strictObject({ act: z.literal('enterApplicant').describe("the applicant's data are entered") }),
  z.strictObject({ act: z.literal('consent').describe('consent to the use of legally protected data; decides: given, refused') }),
  z.strictObject({ act: z.literal('identify').describe("the applicant's identity is established from a document") }),
  z.strictObject({
    act: z.literal('checkCompleteness').describe('the package is held against the list of the Standard; decides: complete, incomplete'),
    wronglyFilled: z
      .enum(['noted', 'incomplete'])
      .optional()
      .describe('what a wrongly filled application means: noted and corrected at the desk (by default), or an incomplete package'),
  }),
  z.strictObject({ act: z.literal('register').describe('the application is registered: number, moment, receiver') }),
  z.strictObject({
    act: z.literal('issuePaper').describe('a paper is issued'),
    paper: code.describe('which of the papers of this file'),
    when,
  }),
  z.strictObject({
    act: z.literal('queryRegister').describe('a register is asked through the gateway; the step ends with its answer'),
    register: z.enum(['personRegistry', 'entityRegistry']).describe('which register'),
  }),
  z.strictObject({
    act: z.literal('judgeAnswer').describe("a system looks whether the register holds the applicant's data; decides: found, notFound"),
  }),
  z.strictObject({ act: z.literal('sealRequest').describe("the worker's digital signature is put to the electronic request") }),
  z.strictObject({
    act: z.literal('sendRequest').describe('the signed request goes through the gateway; the step ends with its delivery'),
    to: z.enum(['reggWorkstation']).describe('the receiving workstation'),
  }),
  z.strictObject({
    act: z.literal('examine').describe('each document is held against the Standard; decides: conforming, defective'),
  }),
  z.strictObject({
    act: z.literal('prepareAnswer').describe('the result, or the reasoned refusal where the documents are defective, is drawn up'),
    when,
  }),
  z.strictObject({ act: z.literal('sign').describe('the answer is signed'), when }),
  z.strictObject({ act: z.literal('refer').describe('the head, by visa, gives the application to a performer') }),
  z.strictObject({
    act: z.literal('handOver').describe('what is held is offered to the next holder'),
    what: z.enum(['package', 'answer']).describe('the documents or the answer'),
    to: code.describe('the role that takes it'),
    when,
  }),
  z.strictObject({
    act: z.literal('takeOver').describe('what was offered is taken; from now on the taker holds it'),
    what: z.enum(['package', 'answer']).describe('the documents or the answer'),
  }),
  z.strictObject({
    act: z
      .literal('appear')
      .describe('the applicant or a representative has come for the answer; the moment is recorded, and the norm of giving runs from it'),
  }),
  z.strictObject({
    act: z.literal('giveAnswer').describe('the answer is given to the applicant or a representative, against proof of identity'),
    against: z.enum(['identity', 'receiptAndIdentity']).describe('what the receiver shows'),
  }),
])
export type Act = z.infer<typeof act>
export type ActName = Act['act']

/** Acts that decide how a step comes out, with every possible outcome. A step has one of them at the most; others come out as `done`. */
export const deciding = {
  consent: ['given', 'refused'],
  checkCompleteness: ['complete', 'incomplete'],
  judgeAnswer: ['found', 'notFound'],
  examine: ['conforming', 'defective'],
} as const satisfies Partial<Record<ActName, readonly [string, string]>>

export const deciders = ['consent', 'checkCompleteness', 'judgeAnswer', 'examine'] as const satisfies readonly (keyof typeof deciding)[]

/** What must lie in the case before a step may be done, and what acts leave there. */
export const facts = [
  'session',
  'documents',
  'applicant',
  'consent',
  'identification',
  'completeness',
  'registration',
  'registerAnswer',
  'seal',
  'delivery',
  'examination',
  'answer',
  'signature',
  'resolution',
  'package',
  'offer',
  'receipt',
  'handedOut',
] as const
export const fact = z.enum(facts)
export type Fact = z.infer<typeof fact>

export const leaves: Readonly<Record<ActName, readonly Fact[]>> = {
  signIn: ['session'],
  handIn: ['documents', 'package'],
  enterApplicant: ['applicant'],
  consent: ['consent'],
  identify: ['identification'],
  checkCompleteness: ['completeness'],
  register: ['registration'],
  issuePaper: ['receipt'],
  queryRegister: ['registerAnswer'],
  judgeAnswer: [],
  sealRequest: ['seal'],
  sendRequest: ['delivery'],
  examine: ['examination'],
  prepareAnswer: ['answer'],
  sign: ['signature'],
  refer: ['resolution'],
  handOver: ['offer'],
  takeOver: [],
  appear: [],
  giveAnswer: ['handedOut'],
}

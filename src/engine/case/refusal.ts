/** An expected "no": never an exception. The words for a reader stand in `language/`, under `refusal.<code>`. */
export interface Refusal {
  readonly refused: {
    readonly code: RefusalCode
    /** The clause that stands in the way, where one does. */
    readonly clause: string | null
    readonly params: Readonly<Record<string, string | number>>
    /** Where in the input, as a path of names: `documents.2.validUntil`. */
    readonly at?: string
  }
}

export const refusalCodes = [
  'notYours',
  'notNow',
  'missing',
  'refusalIncomplete',
  'consentRequired',
  'identificationRequired',
  'documentExpired',
  'badIin',
  'badDate',
  'mixedScript',
  'actNotInForce',
  'alreadyDecided',
  'alreadyEnded',
  'awaitingAnswer',
  'unknownStep',
  'unknownChannel',
  'unknownProvider',
  'unknownDocument',
  'unknownGround',
  'unknownOption',
  'unknownEntry',
  'unknownPaper',
  'reasonRequired',
  'nothingToReturn',
  'notOffered',
  'signatureRequired',
  'assigneeRequired',
  'receiptRequired',
  'powerOfAttorneyRequired',
  'unknownPerformer',
  'documentTwice',
  'notHandedIn',
  'dateAhead',
  'nothingToReassign',
  'notOfStateSystems',
  'recordsDestroyed',
  'notEnded',
  'orderRequired',
  'markedInRegister',
  'elsewhere',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

export function refuse(code: RefusalCode, clause: string | null, params: Refusal['refused']['params'] = {}, at?: string): Refusal {
  return { refused: { code, clause, params, ...(at === undefined ? {} : { at }) } }
}

export const isRefusal = (value: object): value is Refusal => 'refused' in value

import { z } from 'zod'

/**
 * What may go wrong, in the order in which it strikes.
 *
 * On arrival: `delay` waits; `timeOut` never answers (`taken` true: after the message was taken); `http500`; `cutBefore` the connection breaks and
 * nothing was taken; `fault` a SOAP fault by `code`.
 * On delivery to a receiver: `duplicate` twice; `reorder` later messages overtake it; `lost` the receiver's word that it has it is not passed on.
 * On the answer: `badSignature`, `revoked` (signed by a certificate of the gateway's that was taken back), `unsigned`, `wrongCorrelation`, `truncate` (half of the body under the length of the whole), `contentType`, `drip`
 * (`delayMs` between pieces), `cutAfter` the connection breaks after the message was taken.
 */
export const faultKinds = [
  'delay',
  'timeOut',
  'http500',
  'cutBefore',
  'fault',
  'duplicate',
  'reorder',
  'lost',
  'badSignature',
  'revoked',
  'unsigned',
  'wrongCorrelation',
  'truncate',
  'contentType',
  'drip',
  'cutAfter',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** Where it strikes: `sync` and `async` are calls to the gateway, `push` the gateway's own calls to a participant. */
export const faultPlaces = ['sync', 'async', 'push'] as const
export type FaultPlace = (typeof faultPlaces)[number]

const name = z.string().min(1).max(100)

export const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  where: z.enum(faultPlaces).optional().describe('absent: everywhere'),
  operation: name.optional().describe('SendMessage, sendMessage, getMessages …; absent: all'),
  service: name.optional().describe('serviceId; absent: all'),
  sender: name.optional().describe('senderId; for pushes the receiver; absent: all'),
  probability: z.number().min(0).max(1).default(1),
  count: z.number().int().min(1).max(1_000_000).optional().describe('strikes so often and is spent; absent: until it is taken away'),
  delayMs: z.number().int().min(0).max(600_000).default(1000).describe('delay: the wait; reorder: how much later; drip: between pieces'),
  code: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,30}$/)
    .default('SCE909')
    .describe('errorCode of a fault'),
  message: z.string().max(250).optional().describe('errorMessage of a fault; absent: the usual one of its code'),
  taken: z.boolean().default(false).describe('timeOut: the message is taken before silence falls'),
})
export type FaultRule = z.infer<typeof faultRule>
export type FaultRuleInput = z.input<typeof faultRule>

export interface KeptRule extends FaultRule {
  readonly id: number
  /** How many messages it was held against, and how many it struck. */
  readonly met: number
  readonly struck: number
  readonly spent: boolean
}

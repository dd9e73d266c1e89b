import { z } from 'zod'
import { day, moment } from './common.ts'
import { schemas } from './registry.ts'

const hash = z.string().describe('hex SHA-256')

const exchange = z
  .strictObject({
    home: z.int(),
    id: z.uuid(),
    case: z.string().nullable().describe('null: no case is known'),
    key: z.string().describe('of the exchange within its case: the same for each attempt'),
    attempt: z.int().describe('from 1'),
    service: z.string().describe('id of the service on the gateway'),
    direction: z.enum(['out', 'in']),
    messageId: z.string().nullable(),
    answerId: z.string().nullable(),
    correlationId: z.string().nullable(),
    sentAt: moment,
    answeredAt: moment.nullable(),
    tookMs: z.int().nullable().describe('by the machine’s clock'),
    outcome: z
      .string()
      .nullable()
      .describe(
        'found, notFound, accepted, delivered, undelivered, taken, consented, broken, or the code of a failure; null: no answer is known',
      ),
    href: z.string(),
  })
  .register(schemas, { id: 'Exchange' })

export const exchanges = z
  .strictObject({
    items: z.array(exchange),
    next: z.string().nullable().describe('opaque; also in Link, rel="next"'),
  })
  .register(schemas, { id: 'Exchanges' })

export const caseExchanges = z
  .strictObject({ number: z.string(), exchanges: z.array(exchange).describe('oldest first') })
  .register(schemas, { id: 'CaseExchanges' })

const message = z
  .strictObject({
    body: z.string().describe('without secrets; empty where it was no text or longer than 4 MiB'),
    removed: z.array(z.string()).describe('names of what was taken out; none: the original'),
    original: z.strictObject({ sha256: hash, size: z.int().describe('bytes') }),
    trimmed: hash.nullable().describe('the words were taken out at the end of their time: which record it was'),
    signature: z
      .strictObject({ valid: z.boolean(), reason: z.string().nullable(), algorithm: z.string().nullable() })
      .nullable()
      .describe('what was found of it when it came or left; null: unsigned'),
  })
  .register(schemas, { id: 'ExchangedMessage' })

export const openedExchange = z
  .strictObject({
    exchange,
    request: message.nullable().describe('null: nothing was told, its time of keeping is over, or the case was destroyed'),
    response: message.nullable(),
    events: z
      .array(z.strictObject({ seq: z.int(), type: z.string(), hash }))
      .describe('events of the case’s chain that were decided on this exchange'),
  })
  .register(schemas, { id: 'OpenedExchange' })

/** Days of the region, both included; absent: today. */
export const exchangeQuery = z.strictObject({
  from: day.optional().describe('first day, of the reader’s region; absent: today'),
  until: day.optional().describe('last day, included; absent: today, or `from` where that is later'),
  region: z.string().max(40).optional().describe('of an administrator of the installation: which region’s'),
  case: z.string().max(40).optional().describe('number of a case'),
  service: z.string().max(200).optional(),
  direction: z.enum(['out', 'in']).optional(),
  outcome: z.enum(['open', 'failed', 'answered']).optional().describe('open: no answer is known; failed: every failure and rejection'),
  cursor: z.string().max(500).optional().describe('opaque: of the answer before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

import { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import type { ExchangeQuestion } from '../../desk/exchangeBook.ts'
import { type ExchangeRights, exchangeRights } from '../../desk/exchangeScope.ts'
import type { Who } from '../../desk/who.ts'
import type { ExchangeRow } from '../../gateway/journal/journal.ts'
import type { MessageRecord } from '../../gateway/journal/record.ts'
import { actorOf, type Session } from '../../people/sessions.ts'
import type { House } from '../../web/house.ts'
import { type No, no } from '../problem.ts'
import { staffRoute } from '../route.ts'
import { caseExchanges, exchangeQuery, exchanges, openedExchange } from '../schemas/exchanges.ts'

type Query = z.infer<typeof exchangeQuery>

export const exchangeRoutes = [
  staffRoute({
    method: 'get',
    path: '/v1/exchanges',
    id: 'listExchanges',
    summary:
      'What was exchanged with systems outside, an attempt a row, the newest first: for administrators of their organisations’ cases, for a supervisor of the region’s',
    query: exchangeQuery,
    answer: { status: 200, schema: exchanges },
    problems: ['forbidden'],
    handle: async ({ house, who, session, query }) => {
      const asked = askedBy(house, who, session, query)
      if ('no' in asked) return asked
      if (asked.list === null) return no('forbidden')
      const question = questionOf(house, asked.who, query)
      if ('no' in question) return question
      const found = await house.exchanges.list({ ...question, limit: query.limit + 1 }, asked.who, asked.list)
      const items = found.slice(0, query.limit)
      const last = items.at(-1)
      const next = found.length > query.limit && last !== undefined ? cursorOf(last) : null
      return { body: { items: items.map((row) => rowOf(house, row)), next }, headers: linkOf(query, question, next) }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/exchanges/{home}/{id}',
    id: 'getExchange',
    summary: 'One attempt with its two messages, without their secrets: also for whoever may see its case',
    answer: { status: 200, schema: openedExchange },
    problems: ['notFound'],
    handle: async ({ house, who, session, params }) => {
      const place = placeOf(params)
      const { one } = exchangeRights(actorOf(session), who.region, house.people)
      const found = place && (await house.exchanges.open(place.home, place.id, who, one))
      if (!found) return no('notFound')
      const { row, request, response, events } = found
      return {
        body: {
          exchange: rowOf(house, row),
          request: messageOf(request),
          response: messageOf(response),
          events: events.map(({ seq, type, hash }) => ({ seq, type, hash })),
        },
      }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/exchanges/{home}/{id}/container',
    id: 'getExchangeContainer',
    summary:
      'The same as a file that proves itself (zip): `sha256sum -c SHA256SUMS`, or docs/verify/check_exchange.py with the proof of the case',
    answer: { status: 200, type: 'application/zip' },
    problems: ['notFound'],
    handle: async ({ house, who, session, params }) => {
      const place = placeOf(params)
      const { one } = exchangeRights(actorOf(session), who.region, house.people)
      const bytes = place && (await house.exchanges.container(place.home, place.id, who, one))
      if (!bytes) return no('notFound')
      return { bytes, headers: { 'content-disposition': `attachment; filename="exchange-${place?.id}.zip"` } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/exchanges',
    id: 'listExchangesOfCase',
    summary: 'What was exchanged for one case, the oldest first: for whoever may see the case',
    answer: { status: 200, schema: caseExchanges },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'case')
      if (found === null) return no('notFound')
      const { home, number } = found.file
      return { body: { number, exchanges: (await house.exchanges.ofCase(home, number)).map((row) => rowOf(house, row)) } }
    },
  }),
]

function askedBy(house: House, who: Who, session: Session, { region }: Query): (ExchangeRights & { readonly who: Who }) | No {
  const rights = exchangeRights(actorOf(session), who.region, house.people)
  if (region === undefined || region === who.region) return { ...rights, who }
  if (!rights.anyRegion) return no('forbidden')
  const { regions } = house.statutes.world.regions
  if (!Object.hasOwn(regions, region))
    return no('invalidInput', {
      errors: [{ pointer: 'region', code: 'wrongChoice', params: { choices: Object.keys(regions).join(', ') } }],
    })
  return { ...rights, who: { ...who, region } }
}

function questionOf(house: House, who: Who, query: Query): ExchangeQuestion | No {
  const today = momentIn(house.statutes.zoneOf(who.region), house.clock.now()).slice(0, 10)
  const { from = today, limit, cursor, service, direction, outcome, case: number } = query
  const until = query.until ?? [from, today].sort().at(-1) ?? today
  if (until < from) return no('invalidInput', { errors: [{ pointer: 'until', code: 'badDate' }] })
  const after = cursor === undefined ? undefined : positionOf(cursor)
  if (after === null) return no('invalidInput', { errors: [{ pointer: 'cursor', code: 'wrongFormat' }] })
  return {
    from,
    until,
    limit,
    ...(number === undefined ? {} : { case: number }),
    ...(service === undefined ? {} : { service }),
    ...(direction === undefined ? {} : { direction }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(after === undefined ? {} : { after }),
  }
}

/** The days are said outright: a page that is asked for after midnight goes on with those of the first. */
function linkOf({ cursor: _, ...query }: Query, { from, until }: ExchangeQuestion, next: string | null): Record<string, string> {
  if (next === null) return {}
  const said = Object.entries({ ...query, from, until, cursor: next }).filter(([, value]) => value !== undefined)
  return { link: `</api/v1/exchanges?${new URLSearchParams(said.map(([name, value]) => [name, String(value)]))}>; rel="next"` }
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

function placeOf({ home = '', id = '' }: Readonly<Record<string, string>>): { home: number; id: string } | null {
  return /^\d{1,9}$/.test(home) && uuid.test(id) ? { home: Number(home), id } : null
}

const position = z.tuple([z.iso.datetime({ offset: true }), z.string().regex(uuid)])

const cursorOf = ({ sentAt, id }: ExchangeRow): string => Buffer.from(JSON.stringify([sentAt, id])).toString('base64url')

function positionOf(cursor: string): { sentAt: string; id: string } | null {
  try {
    const [sentAt, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { sentAt, id }
  } catch {
    return null // whatever it is, we did not make it
  }
}

function rowOf(house: House, { request: _, response: __, case: number, ...row }: ExchangeRow) {
  const zone = house.statutes.zoneOf(house.statutes.regionOfHome(row.home) ?? '')
  const at = (moment: string) => momentIn(zone, Date.parse(moment))
  return {
    ...row,
    case: number === '' ? null : number,
    sentAt: at(row.sentAt),
    answeredAt: row.answeredAt === null ? null : at(row.answeredAt),
    href: `/api/v1/exchanges/${row.home}/${row.id}`,
  }
}

function messageOf(record: MessageRecord | null) {
  if (record === null) return null
  const { body, removed, original, signature, trimmed } = record
  const found = signature && { valid: signature.valid, reason: signature.reason ?? null, algorithm: signature.algorithm ?? null }
  return { body, removed, original, trimmed: trimmed ?? null, signature: found ?? null }
}

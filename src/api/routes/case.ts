import { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import type { CaseFile } from '../../desk/outcome.ts'
import type { Due } from '../../engine/case/state.ts'
import type { Translator } from '../../language/translator.ts'
import type { StoredEvent } from '../../ledger/ledger.ts'
import type { Deadline } from '../../time/deadline.ts'
import { deadlineJson } from '../../time/words.ts'
import type { House } from '../../web/house.ts'
import { no } from '../problem.ts'
import { caseOf, dueView } from '../render/case.ts'
import { nameOf } from '../render/track.ts'
import { staffRoute } from '../route.ts'
import { caseView, deadlines, events, readers } from '../schemas/case.ts'

export const nowOf = (house: House, { bound }: Pick<CaseFile, 'bound'>) =>
  momentIn(house.statutes.zoneOf(bound.law.regulation.region), house.clock.now())

export const caseRoutes = [
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}',
    id: 'getCase',
    summary: 'A case as it is now; ETag is its version',
    answer: { status: 200, schema: caseView },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'case')
      if (found === null) return no('notFound')
      const body = caseOf(house, found.file, who, nowOf(house, found.file))
      return { body, headers: { etag: `"${found.file.version}"` } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/events',
    id: 'getEvents',
    summary: 'What happened, as the ledger keeps it, with the hash chain',
    answer: { status: 200, schema: events },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'export')
      if (found === null) return no('notFound')
      return { body: { number: found.file.number, events: found.events.map(eventOf) }, headers: { etag: `"${found.file.version}"` } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/deadlines',
    id: 'getDeadlines',
    summary: 'Norms and terms; with ?explain=true each with its proof, as `qyzmet deadline` prints it',
    query: z.strictObject({ explain: z.enum(['true', 'false']).default('false') }),
    answer: { status: 200, schema: deadlines },
    problems: ['notFound'],
    handle: async ({ house, who, params, query, t }) => {
      const found = await house.reading.case(params.number ?? '', who, 'case')
      if (found === null) return no('notFound')
      const { number, state } = found.file
      return { body: { number, deadlines: state.dues.map((due) => deadlineOf(due, query.explain === 'true' ? t : null)) } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/readers',
    id: 'getReaders',
    summary: 'Who read this case, newest first: for its supervisor (its subject has the tracker)',
    answer: { status: 200, schema: readers },
    problems: ['notFound', 'forbidden'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'case')
      if (found === null) return no('notFound')
      if (who.actor.role !== 'supervisor') return no('forbidden')
      const { number, bound } = found.file
      const zone = house.statutes.zoneOf(bound.law.regulation.region)
      const entries = await house.reading.readers(number)
      const shown = entries.map(({ at, who: id, role, purpose }) => ({
        at: momentIn(zone, Date.parse(at)),
        id,
        name: nameOf(house, id),
        role,
        purpose,
      }))
      return { body: { number, readers: shown } }
    },
  }),
]

/** The secret of the receipt opens the tracker for its holder alone: it is on the paper and nowhere else. */
function eventOf({ personal, ...event }: StoredEvent): z.infer<typeof events>['events'][number] {
  if (personal === undefined) return event
  const { secret: _, ...shown } = personal
  return { ...event, personal: shown }
}

function deadlineOf(due: Due, explain: Translator | null): z.infer<typeof deadlines>['deadlines'][number] {
  const { until, warnAt, endedAt } = due
  const line = { ...dueView(due), until, warnAt, endedAt }
  if (explain === null) return line
  const { days, rules, warnings, ...rest } = deadlineJson(due.proof as unknown as Deadline, explain) // the time floor made it and the ledger gave it back as it was
  return { ...line, proof: { ...rest, days: [...days], rules: [...rules], warnings: [...warnings] } }
}

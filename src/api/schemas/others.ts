import { z } from 'zod'
import { scanTypes } from '../../desk/scans/verdict.ts'
import { failureCode } from '../../gateway/failure.ts'
import { regulation } from '../../law/schema/regulation.ts'
import { standard } from '../../law/schema/standard.ts'
import { day, moment, norm, text } from './common.ts'
import { schemas } from './registry.ts'

const organisationName = z.strictObject({ id: z.string(), name: text.nullable() })
const grant = z.strictObject({
  id: z.string(),
  role: z.string(),
  organisation: z.string(),
  unit: z.string(),
  from: day,
  until: day.nullable(),
  acting: z
    .strictObject({ for: z.string(), order: z.strictObject({ number: z.string(), date: day }) })
    .nullable()
    .describe('whose role it is, and the order by which they are acted for'),
})

export const credentials = z
  .strictObject({
    login: z.string().min(1).max(64),
    password: z.string().min(1).max(1024),
    code: z.string().min(1).max(40).optional().describe('one-time or recovery code of whoever has two-step sign-in'),
  })
  .register(schemas, { id: 'Credentials' })

export const me = z
  .strictObject({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    post: text,
    role: z.string(),
    organisation: organisationName,
    unit: z.string(),
    region: z.string(),
    grants: z.array(grant).describe('under what the person may act today'),
    endsAt: moment,
    mustChangePassword: z.boolean().describe('true: nothing is open but POST /v1/me/password'),
  })
  .register(schemas, { id: 'Me' })

export const token = z
  .strictObject({
    token: z.string().describe('for `Authorization: Bearer`; told once'),
    tokenType: z.literal('Bearer'),
    endsAt: moment,
    me,
  })
  .register(schemas, { id: 'Token' })

export const grantChoice = z.strictObject({ grant: z.string() }).register(schemas, { id: 'GrantChoice' })
export const passwords = z
  .strictObject({ current: z.string().min(1).max(1024), next: z.string().min(1).max(1024) })
  .register(schemas, { id: 'Passwords' })

const inForce = z.strictObject({ from: day, until: day.nullable() })
export const regulations = z
  .strictObject({
    regulations: z.array(
      z.strictObject({
        id: z.string(),
        service: z.string(),
        region: z.string(),
        edition: day,
        title: text,
        inForce,
        repealed: z.boolean(),
        invented: z.boolean().describe('true: no such act exists; it is there for demonstration'),
        href: z.string(),
      }),
    ),
  })
  .register(schemas, { id: 'Regulations' })

/** The file itself, parsed, with the edition of the Standard on which it rests. */
export const regulationView = regulation
  .omit({ format: true })
  .extend({
    sha256: z.strictObject({ regulation: z.string(), standard: z.string(), general: z.string(), calendars: z.string() }),
    documents: z.strictObject({
      asks: text.describe('what the options are called'),
      holdersAre: text.nullable().describe('what `holds` of an application states; null where no document depends on it'),
      edition: standard.shape.editions.element.describe('documents of clause 9, grounds of clause 10, options'),
    }),
  })
  .register(schemas, { id: 'Regulation' })

export const organisations = z
  .strictObject({
    organisations: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.string(),
        at: z.enum(['provider', 'corporation']),
        region: z.string(),
        name: text,
        address: text,
        phone: z.string(),
        kato: z.string(),
      }),
    ),
  })
  .register(schemas, { id: 'Organisations' })

export const work = z
  .strictObject({
    items: z.array(
      z.strictObject({
        number: z.string(),
        step: z.string(),
        title: text.nullable(),
        clause: z.string().nullable(),
        role: z.string(),
        organisation: z.string(),
        unit: z.string(),
        assignee: z.string().nullable(),
        since: moment,
        dueAt: moment.nullable(),
        late: z.boolean(),
        norm: norm.nullable(),
        applicant: z.string().nullable(),
        asks: z.string().nullable(),
        awaiting: z.boolean().describe('an outside system has not answered'),
        href: z.string(),
      }),
    ),
    next: z.string().nullable().describe('opaque; also in Link, rel="next"'),
  })
  .register(schemas, { id: 'Work' })

export const workCount = z.strictObject({ items: z.int(), overdue: z.int() }).register(schemas, { id: 'WorkCount' })

export const found = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        number: z.string(),
        regulation: z.string(),
        edition: day,
        channel: z.string(),
        status: z.string().describe('the open step, or the ending'),
        open: z.boolean(),
        provider: z.string(),
        branch: z.string().nullable(),
        iin: z.string().nullable().describe('masked'),
        name: z.string().nullable(),
        openedAt: moment,
        dueAt: moment.nullable(),
        href: z.string(),
      }),
    ),
  })
  .register(schemas, { id: 'Found' })

export const file = z
  .strictObject({ sha256: z.string().length(64), size: z.int(), type: z.enum(scanTypes), pages: z.int().min(1) })
  .register(schemas, { id: 'File' })

export const clock = z.strictObject({ now: moment }).register(schemas, { id: 'Clock' })
export const clockChange = z
  .union([
    z.strictObject({ now: moment }),
    z.strictObject({ advance: z.iso.duration().describe('ISO 8601, calendar units by the clock of Almaty: `PT2H`, `P1D`') }),
  ])
  .register(schemas, { id: 'ClockChange' })

const faultShapes = {
  delayMs: z.int().min(0).max(600_000).describe('every answer takes so long'),
  slowMs: z.int().min(0).max(600_000).describe("and the slow person's so long"),
  down: z.boolean().describe('the gateway cannot be reached'),
  refuse: failureCode.nullable().describe('it refuses by this code'),
  wrongAnswer: z.boolean().describe('answers are of another request'),
}
export const faults = z.strictObject(faultShapes).register(schemas, { id: 'RegisterFaults' })
export const faultsChange = z.strictObject(faultShapes).partial().register(schemas, { id: 'RegisterFaultsChange' })

const condition = z.strictObject({
  name: z.string(),
  ok: z.boolean(),
  reason: z.string().nullable().describe('why it does not hold, in one word for programs'),
})
export const health = z
  .strictObject({ status: z.enum(['live', 'ready', 'notReady']), conditions: z.array(condition).optional() })
  .register(schemas, { id: 'Health' })

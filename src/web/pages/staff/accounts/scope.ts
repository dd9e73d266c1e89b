import { momentIn } from '../../../../desk/clock.ts'
import type { Place } from '../../../../desk/handOver.ts'
import type { Speech } from '../../../../language/speech.ts'
import { pickText } from '../../../../language/translator.ts'
import { mayAdminister, mayAdministerWhole } from '../../../../people/mayAdminister.ts'
import {
  type ChangedBy,
  type Grant,
  installation,
  type Organisation,
  ownRoles,
  type Staff,
  type StaffActor,
} from '../../../../people/model.ts'
import { actorOf } from '../../../../people/sessions.ts'
import { type DoorContext, signedIn } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { roleTitle } from '../../../wording/roles.ts'

/** What the pages of whoever keeps accounts ask first: who asks, and what is theirs to keep. */

/** @throws Refused where the reader keeps no accounts */
export function keeperOf(c: DoorContext): StaffActor {
  const actor = actorOf(signedIn(c).session)
  if (actor.role !== 'administrator') throw new Refused('forbidden')
  return actor
}

export const keptBy = (house: House, actor: StaffActor): Organisation[] =>
  house.people.organisations().filter(({ id }) => mayAdminister(actor, id, house.people))

export const byOf = (actor: StaffActor): ChangedBy => ({ kind: 'staff', id: actor.id })

/** A person is an administrator's business where one of their grants is. */
export function personOf(house: House, c: DoorContext): Staff {
  const actor = keeperOf(c)
  const person = house.people.staffById(c.req.param('id') ?? '')
  if (person === undefined || !isKept(house, actor, person)) throw new Refused('notFound')
  return person
}

/** Somebody without any role yet is the business of whoever made the account: of those who keep everything. */
export const isKept = (house: House, actor: StaffActor, { grants }: Staff): boolean =>
  actor.organisation === installation || grants.some(({ organisation }) => mayAdminister(actor, organisation, house.people))

/** @throws Refused where a part of the person is another administrator's business: their password opens all of it */
export function wholeOf(house: House, c: DoorContext): Staff {
  const person = personOf(house, c)
  if (!mayAdministerWhole(keeperOf(c), person, house.people)) throw new Refused('forbidden')
  return person
}

/** Each role at each place that the person has or had, once: what was given in a role that is over may lie there still. */
export const placesOf = ({ people }: Pick<House, 'people'>, { grants }: Pick<Staff, 'grants'>): Place[] => [
  ...new Map(
    grants
      .filter(({ role }) => hasDesk(role))
      .flatMap(({ role, organisation }) => {
        const home = people.organisation(organisation)?.home
        return home === undefined ? [] : [[`${role} ${organisation}`, { home, role, organisation }] as const]
      }),
  ).values(),
]

export function organisationOf(house: House, c: DoorContext): Organisation {
  const actor = keeperOf(c)
  const found = house.people.organisation(c.req.param('id') ?? '')
  if (found === undefined || !mayAdminister(actor, found.id, house.people)) throw new Refused('notFound')
  return found
}

export function grantOf(person: Staff, c: DoorContext): Grant {
  const grant = person.grants.find(({ id }) => id === c.req.param('grant'))
  if (grant === undefined) throw new Refused('notFound')
  return grant
}

export const rolesAt = (house: House): string[] => [...house.statutes.roles, ...ownRoles]

/** Roles that the organisation's kind of place has by the regulations of its region; and those that stand in none. */
export function rolesOf(house: House, organisation: Organisation | undefined): string[] {
  if (organisation === undefined) return rolesAt(house)
  const named = house.statutes.library.regulations
    .filter(({ regulation }) => regulation.region === organisation.region)
    .flatMap(({ regulation }) => Object.entries(regulation.roles).filter(([, role]) => role.at === organisation.at))
    .map(([role]) => role)
  const own = ownRoles.filter((role) => role !== 'supervisor' || organisation.kind === 'directorate')
  return [...new Set([...named.filter((role) => house.statutes.roles.has(role)), ...own])]
}

/** A role as the regulations of that organisation's region name it. */
export const titleIn =
  (house: House, speech: Speech) =>
  (role: string, organisation?: string): string =>
    roleTitle(house, speech, role, house.people.organisation(organisation ?? ''))

export const todayOf = (house: House, c: DoorContext): string => nowOf(house, c).slice(0, 10)

/** By the law's clock, RFC 3339 in the reader's zone. */
export const nowOf = (house: House, c: DoorContext): string => momentIn(c.get('speech').zone, house.clock.now())

/** The unit in which the regulations of the region place the role; where none does, the organisation's first. */
export function unitFor(house: House, organisation: string, role: string): string {
  const place = house.people.organisation(organisation)
  const units = place?.units.map(({ id }) => id) ?? []
  const named = house.statutes.library.regulations
    .filter(({ regulation }) => place === undefined || regulation.region === place.region)
    .map((law) => law.regulation.roles[role]?.unit)
  const found = units.find((unit) => named.includes(unit))
  return found ?? units.find((unit) => unit === 'management') ?? units[0] ?? ''
}

/** Kinds of organisations: in general words where there are some, else as the regulations name their providers. */
export function kindsOf(house: House, { t, language }: Speech): Map<string, string> {
  const named = house.statutes.library.regulations.flatMap(({ regulation }) =>
    regulation.providers.map(({ kind, title }) => [kind, pickText(title, language).text] as const),
  )
  const known = [...named, ...house.people.organisations().map(({ kind }) => [kind, kind] as const), ['serviceCentre', ''] as const]
  const kinds = new Map<string, string>()
  for (const [kind, title] of known) if (!kinds.has(kind)) kinds.set(kind, t.has(`admin.kind.${kind}`) ? t(`admin.kind.${kind}`) : title)
  return kinds
}

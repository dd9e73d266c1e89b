import { cite } from '../../../../engine/case/law.ts'
import { isInForce, type Law, type Library } from '../../../../law/model.ts'
import type { Complaint, Duty } from '../../../../law/schema/general.ts'
import type { DocumentRule } from '../../../../law/schema/standard.ts'
import type { Step } from '../../../../law/schema/step.ts'

/** Whether an edition is in force on a day, and if not, why. */
export type Force =
  | { readonly kind: 'inForce' }
  | { readonly kind: 'notYet'; readonly from: string }
  | { readonly kind: 'over'; readonly until: string; readonly repealed: boolean }

export function forceOf({ regulation }: Law, day: string): Force {
  const { from, until } = regulation.act.inForce
  if (day < from.date) return { kind: 'notYet', from: from.date }
  if (until !== undefined && until.date < day) return { kind: 'over', until: until.date, repealed: regulation.act.repealed !== undefined }
  return { kind: 'inForce' }
}

/** The regulations of all regions as they stood on a day: the edition in force, else the nearest one. One a service and region. */
export function shelfOn(library: Library, day: string): Law[] {
  const seen = new Set<string>()
  return library.regulations.flatMap(({ regulation: { service, region } }) => {
    if (seen.has(`${region}/${service}`)) return []
    seen.add(`${region}/${service}`)
    const found = library.inForce(service, region, day)
    const law = isInForce(found) ? found : found.nearest
    return law === undefined ? [] : [law]
  })
}

/** The edition wanted: by its own date, else the one of the day, else the nearest. */
export function editionOf(library: Library, id: string, wanted: { readonly edition?: string; readonly on: string }): Law | undefined {
  if (wanted.edition !== undefined) return library.find(id, wanted.edition)
  const any = library.find(id)
  if (any === undefined) return undefined
  const found = library.inForce(any.regulation.service, any.regulation.region, wanted.on)
  const law = isInForce(found) ? found : found.nearest
  return law?.regulation.id === id ? law : any
}

export const editionsOf = (library: Library, id: string): Law[] => library.regulations.filter(({ regulation }) => regulation.id === id)

/** A day that stands for the edition where the reader names none: the day asked for if it was in force then, else its first. */
export const dayOf = (law: Law, day: string): string => (forceOf(law, day).kind === 'inForce' ? day : law.regulation.act.inForce.from.date)

const isOn = (rule: { from: string; until?: string | undefined }, day: string) =>
  rule.from <= day && (rule.until === undefined || day <= rule.until)

export interface Attached extends Duty {
  readonly cited: string
}

/** What the general law in force on the day adds to a step, whether or not the regulation names it. */
export function dutiesOn(law: Law, step: Step, day: string): Attached[] {
  const at = law.regulation.roles[step.actor]?.at
  const own = new Set<string>(step.does.map(({ act }) => act))
  return law.general.flatMap((general) =>
    general.duties
      .filter((duty) => isOn(duty, day) && (duty.before.at === 'any' || duty.before.at === at))
      .filter((duty) => duty.before.acts.some((act) => own.has(act)) && !own.has(duty.does.act))
      .map((duty) => ({ ...duty, cited: cite(general, duty.clause) })),
  )
}

export const complaintsOn = (law: Law, day: string): (Complaint & { readonly cited: string })[] =>
  law.general.flatMap((general) => general.complaints.filter((c) => isOn(c, day)).map((c) => ({ ...c, cited: cite(general, c.clause) })))

/** Documents of clause 9 that may be asked for through a channel. */
export const documentsFor = (law: Law, channel: string): DocumentRule[] =>
  law.edition.documents.filter((rule) => rule.channels === undefined || rule.channels.includes(channel))

/** Anchor of a clause on the page: `9.2 ¶1` → `c-9.2-1`. */
export const anchorOf = (clause: string): string => `c-${clause.replaceAll(/[^\p{L}\p{N}.]+/gu, '-')}`

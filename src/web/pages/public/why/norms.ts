import { isInForce, type Law, type Library } from '../../../../law/model.ts'
import type { Text } from '../../../../law/schema/text.ts'
import type { Party } from '../../../../time/schedule.ts'

type Kind = Party['kind']

/** A norm of a regulation as the calculator offers it. */
export interface OfferedNorm {
  /** `aktobe-teacher-attestation/term/local/office`, `…/step/submit/0`: stable over editions that keep the codes. */
  readonly id: string
  readonly clause: string
  readonly value: number
  readonly unit: 'min' | 'wd' | 'cd'
  /** Of the service's term: its channel; of a step: its title. */
  readonly of: Text
  readonly location: 'local' | 'nonLocal' | 'any' | null
  readonly receiver: Kind
  readonly performer: Kind
}

/** Every norm of an edition, the terms of the service first. Receiver and performer are those that a case would have. */
export function normsOf({ regulation }: Law): OfferedNorm[] {
  const terms = regulation.terms.flatMap((term) =>
    term.channels.flatMap((id): OfferedNorm[] => {
      const channel = regulation.channels[id]
      if (channel === undefined) return []
      const { clause, value, unit, location } = term
      const name = `${regulation.id}/term/${term.id}/${id}`
      return [{ id: name, clause, value, unit, of: channel.title, location, receiver: channel.receiver, performer: 'provider' }]
    }),
  )
  const steps = regulation.steps.flatMap((step) =>
    step.norms.map(({ clause, value, unit }, index): OfferedNorm => {
      const performer = regulation.roles[step.actor]?.at ?? regulation.channels[step.channel]?.receiver ?? 'provider'
      const name = `${regulation.id}/step/${step.id}/${index}`
      return { id: name, clause, value, unit, of: step.title, location: null, receiver: performer, performer }
    }),
  )
  return [...terms, ...steps]
}

/** The norm by its name, in the edition of the day, else in the nearest one. */
export function findNorm(library: Library, id: string, day: string): { readonly law: Law; readonly norm: OfferedNorm } | undefined {
  const [regulation = ''] = id.split('/')
  const any = library.find(regulation)
  if (any === undefined) return undefined
  const found = library.inForce(any.regulation.service, any.regulation.region, day)
  const law = isInForce(found) ? found : found.nearest
  const norm = law && normsOf(law).find((one) => one.id === id)
  return law && norm ? { law, norm } : undefined
}

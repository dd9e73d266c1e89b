import { demanded } from '../../../../engine/acts/intake.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'

/**
 * What the operator's one key says: every document that this applicant must hand in is here, its original was seen, of what stays as a copy a copy
 * was taken, and what is only shown or compared was given back. Nothing of it is preset: it is typed into the form as if by hand.
 */
export function allHere(law: CaseLaw, state: Pick<CaseState, 'channel'>, typed: URLSearchParams): URLSearchParams {
  const by = typed.get('application.by') === 'representative' ? 'representative' : 'self'
  const holds = (typed.get('application.holds') ?? '') !== ''
  const held = (id: string) => (typed.get(`documents.${id}.held`) ?? '') !== ''
  const asked = new Set(demanded(law.standard.documents, { channel: state.channel, by, holds }))
  const elsewhere = law.standard.documents.filter(
    ({ id, requirement, channels }) => requirement === 'ifNotInStateSystems' && !held(id) && (channels?.includes(state.channel) ?? true),
  )
  for (const { id, presented, returned } of [...asked, ...elsewhere]) {
    const of = `documents.${id}`
    typed.set(`${of}.in`, 'yes')
    typed.set(`${of}.originalSeen`, 'yes')
    if (presented === 'copyWithOriginal') typed.set(`${of}.copyTaken`, 'yes')
    if (presented === 'copyWithOriginal' || returned) typed.set(`${of}.returned`, 'yes')
  }
  return typed
}

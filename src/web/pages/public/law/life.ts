import type { Law } from '../../../../law/model.ts'
import type { Regulation } from '../../../../law/schema/regulation.ts'

type IssuedAct = Pick<Regulation['act'], 'kind' | 'number' | 'date' | 'by'>

/** A day in the life of a regulation. `today` is the day asked about: in force then, or not yet, or no more. */
export interface LifeMark {
  readonly date: string
  readonly kind: 'adopted' | 'edition' | 'from' | 'today' | 'today-out' | 'repealed' | 'last'
  readonly act?: IssuedAct
}

const order = ['adopted', 'edition', 'from', 'repealed', 'today', 'today-out', 'last']

/** In the order of days; each act once, though editions share it. */
export function lifeOf(editions: readonly Law[], on: string): LifeMark[] {
  const marks = editions.flatMap(({ regulation: { act } }): LifeMark[] => {
    const { from, until } = act.inForce
    return [
      { date: act.date, kind: 'adopted', act },
      ...(act.edition.number === act.number ? [] : [{ date: act.edition.date, kind: 'edition' as const, act: act.edition }]),
      { date: from.date, kind: 'from' },
      ...(act.repealed ? [{ date: act.repealed.date, kind: 'repealed' as const, act: act.repealed }] : []),
      ...(until ? [{ date: until.date, kind: 'last' as const }] : []),
    ]
  })
  const holds = editions.some(({ regulation: { act } }) => {
    const { from, until } = act.inForce
    return from.date <= on && (until === undefined || on <= until.date)
  })
  const seen = new Set<string>()
  return [...marks, { date: on, kind: holds ? ('today' as const) : ('today-out' as const) }]
    .filter(({ date, kind, act }) => {
      const name = `${date} ${kind} ${act?.number ?? ''}`
      return seen.has(name) ? false : seen.add(name)
    })
    .sort((a, b) => a.date.localeCompare(b.date) || order.indexOf(a.kind) - order.indexOf(b.kind))
}

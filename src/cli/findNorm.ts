import type { Statutes } from '../desk/statutes.ts'
import type { Languages } from '../language/load.ts'
import { createTranslator } from '../language/translator.ts'
import type { Law } from '../law/model.ts'
import type { FindNorm, FoundNorm } from './deadline.ts'

/** The norm of a clause in the edition that was in force on the day: with a location the term of the service, otherwise the norm of a step. */
export function findNormIn(statutes: Statutes, languages: Languages): FindNorm {
  return (region, clause, location, date) => {
    const laws = servicesOf(statutes, region).flatMap((service) => {
      const found = statutes.inForce(service, region, date)
      return 'refused' in found ? [] : [found.law]
    })
    for (const law of laws) {
      const value = location === undefined ? (normOf(law, clause) ?? termOf(law, clause, undefined)) : termOf(law, clause, location)
      if (value) return { ok: true, value }
    }
    const code = laws.length === 0 ? 'nothingInForce' : 'normUnknown'
    const reason = (language: 'kk' | 'ru' | 'en') =>
      createTranslator(languages[language], language)(`cli.${code}`, { region, clause, date, location: location ?? '—' })
    return { ok: false, code, reason: { kk: reason('kk'), ru: reason('ru'), en: reason('en') } }
  }
}

const servicesOf = (statutes: Statutes, region: string) => [
  ...new Set(statutes.library.regulations.filter((l) => l.regulation.region === region).map((l) => l.regulation.service)),
]

function termOf({ regulation }: Law, clause: string, location: string | undefined): FoundNorm | undefined {
  const term = regulation.terms.find((t) => t.clause === clause && (location === undefined || t.location === location))
  const channel = term?.channels.map((id) => regulation.channels[id])[0]
  if (term === undefined || channel === undefined) return undefined
  return { value: term.value, unit: term.unit, clause, receiver: channel.receiver, performer: 'provider' }
}

function normOf({ regulation }: Law, clause: string): FoundNorm | undefined {
  for (const step of regulation.steps) {
    const norm = step.norms.find((n) => n.clause === clause)
    if (norm === undefined) continue
    const at = regulation.roles[step.actor]?.at ?? 'provider'
    return { value: norm.value, unit: norm.unit, clause, receiver: at, performer: at }
  }
  return undefined
}

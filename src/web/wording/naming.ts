import { receiptHolder } from '../../desk/reading.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { stepOf } from '../../engine/case/law.ts'
import type { Speech } from '../../language/speech.ts'
import { type LocalText, pickText } from '../../language/translator.ts'
import type { Actor } from '../../ledger/ledger.ts'
import { installation, shortName } from '../../people/model.ts'
import type { People } from '../../people/people.ts'

/** Codes of events, rows and files in the reader's words. What was not found is said by its code: a page never breaks over a name. */
export interface Naming {
  text(text: LocalText | undefined): string
  role(role: string | undefined, law?: CaseLaw): string
  organisation(id: string | null | undefined): string
  unit(organisation: string | null | undefined, unit: string | undefined): string
  person(id: string | null | undefined): string
  /** Who did it and as what: `Сериков Ә. Б., кеңсе қызметкері`. */
  actor(actor: Actor, law?: CaseLaw): string
  step(law: CaseLaw, step: string | null): string
  ending(law: CaseLaw, ending: string): string
}

export function namingFor(people: Pick<People, 'organisation' | 'staffById'>, { t, language, shortDate }: Speech): Naming {
  const text: Naming['text'] = (given) => (given === undefined ? '' : pickText(given, language).text)
  const role: Naming['role'] = (code, law) => {
    const own = code === undefined ? undefined : law?.regulation.roles[code]?.title
    if (own) return text(own)
    if (code === 'applicant') return t('steps.applicant')
    return code !== undefined && t.has(`people.role.${code}`) ? t(`people.role.${code}`) : (code ?? '')
  }
  const person: Naming['person'] = (id) => {
    if (id === receiptHolder.who) return t('track.receipt')
    const staff = people.staffById(id ?? '')
    if (staff !== undefined) return shortName(staff.name)
    // Staff of another node have its name before their own id, and are in no book here.
    return id?.includes('/') ? t('steps.otherNode.worker') : (id ?? '')
  }
  return {
    text,
    role,
    person,
    organisation: (id) => (id === installation ? t('people.installation') : text(people.organisation(id ?? '')?.name) || (id ?? '')),
    unit: (organisation, unit) => text(people.organisation(organisation ?? '')?.units.find(({ id }) => id === unit)?.title),
    actor: (actor, law) => {
      if (actor.kind === 'applicant') return t('steps.applicant')
      if (actor.kind === 'system') return t.has(`steps.system.${actor.id}`) ? t(`steps.system.${actor.id}`) : t('steps.system.engine')
      const named = [person(actor.id), role(actor.role, law)].filter((part) => part !== '').join(', ')
      if (actor.acting === undefined) return named
      const { order } = actor.acting
      return t('people.actingFor', { named, for: person(actor.acting.for), number: order.number, date: shortDate(order.date) })
    },
    step: (law, step) => text(step === null ? undefined : stepOf(law, step)?.title) || (step ?? ''),
    ending: (law, ending) =>
      t.has(`steps.ending.${ending}`) ? t(`steps.ending.${ending}`) : text(law.regulation.endings[ending]?.title) || ending,
  }
}

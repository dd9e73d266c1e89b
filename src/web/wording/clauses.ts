import type { Speech } from '../../language/speech.ts'

/**
 * A clause as a person reads it: the number alone of the act itself ("8.3", "9.2 ¶1"); an annex and a clause of the order that adopted the act by
 * name; a clause of a law beside it ("law-88-V:20(3)") with that law's number.
 */
export function clauseWords(clause: string, t: Speech['t']): string {
  const order = /^order (\d+)$/.exec(clause)?.[1]
  if (order) return t('components.clause.order', { number: order })
  const annex = /^annex(?: (\d+))?$/.exec(clause)
  if (annex) return annex[1] ? t('components.clause.annex', { number: annex[1] }) : t('components.clause.onlyAnnex')
  const [, law, number] = /^law-([^:]+):(.+)$/.exec(clause) ?? []
  if (law && number) return t('components.clause.ofLaw', { law, number })
  return t('components.clause.clause', { number: clause })
}

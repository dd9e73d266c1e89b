import type { CaseLaw } from '../../engine/case/law.ts'
import type { Refusal } from '../../engine/case/refusal.ts'
import { refusalWords } from '../../language/refusal.ts'
import type { Speech } from '../../language/speech.ts'
import { parseIin } from '../../law/identifiers.ts'
import type { NotInForce } from '../../law/model.ts'
import type { SealReason } from '../../seal/seal.ts'
import { clauseWords } from './clauses.ts'
import type { Naming } from './naming.ts'

type Refused = Refusal['refused']

/** A "no" of the engine in one line: what stands in the way, by which clause, what to do. */
export function refusalLine(refused: Refused, law: CaseLaw | null, naming: Naming, speech: Speech): string {
  const { t } = speech
  const { says, remedy } = refusalWords(t, { code: refused.code, params: refused.params }, namesIn(refused.params, law, naming, speech))
  const clause = refused.clause === null ? '' : `(${clauseWords(refused.clause, t)})`
  return [says, clause, remedy].filter((part) => part !== '').join(' ')
}

/** Codes among the parameters that a regulation or the Standard names. */
function namesIn(params: Refused['params'], law: CaseLaw | null, naming: Naming, { t, dateTime, date }: Speech): Record<string, string> {
  const document = (id: string) => naming.text(law?.standard.documents.find((rule) => rule.id === id)?.title)
  const says: Record<string, (value: string) => string> = {
    role: (role) => naming.role(role, law ?? undefined),
    holder: (role) => naming.role(role, law ?? undefined),
    step: (step) => (law ? naming.step(law, step) : step),
    open: (step) => (law ? naming.step(law, step) : step),
    ending: (ending) => (law ? naming.ending(law, ending) : ending),
    document,
    why: () => wrongNumber(String(params.iin ?? ''), t),
    since: (at) => dateTime(at),
    until: (day) => date(day),
    day: (day) => date(day),
  }
  const named = Object.entries(params).map(([name, value]) => [name, says[name]?.(String(value)) ?? ''])
  return Object.fromEntries(named.filter(([, words]) => words !== ''))
}

function wrongNumber(iin: string, t: Speech['t']): string {
  const answer = parseIin(iin)
  return answer.ok ? '' : t(`identifier.${answer.error.code}`, answer.error.params)
}

/** No regulation of the service is in force on the day: which one was, and which act repealed it. */
export function notInForceWords(answer: NotInForce, naming: Naming, { t, date, shortDate }: Speech): string {
  const repealed = answer.repealedBy
  const nearest = answer.nearest?.regulation
  const day = date(answer.date)
  if (nearest === undefined) return t('refusal.notInForce.unknown', { day })
  const title = naming.text(nearest.title)
  if (repealed === undefined) return t('refusal.notInForce.notYet', { day, title, from: shortDate(nearest.act.inForce.from.date) })
  const act = { kind: naming.text(repealed.kind), number: repealed.number, date: shortDate(repealed.date), by: naming.text(repealed.by) }
  return t('refusal.notInForce.repealed', { day, title, ...act })
}

export const unsignedWords = (reasons: readonly SealReason[], { t, list }: Speech): string => {
  const told = reasons.map((reason) => (t.has(`seal.${reason}`) ? t(`seal.${reason}`) : reason))
  const remedies = [...new Set(reasons.flatMap((reason) => (t.has(`remedies.seal.${reason}`) ? [t(`remedies.seal.${reason}`)] : [])))]
  return [t('refusal.unsigned', { reasons: list(told) }), ...remedies].join(' ')
}

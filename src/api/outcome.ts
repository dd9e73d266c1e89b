import type { z } from 'zod'
import type { Outcome } from '../desk/outcome.ts'
import { mayRead } from '../desk/who.ts'
import type { Refusal } from '../engine/case/refusal.ts'
import { pickText, type Translator } from '../language/translator.ts'
import { parseIin } from '../law/identifiers.ts'
import type { NotInForce } from '../law/model.ts'
import { type No, no } from './problem.ts'
import type { Reply, StaffCall } from './route.ts'
import type { done } from './schemas/common.ts'

type Done = z.infer<typeof done>

/**
 * What came of a command, as the API says it. Whoever may not see the case is told that there is none, whatever the engine said:
 * `number` is null where the command opens a case.
 */
export async function replyOf(
  call: StaffCall<unknown, unknown>,
  outcome: Outcome,
  number: string | null,
  status = 200,
): Promise<Reply<Done> | No> {
  const { t } = call
  if (outcome.kind === 'done') {
    const href = caseHref(outcome.number)
    const body = { number: outcome.number, version: outcome.version, repeated: outcome.repeated, href }
    return { status, body, headers: { etag: `"${outcome.version}"`, location: href } }
  }
  if (number !== null && !(await sees(call, outcome, number))) return no('notFound')
  switch (outcome.kind) {
    case 'refused':
      return refused(t, outcome.refusal, outcome.file)
    case 'changed':
      return no('changed', { headers: { etag: `"${outcome.version}"` }, extra: { version: outcome.version } })
    case 'keyReused':
      return no('keyReused')
    case 'notFound':
      return no('notFound')
    case 'notInForce':
      return notInForce(t, outcome.answer)
    case 'unsigned':
      return no('unsigned', { more: outcome.reasons.map((reason) => t(`seal.${reason}`)).join(' '), extra: { reasons: outcome.reasons } })
  }
}

export const caseHref = (number: string) => `/api/v1/cases/${number}`

async function sees({ house, who }: StaffCall<unknown, unknown>, outcome: Outcome, number: string): Promise<boolean> {
  if (outcome.kind === 'refused' && outcome.file !== null) return mayRead(who, outcome.file.bound.court, outcome.file.state)
  return (await house.reading.case(number, who, 'api')) !== null
}

type File = Extract<Outcome, { kind: 'refused' }>['file']

export function refused(t: Translator, { code, clause, params, at }: Refusal['refused'], file: File = null): No {
  const { iin, ...shown } = params
  const names = namesOf(t, params, file)
  const why = code === 'badIin' && typeof iin === 'string' ? whyWrong(t, iin) : undefined
  const said = { clause, params: shown, names: { ...names, ...(why === undefined ? {} : { why }) } }
  if (at === undefined) return no(code, said)
  const pointer = at
    .split('.')
    .map((part) => `/${part}`)
    .join('')
  return no(code, { ...said, errors: [{ pointer, code }] })
}

/** A document of the Standard by its title. */
function namesOf(t: Translator, params: Refusal['refused']['params'], file: File): Record<string, string> {
  const rule = file?.bound.court.standard.documents.find((d) => d.id === params.document)
  return rule === undefined ? {} : { document: pickText(rule.title, t.language).text }
}

function whyWrong(t: Translator, iin: string): string | undefined {
  const parsed = parseIin(iin)
  return parsed.ok ? undefined : t(`identifier.${parsed.error.code}`, parsed.error.params)
}

export function notInForce(t: Translator, answer: NotInForce): No {
  const { repealedBy, nearest } = answer
  const day = officeDay(answer.date)
  if (nearest === undefined) return no('actNotInForce', { more: t('refusal.notInForce.unknown', { day }) })
  const { title: named, act: own } = nearest.regulation
  const title = pickText(named, t.language).text
  if (repealedBy === undefined)
    return no('actNotInForce', { more: t('refusal.notInForce.notYet', { day, title, from: officeDay(own.inForce.from.date) }) })
  const say = (text: Parameters<typeof pickText>[0]) => pickText(text, t.language).text
  const act = { kind: say(repealedBy.kind), number: repealedBy.number, date: repealedBy.date, by: say(repealedBy.by) }
  const more = t('refusal.notInForce.repealed', { day, title, ...act, date: officeDay(act.date) })
  return no('actNotInForce', { more, extra: { repealedBy: act } })
}

const officeDay = (day: string) => day.split('-').reverse().join('.')

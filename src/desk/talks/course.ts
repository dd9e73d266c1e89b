import type { Actor, CaseEvent } from '../../engine/case/events.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { type Side, sideOf } from '../../engine/case/talk.ts'
import type { CourseDeed } from '../../gateway/messages/course.ts'
import type { StoredEvent } from '../../ledger/ledger.ts'
import { toCaseEvent } from '../events.ts'

type By = Extract<CourseDeed, { do: 'open' }>['by']
type Read = CaseEvent & { readonly seq: number }

/**
 * What one side did in a case, oldest first, as it is told to the other: the commands behind the events. What was entered is said in the message's own
 * fields; events that the same law makes of them by itself are not told, the other side makes them too.
 */
export function courseOf(law: CaseLaw, events: readonly StoredEvent[], side: Side): CourseDeed[] {
  const course: CourseDeed[] = []
  let role: string | undefined
  let assignee: string | undefined
  for (const event of events.map((stored): Read => ({ ...toCaseEvent(stored), seq: stored.seq }))) {
    if (event.type === 'StepOpened') {
      role = event.data.role
      assignee = undefined
    }
    if (event.type === 'ApplicationReferred') assignee = event.data.assignee
    // A system's doing belongs to whoever waits for it.
    if (sideOf(law, event.actor.role ?? role) === side) tell(course, event, assignee)
  }
  return course
}

function tell(course: CourseDeed[], event: Read, assignee: string | undefined): void {
  const { seq, at, actor } = event
  const by = byOf(actor)
  const given = assignee === undefined ? {} : { assignee }
  switch (event.type) {
    case 'CaseOpened':
      course.push({ do: 'open', seq, at, by })
      break
    case 'RegisterQueried':
      if (event.actor.kind === 'staff') again(course, { do: 'step', seq, at, by, step: stepIn(event.data.query), ...given })
      break
    case 'RegisterAnswered': {
      const last = course.at(-1)
      const { found, exchange, text } = event.data
      if (last?.do === 'step')
        course.push({ do: 'registerAnswered', seq, at, step: last.step, found, exchange, ...(text === null ? {} : { text }) })
      break
    }
    case 'RequestSent': {
      // Whoever hears of it has it: for them it was delivered when it was sent.
      const step = stepIn(event.data.message)
      again(course, { do: 'step', seq, at, by, step, ...given })
      course.push({ do: 'sent', seq, at, step })
      break
    }
    case 'StepDone':
      if (actor.kind === 'staff') course.push({ do: 'step', seq, at, by, step: event.data.step, ...given })
      break
    case 'EntryCorrected': {
      const { after, reason } = event.personal ?? { after: '', reason: '' }
      course.push({ do: 'correct', seq, at, by, entry: event.data.entry, value: String(after ?? ''), reason: reason || '—' })
      break
    }
    case 'StepReturned':
      course.push({ do: 'return', seq, at, by, reason: event.personal?.reason || '—' })
      break
    case 'AnswerReplaced':
      course.push({ do: 'replace', seq, at, by, reason: event.personal?.reason || '—' })
      break
    case 'CaseEnded':
      if (event.data.kind === 'withdrawn') course.push({ do: 'withdraw', seq, at, by })
      break
  }
}

/** A question that failed for good is asked anew by its worker: only the last time counts. */
function again(course: CourseDeed[], deed: Extract<CourseDeed, { do: 'step' }>): void {
  for (let last = course.at(-1); last && 'step' in last && last.step === deed.step && last.do !== 'registerAnswered'; last = course.at(-1))
    course.pop()
  course.push(deed)
}

/** `<number>/<step>/<version>`, as the engine names what leaves. */
const stepIn = (name: string): string => name.split('/').at(-2) ?? ''

function byOf({ id, role = '', acting }: Actor): By {
  return { id, role, ...(acting === undefined ? {} : { acting }) }
}

/** Everybody whom a course names. */
export function namedIn(course: readonly CourseDeed[]): string[] {
  const ids = course.flatMap((deed) => [
    ...('by' in deed ? [deed.by.id, ...(deed.by.acting ? [deed.by.acting.for] : [])] : []),
    ...('assignee' in deed && deed.assignee ? [deed.assignee] : []),
  ])
  return [...new Set(ids)]
}

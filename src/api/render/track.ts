import type { z } from 'zod'
import type { CaseFile } from '../../desk/outcome.ts'
import { forecast } from '../../engine/case/forecast.ts'
import { stepOf } from '../../engine/case/law.ts'
import type { JournalEntry } from '../../ledger/ledger.ts'
import { shortName } from '../../people/model.ts'
import type { House } from '../../web/house.ts'
import type { track } from '../schemas/case.ts'
import { destroyedView } from './case.ts'

type Track = z.infer<typeof track>

/** What the receipt opens: where the case stands, who acts next and until when, and who read it. Nothing that was entered of the applicant. */
export function trackOf(
  house: House,
  { number, state, bound }: CaseFile,
  readers: readonly JournalEntry[],
  now: string,
  inZone: (at: string) => string,
): Track {
  const { regulation } = bound.law
  const titleOf = (id: string) => stepOf(bound.court, id)?.title ?? { kk: id, ru: id }
  const open = state.step
  const next = open === null || open.role === 'system' ? null : (regulation.roles[open.role]?.title ?? null)
  const { ended } = state
  const goesOn = ended === null && state.destroyed === null
  const ahead = goesOn ? forecast(bound.court, state, now) : null
  const channel = regulation.channels[state.channel]
  return {
    number,
    service: regulation.title,
    regulation: regulation.id,
    edition: regulation.edition,
    channel: channel?.title ?? { kk: state.channel, ru: state.channel },
    openedAt: state.openedAt,
    open: goesOn,
    step: open && { id: open.id, title: titleOf(open.id), clause: stepOf(bound.court, open.id)?.clauses[0] ?? '', actsNext: next },
    path: state.path.map(({ step, clause, outcome, at }) => {
      const title = stepOf(bound.court, step)?.outcomes[outcome]?.title ?? null
      return { step, title: titleOf(step), clause, outcome: title, at }
    }),
    due: ahead && { date: ahead.date, at: ahead.at, clause: ahead.clause },
    papers: state.papers.map(({ form, at }) => ({ form, title: regulation.papers.find((p) => p.id === form)?.title ?? null, at })),
    ended: ended && { ending: ended.ending, title: regulation.endings[ended.ending]?.title ?? null, kind: ended.kind, at: ended.at },
    destroyed: destroyedView(state),
    readers: readers.map(({ at, who, role, purpose }) => ({ at: inZone(at), role, name: nameOf(house, who), purpose })),
  }
}

export function nameOf(house: House, staff: string): string | null {
  const found = house.people.staffById(staff)
  return found === undefined ? null : shortName(found.name)
}

import type { Books, CaseEvent } from '../../engine/case/events.ts'
import type { CaseState, IssuedPaper } from '../../engine/case/state.ts'
import type { People } from '../../people/people.ts'
import type { PaperSources } from './sources.ts'

/** Lays names and addresses beside every paper that is issued, as they stand now: later the books may say something else. */
export function withBooks(
  people: Pick<People, 'staffById' | 'organisation'>,
  events: readonly CaseEvent[],
  state: CaseState,
): readonly CaseEvent[] {
  if (!events.some(isIssue)) return events
  const actors = [...events.map((e) => e.actor), ...state.path.map((d) => d.by), ...(state.signature === null ? [] : [state.signature.by])]
  const staff = Object.fromEntries(
    actors
      .flatMap(({ id, acting }) => [id, ...(acting ? [acting.for] : [])])
      .flatMap((id) => {
        const one = people.staffById(id)
        return one === undefined ? [] : [[id, { name: one.name, post: one.post }]]
      }),
  )
  const ids = [state.provider.id, state.branch, ...actors.map((a) => a.organisation)]
  const organisations = Object.fromEntries(
    ids.flatMap((id) => {
      const one = id ? people.organisation(id) : undefined
      return one === undefined ? [] : [[one.id, { name: one.name, address: one.address, phone: one.phone }]]
    }),
  )
  const books: Books = { organisations, staff }
  return events.map((event) => {
    if (event.type === 'PaperIssued') return { ...event, personal: { ...event.personal, books } }
    if (event.type === 'PaperReissued' && event.personal) return { ...event, personal: { ...event.personal, books } }
    return event
  })
}

const isIssue = (event: CaseEvent) => event.type === 'PaperIssued' || event.type === 'PaperReissued'

/** The sources of a paper with what was laid beside it first: the first print's, then the copy's, then today's books. */
export function asIssued(sources: PaperSources, original: IssuedPaper, issued: IssuedPaper): PaperSources {
  const laid = [original.books, issued.books]
  return {
    ...sources,
    organisation: (id) => laid.map((books) => books?.organisations?.[id]).find((one) => one !== undefined) ?? sources.organisation(id),
    staff: (id) => laid.map((books) => books?.staff?.[id]).find((one) => one !== undefined) ?? sources.staff(id),
  }
}

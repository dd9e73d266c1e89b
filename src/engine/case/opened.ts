import type { CaseEvent } from './events.ts'
import type { CaseState } from './state.ts'

/** A case as its first event leaves it: nothing done yet. */
export function opened(event: CaseEvent): CaseState {
  if (event.type !== 'CaseOpened') throw new Error(`a case begins with CaseOpened, not with ${event.type}`)
  const { channel, provider, branch, location, files } = event.data
  return {
    version: 1,
    openedAt: event.at,
    openedBy: event.actor,
    channel,
    provider,
    branch,
    location,
    files,
    secret: event.personal?.secret ?? null,
    step: null,
    startedAt: null,
    facts: {},
    application: null,
    by: 'self',
    asks: null,
    holds: false,
    documents: [],
    inStateSystems: null,
    applicant: {},
    consent: null,
    identification: null,
    completeness: null,
    registration: null,
    registerAnswer: null,
    examination: null,
    answer: null,
    seal: null,
    signature: null,
    assignee: null,
    given: null,
    custody: {},
    papers: [],
    dues: [],
    path: [],
    outages: [],
    talk: null,
    ended: null,
    destroyed: null,
  }
}

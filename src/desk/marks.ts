import type { CaseEvent } from '../engine/case/events.ts'

/** What is noted of a case beside its course: a term that is near or over, whether a message came. It changes nothing that a form of the case asks or answers. */
export const isMark = (type: string): boolean => marks.has(type)
const marks: ReadonlySet<string> = new Set<CaseEvent['type']>(['DueWarned', 'DueMissed', 'MessageDelivered', 'MessageFailed'])

import type { Person } from './person.ts'

/**
 * What in a found person stands against going on. Words: `register.<mark>`.
 * `deceased`, `notAlive` (life status other than normal), `removed` from the register, `excluded`, `missing`, `incapable` by a court,
 * `noValidDocument` no identity document is valid on the day.
 */
export type Mark = 'deceased' | 'notAlive' | 'removed' | 'excluded' | 'missing' | 'incapable' | 'noValidDocument'

const normal = '0'
const valid = '00'

/** @param day `YYYY-MM-DD` on which the person's documents must be valid */
export function marksOf(person: Person, day: string): Mark[] {
  const marks: Mark[] = []
  if (person.deathDate !== undefined || person.deathCertificate !== undefined) marks.push('deceased')
  else if (person.lifeStatus.code !== normal) marks.push('notAlive')
  if (person.removed === true) marks.push('removed')
  if (person.excludeStatus !== undefined) marks.push('excluded')
  const { missingStatus: missing, disappearStatus: disappeared } = person
  const isGone = missing?.missing === true && !ended(missing.missingEndDate, day)
  if (isGone || (disappeared?.disappear === true && !ended(disappeared.disappearEndDate, day))) marks.push('missing')
  if (person.personCapableStatus !== undefined && !ended(person.personCapableStatus.capableEndDate, day)) marks.push('incapable')
  const documents = person.documents?.document ?? []
  if (!documents.some((document) => document.status.code === valid && !ended(document.endDate, day))) marks.push('noValidDocument')
  return marks
}

const ended = (end: string | undefined, day: string): boolean => end !== undefined && end < day

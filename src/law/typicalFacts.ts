import type { StandardEdition, TypicalFact } from './schema/standard.ts'
import type { Text } from './schema/text.ts'

/** Whether a document was handed in, is lacking though demanded, or is there but no longer valid. */
export type Presence = TypicalFact['when']

/** What is most often wrong with a document that is here, absent or expired; what its absence or its day gives stands first. */
export function typicalFactsOf({ typicalFacts }: StandardEdition, document: string, presence: Presence): TypicalFact[] {
  const own = (typicalFacts?.facts ?? []).filter(({ documents }) => documents?.includes(document) ?? true)
  const present = own.filter((fact) => fact.when === 'present')
  if (presence === 'present') return present
  const first = own.filter((fact) => fact.when === presence)
  return presence === 'absent' ? first : [...first, ...present]
}

/** How the cause of a typical fact is removed: as the fact says, else as its ground does. */
export const remedyOf = (standard: StandardEdition, fact: TypicalFact): Text | undefined =>
  fact.remedy ?? standard.grounds.find(({ id }) => id === fact.ground)?.remedy

/** The words of the Standard's file of which the given text is one language; undefined where somebody wrote their own. */
const among = (words: readonly (Text | undefined)[], given: string): Text | undefined =>
  words.find((text) => text !== undefined && [text.kk, text.ru, text.en].includes(given))

export const standardFact = (standard: StandardEdition, given: string): Text | undefined =>
  among(
    (standard.typicalFacts?.facts ?? []).map(({ fact }) => fact),
    given,
  )

export const standardRemedy = (standard: StandardEdition, given: string): Text | undefined =>
  among([...(standard.typicalFacts?.facts ?? []).map(({ remedy }) => remedy), ...standard.grounds.map(({ remedy }) => remedy)], given)

import type { Translator } from '../../language/translator.ts'
import type { Law } from '../../law/model.ts'
import type { Naming } from './naming.ts'

/** What an applicant states of whom the documents `forHolders` are asked, in the Standard's words; null where no document is. */
export function holdersOf({ edition, standard }: Pick<Law, 'edition' | 'standard'>, naming: Naming, t: Translator): string | null {
  if (!edition.documents.some(({ requirement }) => requirement === 'forHolders')) return null
  // A Standard that was in force before this could be written has no words of its own.
  return naming.text(standard.holdersAre) || t('steps.field.holds')
}

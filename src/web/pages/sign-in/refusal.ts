import type { Speech } from '../../../language/speech.ts'
import type { PeopleRefusal } from '../../../people/model.ts'

/** A "no" of people in the reader's words; codes of the pages themselves stand under `pages.refusal`. */
export const peopleRefusal = ({ code, params }: PeopleRefusal, { t }: Speech): string =>
  t.has(`people.refusal.${code}`) ? t(`people.refusal.${code}`, params) : t(`pages.refusal.${code}`)

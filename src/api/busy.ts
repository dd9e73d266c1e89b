import { type Language, languages } from '../language/messages.ts'
import { createTranslator } from '../language/translator.ts'
import type { House } from '../web/house.ts'
import { no } from './problem.ts'
import { languageOf, problemOf } from './words.ts'

/** What the API says where a request is not let in; written once for each language, since it is said when there is no time. */
export function busyProblem(house: Pick<House, 'languages' | 'publicUrl'>) {
  const said = new Map<Language, string>(
    languages.map((language) => [
      language,
      JSON.stringify(problemOf(createTranslator(house.languages[language], language), house.publicUrl, no('busy'))),
    ]),
  )
  return (acceptLanguage: string | undefined) => {
    const language = languageOf(acceptLanguage)
    return { body: said.get(language) ?? '', language }
  }
}

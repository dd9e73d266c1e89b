import { Hono } from 'hono'
import { createTranslator } from '../language/translator.ts'
import type { House } from '../web/house.ts'
import { isRefusalCode, type ProblemCode, problemCodes, statuses } from './problem.ts'
import { languageOf } from './words.ts'

const isCode = (code: string): code is ProblemCode => problemCodes.some((one) => one === code)

/** Where the `type` of a problem leads: mounted under `/problems`. What it means and what can be done, in the reader's language. */
export function problemPages(house: Pick<House, 'languages'>): Hono {
  return new Hono().get('/:code', (c) => {
    const code = c.req.param('code')
    if (!isCode(code)) return c.notFound()
    const language = languageOf(c.req.header('accept-language'))
    const t = createTranslator(house.languages[language], language)
    const words = isRefusalCode(code) ? `refusal.${code}` : `api.problem.${code}`
    // A page is about no one request: what would be counted there is left open.
    const remedy = t(`${words}.remedy`, { seconds: '…' })
    return c.text(`${statuses[code]} ${code}\n\n${t(`${words}.title`)}\n${remedy}\n`, 200, {
      'content-language': language,
      vary: 'Accept-Language',
      'cache-control': 'public, no-cache',
    })
  })
}

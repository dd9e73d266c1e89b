import { Hono } from 'hono'
import { isPlural, leaves, type Messages, paramsOf } from '../../../../language/messages.ts'
import type { Door } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import type { Public } from '../local.tsx'
import { AboutPage, ProblemPage, ProblemsPage } from './pages.tsx'

export interface ProblemWords {
  readonly title: string
  readonly says: string
  readonly remedy: string
}

/** What a problem of the API or of a desk means, where the words are: `refusal.<code>` or `api.problem.<code>`. */
export function problemWords(messages: Messages, code: string): ProblemWords | null {
  const found = groups(messages).get(code)
  if (found === undefined) return null
  const word = (part: string) => {
    const leaf = found.get(part)
    const text = leaf === undefined ? '' : typeof leaf === 'string' ? leaf : leaf.other
    return paramsOf(text).reduce((filled, name) => filled.replaceAll(`{${name}}`, '…'), text)
  }
  return { title: word('title'), says: word('says'), remedy: word('remedy') }
}

export const problemCodes = (messages: Messages): string[] => [...groups(messages).keys()].sort()

type Leaf = ReturnType<typeof leaves>[number][1]

function groups(messages: Messages): Map<string, Map<string, Leaf>> {
  const found = new Map<string, Map<string, Leaf>>()
  const api = messages.api
  const problems = typeof api === 'object' && !isPlural(api) ? api.problem : undefined
  for (const source of [messages.refusal, problems]) {
    if (typeof source !== 'object' || isPlural(source)) continue
    for (const [code, words] of Object.entries(source))
      if (typeof words === 'object' && !isPlural(words) && 'title' in words) found.set(code, new Map(leaves(words)))
  }
  return found
}

export function aboutRoutes({ house, frameOf }: Public): Hono<Door> {
  const routes = new Hono<Door>()
  routes.get('/problems', (c) => {
    const frame = frameOf(c)
    const messages = house.languages[frame.speech.language]
    const problems = problemCodes(messages).map((code) => ({ code, title: problemWords(messages, code)?.title ?? code }))
    return c.html(<ProblemsPage frame={frame} problems={problems.toSorted((a, b) => frame.speech.compare(a.title, b.title))} />)
  })
  routes.get('/problems/:code', (c) => {
    const frame = frameOf(c)
    const code = c.req.param('code')
    const words = problemWords(house.languages[frame.speech.language], code)
    if (words === null) throw new Refused('notFound')
    return c.html(<ProblemPage frame={frame} code={code} words={words} />)
  })
  routes.get('/accessibility', (c) => c.html(<AboutPage frame={frameOf(c)} about="accessibility" parts={4} />))
  routes.get('/privacy', (c) => c.html(<AboutPage frame={frameOf(c)} about="privacy" parts={6} />))
  return routes
}

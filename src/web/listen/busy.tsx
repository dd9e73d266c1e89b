import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLanguage, type Language } from '../../language/messages.ts'
import { createSpeech } from '../../language/speech.ts'
import { ErrorPage } from '../components/error-page/error-page.tsx'
import { securityHeaders } from '../door/security.ts'
import type { House } from '../house.ts'
import { Page } from '../layout/Page.tsx'
import { paths } from '../paths.ts'
import { isApi, isRead, pathOf } from './kinds.ts'

/** The problem document of the API, in the language that its caller asks for. */
export type BusyProblem = (acceptLanguage: string | undefined) => { readonly body: string; readonly language: Language }

/** The banner of the demonstration shows minutes. */
const drawnForMs = 10_000

/** Whoever is sent away at one moment must not come back at one moment; in seconds. */
const leastPause = 3
const spread = 6

/**
 * Says "come again" with 503 and `Retry-After`, for next to nothing: the page is drawn once for each language and kept. A page that was to be read
 * opens again by itself, also without script; one that came of a form says that nothing was done and that the same form may be sent again.
 */
export function busyAnswers(house: House, problem: BusyProblem) {
  const drawn = new Map<string, { readonly until: number; readonly html: Buffer }>()
  const headers = securityHeaders(house)

  const page = (language: Language, kind: 'busy' | 'busyForm'): Buffer => {
    const known = drawn.get(`${language}/${kind}`)
    const now = house.machine()
    if (known !== undefined && known.until > now) return known.html
    const html = Buffer.from(draw(house, language, kind))
    drawn.set(`${language}/${kind}`, { until: now + drawnForMs, html })
    return html
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    const pause = String(leastPause + Math.floor(Math.random() * spread))
    const path = pathOf(request)
    response.setHeaders(new Map(Object.entries({ ...headers, 'cache-control': 'no-store', 'retry-after': pause })))
    // A body that nobody reads would stand in the way of the next request on its connection.
    if (!request.complete) response.shouldKeepAlive = false
    if (isApi(path)) {
      const { body, language } = problem(request.headers['accept-language'])
      response.writeHead(503, { 'content-type': 'application/problem+json', 'content-language': language }).end(body)
    } else if (isByScript(request)) response.writeHead(503, { 'content-type': 'application/json' }).end('{}')
    else {
      const isForm = !isRead(request)
      if (!isForm) response.setHeader('refresh', pause)
      response.writeHead(503, { 'content-type': 'text/html; charset=UTF-8' }).end(page(languageOf(request), isForm ? 'busyForm' : 'busy'))
    }
  }
}

const isByScript = ({ headers }: IncomingMessage): boolean =>
  headers['qyzmet-form'] === 'script' || /^(?:application\/json|text\/event-stream)\b/.test(headers.accept ?? '')

function languageOf({ url = '/', headers }: IncomingMessage): Language {
  const asked = /[?&]lang=(\w\w)\b/.exec(url)?.[1]
  if (isLanguage(asked)) return asked
  const kept = /(?:^|; ?)qyzmet-language=(\w\w)\b/.exec(headers.cookie ?? '')?.[1]
  return isLanguage(kept) ? kept : 'kk'
}

function draw(house: House, language: Language, kind: 'busy' | 'busyForm'): string {
  const speech = createSpeech(house.languages[language], language, 'Asia/Almaty')
  const frame = {
    speech,
    assets: house.assets.urls,
    path: paths.start,
    ...(house.demonstration ? { demonstration: { now: new Date(house.clock.now()).toISOString(), href: paths.clock } } : {}),
  }
  return String(
    <Page frame={frame} title={speech.t(`errors.${kind}.title`)}>
      <ErrorPage kind={kind} />
    </Page>,
  )
}

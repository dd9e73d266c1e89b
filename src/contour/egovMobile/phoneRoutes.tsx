import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { type Choice, choicesFor, type KeyMaker, type Person } from '../ncalayer/keys.ts'
import { isOwn, windowPolicy } from '../ncalayer/windowRoutes.tsx'
import { type PhoneView, PhoneWindow } from './PhoneWindow.tsx'
import { openCode, type PhoneParts, signOpened } from './phone.ts'

export interface PhoneProgramParts extends PhoneParts {
  readonly keys: KeyMaker
  readonly people: readonly Person[]
  readonly translator: (language: Language) => Translator
  /** Where it stands on the server: `/demo/egov-mobile`. */
  readonly at: string
}

/** A telephone with eGov Mobile for a demonstration: `?code=` is the text of the code that it scanned, `of=` whose it is. It goes the way of a real one. */
export function phoneRoutes(parts: PhoneProgramParts): Hono {
  const { people, keys, translator, at } = parts
  const css = ['../ncalayer/window.css', 'phone.css'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n')
  const routes = new Hono()
  routes.use(async (c, next) => {
    if (c.req.method === 'POST' && !isOwn(c)) return c.body(null, 403)
    await next()
    c.header('content-security-policy', windowPolicy)
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    return undefined
  })
  const draw = (c: Context, typed: URLSearchParams, shown: PhoneView['shown']) => {
    const language = languageOf(typed.get('lang'))
    const [code, of] = [typed.get('code') ?? '', typed.get('of') ?? '']
    const view = { t: translator(language), language, at, code, of, choices: keysOn(of, people), shown }
    return c.html(<PhoneWindow {...view} />, shown.kind === 'failed' ? 422 : 200)
  }
  routes.get('/style.css', (c) => c.body(css, 200, { 'content-type': 'text/css; charset=utf-8' }))
  routes.get('/', async (c) => {
    const typed = new URL(c.req.url).searchParams
    return draw(c, typed, await openCode(typed.get('code') ?? '', parts))
  })
  routes.post('/', async (c) => {
    const typed = new URLSearchParams(await c.req.text())
    if (typed.get('do') !== 'sign') return draw(c, typed, { kind: 'refusedByPerson' })
    const chosen = keysOn(typed.get('of') ?? '', people).find(({ id }) => id === typed.get('key'))
    if (chosen === undefined) return c.body(null, 400)
    const opened = await openCode(typed.get('code') ?? '', parts)
    if (opened.kind === 'failed') return draw(c, typed, opened)
    return draw(c, typed, await signOpened(opened, await keys.identity(chosen.id), parts))
  })
  return routes
}

/** A telephone holds its owner's keys; here also those that something is wrong with, and a colleague's. */
function keysOn(owner: string, people: readonly Person[]): readonly Choice[] {
  const { iin = '', bin = '' } = people.find(({ id }) => id === owner) ?? {}
  return choicesFor(
    {
      ...{
        format: 'cms',
        documents: [],
        decode: true,
        encapsulate: false,
        digested: false,
        timeStamp: false,
        outputCert: false,
        locale: 'kk',
      },
      signer: { usages: [], iin, bin, serial: '' },
    },
    people,
  )
}

const languageOf = (asked: string | null): Language => (asked === 'ru' || asked === 'en' ? asked : 'kk')

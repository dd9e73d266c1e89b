import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import type { Emulator } from './emulator.ts'
import { Window } from './Window.tsx'

export interface WindowParts {
  /** The machine whose window it is; null: there is none at this address. */
  readonly machine: (c: Context) => Emulator | null
  readonly translator: (language: Language) => Translator
  /** The address of the window itself. */
  readonly at: (c: Context) => string
}

/** Only its own style and script, and nobody may put it into a frame: a click that was meant for something else must not sign. */
export const windowPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const file = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const lookMs = 20_000

/** The window of a machine. Whoever sends its forms must be a page of this same server. */
export function windowRoutes({ machine, translator, at }: WindowParts): Hono {
  const routes = new Hono()
  const [css, script] = [file('window.css'), file('window.script.js')]

  routes.use(async (c, next) => {
    if (machine(c) === null) return c.notFound()
    if (c.req.method === 'POST' && !isOwn(c)) return c.body(null, 403)
    await next()
    c.header('content-security-policy', windowPolicy)
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    return undefined
  })
  routes.get('/style.css', (c) => c.body(css, 200, { 'content-type': 'text/css; charset=utf-8' }))
  routes.get('/script.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  routes.get('/', (c) => {
    const { dialogs, faults } = known(machine(c))
    const dialog = dialogs.current()
    const language = languageOf(c, dialog?.wish.locale)
    return c.html(<Window t={translator(language)} language={language} dialog={dialog} faults={faults} at={at(c)} />)
  })
  // Answers when another question stands than the one that the window shows, or after twenty seconds.
  routes.get('/state', async (c) => {
    const { dialogs } = known(machine(c))
    const was = c.req.query('was') ?? ''
    await dialogs.changed(was === '' ? null : was, AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(lookMs)]))
    return c.json({ dialog: dialogs.current()?.id ?? '' })
  })
  routes.post('/', async (c) => {
    const { dialogs } = known(machine(c))
    const typed = new URLSearchParams(await c.req.text())
    const [dialog, key, wish] = [typed.get('dialog') ?? '', typed.get('key') ?? '', typed.get('do')]
    if (wish === 'cancel') dialogs.cancel(dialog)
    else dialogs.choose(dialog, key, { anyway: wish === 'anyway', password: typed.get('password') ?? '' })
    return c.redirect(dialogs.current() === null ? `${at(c)}?done` : at(c), 303)
  })
  routes.post('/faults', async (c) => {
    const { faults } = known(machine(c))
    const typed = new URLSearchParams(await c.req.text())
    const [seconds, crash] = [Number(typed.get('slow')), typed.get('crash')]
    faults.version = typed.get('version') === '1.2' ? '1.2' : '1.4'
    faults.slowMs = Number.isFinite(seconds) ? Math.min(60, Math.max(0, seconds)) * 1000 : 0
    faults.crash = crash === 'beforeDialog' || crash === 'afterDialog' ? crash : 'never'
    faults.absent = typed.get('absent') === 'yes'
    faults.asksPassword = typed.get('asksPassword') === 'yes'
    const answer = typed.get('answer')
    faults.answer = answer === 'cutShort' || answer === 'otherShape' ? answer : 'right'
    faults.tokens = typed.get('token') === 'yes' ? ['AKKaztokenStore'] : []
    return c.redirect(at(c), 303)
  })
  return routes
}

function known(machine: Emulator | null): Emulator {
  if (machine === null) throw new Error('a window of no machine')
  return machine
}

/** A form of another site is told by the browser itself; where it says nothing, by its origin. */
export function isOwn(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  const origin = c.req.header('origin')
  return origin === undefined || URL.parse(origin)?.host === c.req.header('host')
}

function languageOf(c: Context, locale: string | undefined): Language {
  const asked = c.req.query('lang') ?? locale
  return asked === 'ru' || asked === 'en' ? asked : 'kk'
}

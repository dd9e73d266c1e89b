import type { MiddlewareHandler } from 'hono'
import { homeOf } from '../../desk/numbers.ts'
import type { SavedForm } from '../../ledger/ledger.ts'
import { SavedNotice } from '../components/saved-form/saved-form.tsx'
import { SpeechContext } from '../components/speech.ts'
import type { House } from '../house.ts'
import { localPath, paths } from '../paths.ts'
import { type Door, type DoorContext, formOf } from './door.ts'
import type { FrameOf } from './errors.tsx'
import { refill } from './refill.ts'

/** A form of a hundred documents is some tens of kilobytes. */
const longestSaved = 256 * 1024
const day = 24 * 3_600_000
/** Longer than any step of a regulation may take; a form about no case is forgotten the next day. */
const kept = { ofCase: 14 * day, other: day }

/** Forms that hold a password, or nothing that somebody typed. */
const never: readonly string[] = [paths.signIn, paths.signOut, paths.password, paths.grant, paths.search, paths.savedForm]
const secret = /password|secret/i

const caseOf = (action: string): SavedForm['of'] => {
  const number = /^\/cases\/([^/]+)\//.exec(action)?.[1]
  const home = number === undefined ? null : homeOf(number)
  return number === undefined || home === null ? null : { home, case: number }
}

export const placeOf = (action: string): Pick<SavedForm, 'of' | 'action'> => ({ of: caseOf(action), action })

const mayBeSaved = (action: string): boolean =>
  !never.some((path) => action === path || action.startsWith(`${path}/`)) && (action.startsWith('/cases/') || action.startsWith('/staff'))

/** Keeps what was typed for whoever typed it. False: there is nothing to keep, or no place for it. */
export async function saveForm(house: House, staff: string, action: string, typed: URLSearchParams): Promise<boolean> {
  if (!mayBeSaved(action)) return false
  const of = caseOf(action)
  // A key is made for whatever case is named, so only one that is there may be.
  if (of === null ? /^\/cases\/\d/.test(action) : (await house.ledger.cases.byNumber(of.home, of.case)) === null) return false
  const values = new URLSearchParams([...typed].filter(([name]) => !isTheDoors(name) && !secret.test(name))).toString()
  if (values.length > longestSaved || ![...typed].some(([name, value]) => !name.startsWith('_') && value !== '')) return false
  const savedAt = house.machine()
  return house.ledger.savedForms.keep({ of, staff, action, values, savedAt, until: savedAt + (of === null ? kept.other : kept.ofCase) })
}

/** The step and the version that the form was about are kept with it; its token and its name as a request are not. */
const isTheDoors = (name: string): boolean => name.startsWith('_') && name !== '_seen' && name !== '_step'

export const forgetForm = (house: House, staff: string, action: string): Promise<void> =>
  house.ledger.savedForms.forget({ ...placeOf(action), ...(/\/steps\/[^/]+$/.test(action) ? {} : { staff }) })

/** The same page again, with what was kept for it; `/staff/p-1/reset` has no page of its own and is looked for on the pages above it. */
export const withSaved = (page: string, action: string): string => `${page}?saved=${encodeURIComponent(action)}`

/** A script sends the form and stays on its page: it is told where to go instead of being led there. */
export const isByScript = (c: DoorContext): boolean => c.req.header('qyzmet-form') === 'script'

/**
 * Behind the door of staff. A form that was refused is kept until it is accepted; a page whose form was typed before, here or on another computer
 * of the same person, comes back filled and says so.
 */
export const savedForms =
  (house: House, frameOf: FrameOf): MiddlewareHandler<Door> =>
  async (c, next) => {
    if (c.req.method === 'POST') return afterSending(house, c, next)
    return c.req.method === 'GET' ? bringBack(house, frameOf, c, next) : next()
  }

async function afterSending(house: House, c: DoorContext, next: () => Promise<void>): Promise<void> {
  const typed = await formOf(c)
  await next()
  const [staff, action, { status }] = [c.get('session')?.staff.id, c.req.path, c.res]
  if (staff === undefined || !mayBeSaved(action)) return
  const work =
    status === 303
      ? forgetForm(house, staff, action)
      : [409, 422, 500, 503].includes(status)
        ? saveForm(house, staff, action, typed)
        : undefined
  // What was asked is answered already; without a database there is no place to keep anything.
  await work?.catch(() => undefined)
}

/** Where a form leads, as words for the script that sent it. */
export const leadScripts: MiddlewareHandler<Door> = async (c, next) => {
  await next()
  if (c.res.status !== 303 || !isByScript(c)) return
  const told = new Headers(c.res.headers)
  const location = told.get('location')
  told.delete('location')
  told.set('content-type', 'application/json')
  c.res = undefined
  c.res = new Response(JSON.stringify({ location }), { headers: told })
}

async function bringBack(house: House, frameOf: FrameOf, c: DoorContext, next: () => Promise<void>): Promise<Response | undefined> {
  const staff = c.get('session')?.staff.id
  const asked = c.req.query('saved')
  const action = localPath(asked) ?? c.req.path
  if (staff === undefined || !(asked !== undefined || /^\/cases\/[^/]+\/[^/]/.test(action)) || !mayBeSaved(action)) {
    await next()
    return undefined
  }
  const saved = await house.ledger.savedForms.find({ ...placeOf(action), staff }, house.machine())
  c.set('saved', saved)
  await next()
  const above = c.req.path.slice(0, c.req.path.lastIndexOf('/'))
  if (asked !== undefined && c.res.status === 404 && above.length > 1) return c.redirect(withSaved(above, action), 303)
  const form = c.get('saved')
  if (form !== null && c.res.status === 200 && /^text\/html/.test(c.res.headers.get('content-type') ?? ''))
    await refilled(house, c, frameOf, form)
  return undefined
}

/** A moment of the machine's clock as the reader's clock shows it: that of a demonstration stands elsewhere. */
export const shownAt = (house: House, at: number): string => new Date(at - house.machine() + house.clock.now()).toISOString()

async function refilled(house: House, c: DoorContext, frameOf: FrameOf, saved: SavedForm): Promise<void> {
  const page = await c.res.text()
  const found = refill(page, saved.action, new URLSearchParams(saved.values))
  const { headers, status } = c.res
  const speech = c.get('speech')
  const notice = (
    <SpeechContext.Provider value={speech}>
      <SavedNotice at={shownAt(house, saved.savedAt)} action={saved.action} csrf={frameOf(c).csrf ?? ''} />
    </SpeechContext.Provider>
  )
  const html = found === null ? page : `${found.html.slice(0, found.at)}${notice}${found.html.slice(found.at)}`
  c.res = undefined
  c.res = new Response(html, { status, headers })
}

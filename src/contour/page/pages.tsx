import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import type { Languages } from '../../language/load.ts'
import { answeringModes } from '../consent/consents.ts'
import { faultRule } from '../faults/rule.ts'
import type { ContourParts } from '../parts.ts'
import { messageQuery } from '../rest/messageRoutes.ts'
import { registration } from '../shep/participants.ts'
import { workstationModes } from '../workstation/workstation.ts'
import { FaultsPage } from './faults.tsx'
import { fieldsOf, problemsIn, typedOf } from './forms.ts'
import { type Frame, frameOf } from './frame.tsx'
import { MessagePage, MessagesPage } from './messages.tsx'
import { ConsentsPage, FilesPage, MissingPage, PeoplePage, WorkstationPage } from './others.tsx'
import { ParticipantsPage } from './participants.tsx'

const sheet = readFileSync(new URL('./contour.css', import.meta.url), 'utf8')
const script = readFileSync(new URL('./contour.client.js', import.meta.url), 'utf8')
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

export interface PageTools {
  readonly words: Languages
  /** Where the channels are, for the page that nothing has come to yet. */
  readonly addresses: () => { readonly sync: string; readonly async: string }
}

const most = 200

/** What a person looks at: messages as they come, and everything that can be set. HTML first; the script only renews the list. */
export function pageRoutes(parts: ContourParts, { words, addresses }: PageTools): Hono<{ Variables: { frame: Frame } }> {
  const app = new Hono<{ Variables: { frame: Frame } }>()
  app.use(async (c, next) => {
    c.set('frame', frameOf(c, words, parts))
    await next()
    c.header('content-security-policy', policy)
    c.header('x-content-type-options', 'nosniff')
    c.header('referrer-policy', 'same-origin')
    c.header('cache-control', 'no-store')
  })
  app.get('/contour.css', (c) => c.body(sheet, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/contour.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  messagePages(app, parts, addresses)
  faultPages(app, parts)
  participantPages(app, parts)
  otherPages(app, parts)
  app.notFound((c) => c.html(<MissingPage frame={frameOf(c, words, parts)} />, 404))
  return app
}

type App = Hono<{ Variables: { frame: Frame } }>

function messagePages(app: App, { watch }: ContourParts, addresses: PageTools['addresses']): void {
  app.get('/', (c) => {
    // An empty field of the form is no filter; what is none of its values is left out, not an error for whoever reads.
    const given = Object.entries(c.req.query()).filter(
      ([name, value]) => value !== '' && name in messageQuery.shape && name !== 'most' && name !== 'after',
    )
    const read = messageQuery.safeParse(Object.fromEntries(given))
    const { most: _most, ...filter } = read.success ? read.data : { most: 0 }
    return c.html(<MessagesPage frame={c.get('frame')} watch={watch} filter={filter} addresses={addresses()} />)
  })
  app.get('/messages/:id{[0-9]{1,15}}', (c) => {
    const row = watch.find(Number(c.req.param('id')))
    const frame = c.get('frame')
    return row === null ? c.html(<MissingPage frame={frame} />, 404) : c.html(<MessagePage frame={frame} row={row} watch={watch} />)
  })
}

function faultPages(app: App, { faults }: ContourParts): void {
  app.get('/faults', (c) => c.html(<FaultsPage frame={c.get('frame')} rules={faults.list()} />))
  app.post('/faults', async (c) => {
    const frame = c.get('frame')
    const typed = await typedOf(c)
    const read = faultRule.safeParse(fieldsOf(typed, { numbers: ['probability', 'count', 'delayMs'], flags: ['taken'] }))
    const error = read.success ? ((await faults.add(read.data)) === null ? frame.t('contour.faults.full') : null) : problemsIn(read.error)
    if (error === null) return c.redirect('/faults', 303)
    const told = read.success ? error : frame.t('contour.faults.wrong', { errors: error })
    return c.html(<FaultsPage frame={frame} rules={faults.list()} typed={typed} error={told} />, 422)
  })
  app.post('/faults/clear', async (c) => {
    await faults.clear()
    return c.redirect('/faults', 303)
  })
  app.post('/faults/:id{[0-9]{1,15}}/remove', async (c) => {
    await faults.remove(Number(c.req.param('id')))
    return c.redirect('/faults', 303)
  })
}

function participantPages(app: App, { participants, rules, state }: ContourParts): void {
  app.get('/participants', (c) =>
    c.html(<ParticipantsPage frame={c.get('frame')} participants={participants.list()} strict={rules.strictSignatures()} />),
  )
  app.post('/participants', async (c) => {
    const frame = c.get('frame')
    const { serves = '', ...typed } = await typedOf(c)
    const before = participants.find(typed.senderId ?? '')
    // The form has no field for these two: they stay as the API has set them.
    const kept = before === null ? {} : { certificates: before.certificates, confirms: before.confirms }
    const read = registration.safeParse({ ...kept, ...fieldsOf(typed, {}), serves: serves.split(/\s+/).filter(Boolean) })
    if (read.success && (await participants.register(read.data)) !== null) return c.redirect('/participants', 303)
    const error = frame.t('contour.participants.wrong', { errors: read.success ? '' : problemsIn(read.error) })
    const page = { participants: participants.list(), strict: rules.strictSignatures(), typed: { ...typed, serves }, error }
    return c.html(<ParticipantsPage frame={frame} {...page} />, 422)
  })
  app.post('/participants/remove', async (c) => {
    await participants.remove((await typedOf(c)).senderId ?? '')
    return c.redirect('/participants', 303)
  })
  app.post('/participants/signatures', async (c) => {
    await rules.setStrictSignatures((await typedOf(c)).strict === 'true')
    return c.redirect('/participants', 303)
  })
  app.post('/reset', async (c) => {
    await state.reset()
    return c.redirect('/', 303)
  })
}

function otherPages(app: App, { consents, files, workstation, courier }: ContourParts): void {
  app.get('/people', (c) => c.html(<PeoplePage frame={c.get('frame')} />))
  app.get('/files', (c) => c.html(<FilesPage frame={c.get('frame')} files={files.list(most)} />))
  app.get('/consents', (c) => c.html(<ConsentsPage frame={c.get('frame')} mode={consents.mode()} consents={consents.list(most)} />))
  app.post('/consents/mode', async (c) => {
    const { mode } = await typedOf(c)
    const chosen = answeringModes.find((one) => one === mode)
    if (chosen !== undefined) await consents.setMode(chosen)
    return c.redirect('/consents', 303)
  })
  app.post('/consents/:id{[0-9]{1,15}}', async (c) => {
    const { answer } = await typedOf(c)
    if (answer === 'yes' || answer === 'no') await consents.answer(Number(c.req.param('id')), answer === 'yes')
    return c.redirect('/consents', 303)
  })
  app.get('/workstation', (c) =>
    c.html(<WorkstationPage frame={c.get('frame')} mode={workstation.mode()} intakes={workstation.list(most)} />),
  )
  app.post('/workstation/mode', async (c) => {
    const { mode } = await typedOf(c)
    const chosen = workstationModes.find((one) => one === mode)
    if (chosen !== undefined) await workstation.setMode(chosen)
    return c.redirect('/workstation', 303)
  })
  app.post('/workstation/:correlation', async (c) => {
    const { act } = await typedOf(c)
    if (act === 'register' || act === 'decide' || act === 'refuse') await workstation.act(c.req.param('correlation'), act)
    courier.nudge()
    return c.redirect('/workstation', 303)
  })
}

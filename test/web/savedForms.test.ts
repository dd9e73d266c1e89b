import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeOf } from '../../src/desk/numbers.ts'
import { pdfOf, smallPng } from '../../src/desk/scans/samples.testing.ts'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { casePath, intakePath, scansPath } from '../../src/web/paths.ts'
import { openTestHouse, type TestHouse } from '../house.ts'
import { destroyedBy } from '../ledger/commands.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse()
})
afterAll(() => house.close())

interface Told {
  readonly csrf: string
  readonly location: string
  readonly left: number
  readonly sha256: string
}
const jsonOf = async (answer: Response): Promise<Told> => answer.json() as Promise<Told> // a test reads only what it expects

/** Somebody's browser after signing in: it has one session until it is given another. */
async function browser(login: string) {
  const enter = async (who: string) => {
    const signed = await house.house.people.signIn({ login: who, password: demonstrationPassword, address: '127.0.0.1' }, 'page')
    if (!signed.ok) throw new Error(`${who}: ${signed.error.code}`)
    return signed.value.token
  }
  let token = await enter(login)
  const ask = (path: string, init: RequestInit = {}) =>
    house.app.request(path, { ...init, headers: { cookie: `${cookieName(false)}=${token}`, ...init.headers } })
  return {
    ask,
    page: async (path: string) => (await ask(path)).text(),
    post: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields), headers }),
    end: () => house.house.people.signOut(token),
    signIn: async (who: string) => {
      token = await enter(who)
    },
  }
}
type Browser = Awaited<ReturnType<typeof browser>>

/** A case at the clerk's first step, and the form of its screen. */
async function opened(at: Browser, login = 'almaty.clerk') {
  const staff = house.house.people.staffByLogin(login)
  const grant = staff?.grants[0]
  if (staff === undefined || grant === undefined) throw new Error(login)
  const { role, organisation, unit } = grant
  const region = login.split('.')[0] ?? ''
  const kind = house.house.people.organisation(organisation)?.kind ?? ''
  const outcome = await house.house.desk.open(
    { service: 'teacher-attestation', region, channel: 'office', provider: { id: organisation, kind }, branch: null, location: 'local' },
    { actor: { kind: 'staff', id: staff.id, role, organisation, unit }, region },
    { key: crypto.randomUUID() },
  )
  if (outcome.kind !== 'done') throw new Error(outcome.kind)
  const path = intakePath(outcome.number)
  return { number: outcome.number, path, form: hiddenOf(await at.page(path), path) }
}

const hiddenOf = (html: string, action: string): Record<string, string> => {
  const from = html.indexOf(`action="${action}"`)
  const inside = html.slice(from, html.indexOf('</form>', from))
  return Object.fromEntries(
    [...inside.matchAll(/<input type="hidden" name="(_\w+)" value="([^"]*)"/g)].map((found) => [found[1] ?? '', found[2] ?? '']),
  )
}
const typed = { 'application.surname': 'Сынақова', 'applicant.address': 'Алматы, "Мысал" к. 5', 'documents.diploma.in': 'yes' }
const whole = {
  ...typed,
  _checked: 'yes',
  'application.iin': '850615400016',
  'application.name': 'Айсұлу',
  'application.asks': 'moderator',
  'application.language': 'kk',
  'application.by': 'self',
  ...Object.fromEntries(
    ['application', 'identityDocument', 'diploma', 'courses', 'workRecord', 'achievements'].map((id) => [`documents.${id}.in`, 'yes']),
  ),
}
const surname = /name="application\.surname"[^>]*value="Сынақова"/

describe('a form sent after the session is over', () => {
  it('comes back filled to whoever typed it, and to nobody else', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    await at.end()
    const answer = await at.post(path, { ...form, ...typed })
    expect(answer.status).toBe(303)
    const signIn = answer.headers.get('location') ?? ''
    expect(signIn).toMatch(/^\/sign-in\?next=/)
    const back = new URL(signIn, 'http://x').searchParams.get('next') ?? ''
    expect(await at.page(signIn)).toContain('сақталды')

    for (const stranger of ['almaty.head', 'aktobe.clerk']) {
      await at.signIn(stranger)
      expect(await at.page(back), stranger).not.toMatch(/Сынақова|Мысал/)
    }
    await at.signIn('almaty.clerk')
    const page = await at.page(back)
    expect(page).toMatch(surname)
    expect(page).toContain('value="Алматы, &quot;Мысал&quot; к. 5"')
    expect(page).toMatch(/id="documents\.diploma\.in"[^>]* checked/)
    expect(page).toContain('қайтарылды')
  })

  it('of another person in the same browser is kept for that person, and the one who signed in meanwhile is told', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    await at.signIn('almaty.head')
    const answer = await at.post(path, { ...form, ...typed })
    expect(answer.headers.get('location')).toBe('/saved-form/others')
    expect(await at.page('/saved-form/others')).not.toMatch(/Сынақова/)
    await at.signIn('almaty.clerk')
    expect(await at.page(path)).toMatch(surname)
  })

  it('of the same person, signed in anew in another tab, needs no signing in', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    await at.signIn('almaty.clerk')
    const answer = await at.post(path, { ...form, ...typed })
    expect(answer.headers.get('location')).toBe(`${path}?saved=${encodeURIComponent(path)}`)
    const byScript = await at.post(path, { ...form, ...typed }, { 'qyzmet-form': 'script' })
    expect([byScript.status, (await jsonOf(byScript)).csrf.length > 40]).toEqual([401, true])
  })

  it('is not kept when nobody knows whose it is, or when it comes from elsewhere', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    expect((await at.post(path, { ...form, ...typed, _csrf: 'x'.repeat(86) })).status).toBe(401)
    expect((await at.post(path, { ...form, ...typed }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    await at.end()
    expect((await at.post(path, { ...form, ...typed, 'applicant.address': 'я'.repeat(100_000) })).status).toBe(401)
    await at.signIn('almaty.clerk')
    expect(await at.page(path)).not.toMatch(/Сынақова/)
  })

  it('holds no password', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    await at.post('/saved-form', { ...form, ...typed, password: 'qupia', _action: path })
    const staff = house.house.people.staffByLogin('almaty.clerk')?.id ?? ''
    const number = path.split('/')[2] ?? ''
    const place = { of: { home: homeOf(number) ?? 0, case: number }, staff, action: path }
    const saved = await house.house.ledger.savedForms.find(place, Date.now())
    expect(saved?.values).toContain('application.surname')
    expect(saved?.values).not.toMatch(/qupia|_csrf|_key/)
    expect(await house.house.ledger.savedForms.find(place, (saved?.until ?? 0) + 1)).toBeNull()
  })
})

describe('what is typed', () => {
  it('is saved while it is typed, offered on another computer, and gone when the step is done', async () => {
    const at = await browser('almaty.clerk')
    const { path, form, number } = await opened(at)
    const saved = await at.post('/saved-form', { ...form, ...typed, _action: path })
    expect(await saved.json()).toMatchObject({ saved: true })
    const elsewhere = await browser('almaty.clerk')
    expect(await elsewhere.page(path)).toMatch(surname)
    const rest = await at.post(path, { ...form, ...whole })
    expect(rest.status, await rest.text()).toBe(303)
    const staff = house.house.people.staffByLogin('almaty.clerk')?.id ?? ''
    const place = { of: { home: homeOf(number) ?? 0, case: number }, staff, action: path }
    expect(await house.house.ledger.savedForms.find(place, Date.now())).toBeNull()
  })

  it('is kept when the form is refused, and thrown away on request', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    expect((await at.post(path, { ...form, ...typed })).status).toBe(422)
    expect(await at.page(path)).toMatch(surname)
    expect((await at.post('/saved-form', { _csrf: form._csrf ?? '', _action: path, _discard: 'yes' })).status).toBe(303)
    expect(await at.page(path)).not.toMatch(/Сынақова/)
  })

  it('goes with its case', async () => {
    const at = await browser('almaty.clerk')
    const { path, form, number } = await opened(at)
    await at.post('/saved-form', { ...form, ...typed, _action: path })
    const home = homeOf(number) ?? 0
    const staff = house.house.people.staffByLogin('almaty.clerk')?.id ?? ''
    await house.ledger.destroy(home, number, destroyedBy())
    expect(await house.house.ledger.savedForms.find({ of: { home, case: number }, staff, action: path }, Date.now())).toBeNull()
    expect((await house.ledger.database.pool.query('select from saved_form where case_number = $1', [number])).rowCount).toBe(0)
  })

  it('of no case that is there makes no key', async () => {
    const at = await browser('almaty.clerk')
    const { form } = await opened(at)
    const answer = await at.post('/saved-form', { ...form, ...typed, _action: '/cases/075-191014-00000-0/intake' })
    expect(await answer.json()).toMatchObject({ saved: false })
    expect((await house.ledger.database.pool.query(`select from case_key where case_number = '075-191014-00000-0'`)).rowCount).toBe(0)
  })
})

describe('a step sent twice', () => {
  it('is done once: two clicks, two tabs, the page before', async () => {
    const at = await browser('almaty.clerk')
    const { path, form, number } = await opened(at)
    const second = hiddenOf(await at.page(path), path)
    const clicks = await Promise.all([at.post(path, { ...form, ...whole }), at.post(path, { ...form, ...whole })])
    expect(clicks.map(({ status }) => status)).toEqual([303, 303])
    // The other tab's form is another request for a step that is done: told, not done again.
    expect((await at.post(path, { ...second, ...whole })).status).toBe(409)
    // The page before, sent once more.
    expect((await at.post(path, { ...form, ...whole })).status).toBe(303)
    // The same name for something else is not the same request.
    expect([409, 422]).toContain((await at.post(path, { ...form, ...whole, 'application.surname': 'Басқа' })).status)
    const loaded = await house.ledger.load(homeOf(number) ?? 0, number)
    expect(loaded?.events.filter(({ type, data }) => type === 'StepDone' && data.step === 'accept')).toHaveLength(1)
    expect(await at.page(path)).not.toContain('name="_seen"')
  })

  it('by a script is told where to go', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    const answer = await at.post(path, { ...form, ...whole }, { 'qyzmet-form': 'script' })
    expect(answer.status).toBe(200)
    expect((await jsonOf(answer)).location).toMatch(new RegExp(`^${path}`))
  })
})

describe('the session', () => {
  it('tells how long there is, and nothing to whoever has none', async () => {
    const at = await browser('almaty.clerk')
    const told = await jsonOf(await at.ask('/session'))
    expect(told.left).toBeGreaterThan(29 * 60_000)
    await at.end()
    expect((await at.ask('/session')).status).toBe(401)
  })
})

describe('scans', () => {
  const multipart = (form: Record<string, string>, files: Record<string, Buffer>) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(form)) body.set(name, value)
    for (const [name, bytes] of Object.entries(files)) body.set(name, new File([new Uint8Array(bytes)], 'скан.pdf'))
    return { method: 'POST', body }
  }

  it('come with the form, are shown to whoever may read the case, and leave their row', async () => {
    const at = await browser('almaty.clerk')
    const { path, form, number } = await opened(at)
    const drawn = await at.ask(path, multipart({ ...form, ...typed, _attachScans: 'yes' }, { 'scan.diploma': pdfOf({ pages: 3 }) }))
    expect(drawn.status).toBe(200)
    const page = await drawn.text()
    expect(page).toContain('PDF, 3 бет')
    const [, sha256 = ''] = /name="documents\.diploma\.file"[^>]*value="([0-9a-f]{64})"/.exec(page) ?? []
    const done = await at.ask(
      path,
      multipart({ ...form, ...whole, 'documents.diploma.file': sha256 }, { 'scan.identityDocument': smallPng() }),
    )
    expect(done.status, await done.text()).toBe(303)
    const shown = await at.page(casePath(number))
    expect(shown.match(/\/scans\/[0-9a-f]{64}/g)).toHaveLength(2)

    const opened1 = await at.ask(`${scansPath(number)}/${sha256}`)
    expect(Buffer.from(await opened1.arrayBuffer()).equals(pdfOf({ pages: 3 }))).toBe(true)
    const headers = (name: string) => opened1.headers.get(name)
    expect([headers('content-type'), headers('x-content-type-options'), headers('cache-control')]).toEqual([
      'application/pdf',
      'nosniff',
      'private, no-store',
    ])
    expect(headers('content-disposition')).toMatch(/^inline; filename="[\w.-]+"$/)
    expect(headers('content-security-policy')).toMatch(/^default-src 'none'/)
    const picture = shown.match(/\/scans\/[0-9a-f]{64}/g)?.find((one) => !one.includes(sha256)) ?? ''
    expect((await at.ask(`${casePath(number)}${picture}`)).headers.get('content-security-policy')).toMatch(/; sandbox$/)
    const journal = await house.ledger.journal.ofCase(homeOf(number) ?? 0, number)
    expect(journal.filter(({ purpose }) => purpose === 'scan')).toHaveLength(2)

    // Named by an event: it stays, whoever asks.
    const removed = await at.post(scansPath(number), { _csrf: form._csrf ?? '', remove: sha256 })
    expect([403, 200]).toContain(removed.status)
    expect((await at.ask(`${scansPath(number)}/${sha256}`)).status).toBe(200)
    for (const stranger of ['aktobe.clerk', 'almaty.administrator']) {
      const other = await browser(stranger)
      expect((await other.ask(`${scansPath(number)}/${sha256}`)).status, stranger).toBe(404)
    }
  })

  it('that are none are told beside their document, and what was typed stays', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    const answer = await at.ask(
      path,
      multipart({ ...form, ...typed }, { 'scan.diploma': Buffer.from('MZ\x90'), 'scan.identityDocument': pdfOf().subarray(0, 100) }),
    )
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Бұл бағдарлама, скан емес')
    expect(page).toContain('Файлдың соңы жоқ')
    expect(page).toMatch(surname)
  })

  it('that are too long, or too many at once, lose no typed value', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    const answer = await at.ask(path, multipart({ ...form, ...typed }, { 'scan.diploma': Buffer.alloc(11 * 1024 * 1024) }))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('10 МБ-тан үлкен')
    expect(page).toMatch(surname)
  })

  it('are taken back until a step names them, and twice the same is one', async () => {
    const at = await browser('almaty.clerk')
    const { form, number } = await opened(at)
    const send = () => at.ask(scansPath(number), multipart({ _csrf: form._csrf ?? '' }, { scan: smallPng(11, 12, 7) }))
    const [first, second] = [await jsonOf(await send()), await jsonOf(await send())]
    expect(second.sha256).toBe(first.sha256)
    const home = homeOf(number) ?? 0
    expect(await house.house.scans.list(home, number)).toHaveLength(1)
    expect(await (await at.post(scansPath(number), { _csrf: form._csrf ?? '', remove: first.sha256 })).json()).toEqual({ removed: true })
    expect((await house.ledger.database.pool.query('select from file_chunk where case_number = $1', [number])).rowCount).toBe(0)
    const head = await browser('almaty.head')
    const notTheirs = hiddenOf(await head.page('/work'), '/sign-out')
    expect(
      (await head.ask(scansPath(number), multipart({ _csrf: notTheirs._csrf ?? '' }, { scan: smallPng() }))).status,
    ).toBeGreaterThanOrEqual(403)
  })

  it('named by a form and not there any more are told', async () => {
    const at = await browser('almaty.clerk')
    const { path, form } = await opened(at)
    const answer = await at.post(path, { ...form, ...whole, 'documents.diploma.file': 'd'.repeat(64) })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Бұл скан істе жоқ')
  })
})

it('the log of requests holds patterns alone', async () => {
  const lines: object[] = []
  const { createApp } = await import('../../src/web/app.tsx')
  const app = createApp(house.house, { log: (line) => lines.push(line) })
  for (const path of [
    '/search?q=850615400016',
    '/track?number=075-191014-00000-0&secret=ABCD',
    '/cases/075-191014-00000-0?since=3',
    '/nothing/850615400016',
  ])
    await app.request(path)
  expect(JSON.stringify(lines)).not.toMatch(/850615400016|ABCD|075-191014/)
  expect(lines).toHaveLength(4)
  const led = await app.request('/search?q=850615400016')
  expect([led.status, led.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fsearch'])
})

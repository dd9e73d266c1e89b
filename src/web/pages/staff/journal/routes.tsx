import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import { casesShown, type JournalQuestion, type JournalScope } from '../../../../desk/journalReading.ts'
import type { Who } from '../../../../desk/who.ts'
import { pickText } from '../../../../language/translator.ts'
import type { JournalRow } from '../../../../ledger/ledger.ts'
import { mayAdminister } from '../../../../people/mayAdminister.ts'
import { installation, type StaffActor } from '../../../../people/model.ts'
import { actorOf } from '../../../../people/sessions.ts'
import { foldLogin } from '../../../../people/shape.ts'
import { type Door, type DoorContext, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { titleIn } from '../accounts/scope.ts'
import { toCsv } from './csv.ts'
import { aboutWords, JournalPage, readerWords } from './JournalPage.tsx'
import { MePage } from './MePage.tsx'

const onPage = 50
const inFile = 2000

/** Who read whose data, for whoever supervises or keeps accounts; and for everybody what is recorded about themselves. */
export function journalRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.journal, (c) => journal(house, frameOf, c))
  routes.get('/journal.csv', (c) => journalFile(house, frameOf, c))
  routes.get(paths.me, (c) => me(house, frameOf, c))
  return routes
}

interface Asked {
  readonly who: Who
  readonly readers: JournalScope['readers']
  readonly regions: ReadonlyMap<string, string>
  readonly administers: boolean
}

/** Whose readings the reader may see: a supervisor all of the region, an administrator those of the people they keep. */
function askedBy(house: House, c: DoorContext): Asked {
  const { who, session, speech } = signedIn(c)
  const actor: StaffActor = actorOf(session)
  if (actor.role === 'supervisor') return { who, readers: 'all', regions: new Map(), administers: false }
  if (actor.role !== 'administrator') throw new Refused('forbidden')
  if (actor.organisation !== installation) {
    const readers = house.people
      .staff()
      .filter((person) => person.grants.some(({ organisation }) => mayAdminister(actor, organisation, house.people)))
      .map(({ id }) => id)
    return { who, readers, regions: new Map(), administers: true }
  }
  const all = Object.entries(house.statutes.world.regions.regions)
  const regions = new Map(all.map(([id, region]) => [id, pickText(region.name, speech.language).text]))
  const region = c.req.query('region')
  return { who: region !== undefined && regions.has(region) ? { ...who, region } : who, readers: 'all', regions, administers: true }
}

/** What is asked, read from the address; what is wrong with it stands in the reader's problems. */
function questionOf(house: House, c: DoorContext, who: Who, reader: FormReader, limit: number): JournalQuestion {
  const today = momentIn(house.statutes.zoneOf(who.region), house.clock.now()).slice(0, 10)
  const from = reader.day('from', 'admin.field.from', false) ?? today
  const until = reader.day('until', 'admin.field.until', false) ?? [from, today].sort()[1] ?? today
  if (until < from) reader.problem('until', 'wrong', { label: 'admin.field.until' })
  const login = reader.text('reader')
  const person = login === '' ? undefined : house.people.staffByLogin(foldLogin(login))
  if (login !== '' && person === undefined) reader.problem('reader', 'wrong', { label: 'admin.journal.reader' })
  const number = reader.text('number')
  const after = cursorOf(c.req.query('after'))
  return {
    from,
    until,
    limit,
    ...(person ? { reader: person.id } : {}),
    ...(number === '' ? {} : { number }),
    ...(after ? { after } : {}),
  }
}

function cursorOf(text: string | undefined): JournalQuestion['after'] | undefined {
  const [at = '', id = ''] = (text ?? '').split(' ')
  const isCursor = !Number.isNaN(Date.parse(at)) && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)
  return isCursor ? { at, id } : undefined
}

const addressOf = (c: DoorContext, path: string, after?: JournalRow): string => {
  const query = new URLSearchParams(new URL(c.req.url).search)
  query.delete('lang')
  query.delete('after')
  if (after !== undefined) query.set('after', `${after.at} ${after.id}`)
  return `${path}?${query}`
}

async function journal(house: House, frameOf: FrameOf, c: DoorContext) {
  const asked = askedBy(house, c)
  const speech = c.get('speech')
  const typed = new URLSearchParams(new URL(c.req.url).search)
  const reader = new FormReader(typed)
  const question = questionOf(house, c, asked.who, reader, onPage + 1)
  const isWrong = reader.problems.length > 0
  const found = isWrong ? [] : await house.journal.list(question, asked.who, { readers: asked.readers, shown: casesShown })
  const rows = found.slice(0, onPage)
  const shown = new URLSearchParams(typed)
  if ((shown.get('from') ?? '') === '') shown.set('from', shownDay(question.from))
  if ((shown.get('until') ?? '') === '') shown.set('until', shownDay(question.until))
  if (!shown.has('region')) shown.set('region', asked.who.region)
  const page = (
    <JournalPage
      frame={frameOf(c)}
      form={formView(speech, shown, reader.problems)}
      rows={rows}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
      regions={asked.regions}
      administers={asked.administers}
      csv={addressOf(c, '/journal.csv')}
      {...(question.after ? { first: addressOf(c, paths.journal) } : {})}
      {...(found.length > onPage && question.number === undefined ? { next: addressOf(c, paths.journal, rows.at(-1)) } : {})}
    />
  )
  return c.html(page, isWrong ? 422 : 200)
}

async function journalFile(house: House, frameOf: FrameOf, c: DoorContext) {
  const { who, readers } = askedBy(house, c)
  const speech = c.get('speech')
  const { t } = speech
  const reader = new FormReader(new URLSearchParams(new URL(c.req.url).search))
  const question = questionOf(house, c, who, reader, inFile)
  if (reader.problems.length > 0) return journal(house, frameOf, c)
  const rows = await house.journal.list(question, who, { readers, shown: Number.POSITIVE_INFINITY })
  const naming = namingFor(house.people, speech)
  const titleOf = titleIn(house, speech)
  const zone = house.statutes.zoneOf(who.region)
  const head = ['pages.case.when', 'pages.case.who', 'steps.field.role', 'pages.case.purpose', 'admin.journal.about', 'admin.journal.cases']
  const lines = rows.map((row) => [
    momentIn(zone, Date.parse(row.at)),
    readerWords(row.who, naming, t('admin.journal.receipt')),
    row.role === 'applicant' ? t('steps.applicant') : titleOf(row.role),
    t.has(`public.purpose.${row.purpose}`) ? t(`public.purpose.${row.purpose}`) : row.purpose,
    row.about ? aboutWords(row.about, naming, speech) : '',
    row.cases.map((one) => one.case).join(' '),
  ])
  c.header('content-type', 'text/csv; charset=utf-8; header=present')
  c.header('content-disposition', `attachment; filename="journal-${question.from}-${question.until}.csv"`)
  return c.body(toCsv([head.map((key) => t(key)), ...lines]))
}

const daysBack = 30

async function me(house: House, frameOf: FrameOf, c: DoorContext) {
  const { who, session, speech } = signedIn(c)
  const today = momentIn(house.statutes.zoneOf(who.region), house.clock.now()).slice(0, 10)
  const after = cursorOf(c.req.query('after'))
  const from = Temporal.PlainDate.from(today).subtract({ days: daysBack }).toString()
  const question = { reader: session.staff.id, from, until: today, limit: onPage + 1, ...(after ? { after } : {}) }
  const [found, events] = await Promise.all([
    house.journal.list(question, who, { readers: [session.staff.id], shown: casesShown }),
    house.people.eventsOf(session.staff.id, 200),
  ])
  const rows = found.slice(0, onPage)
  const last = rows.at(-1)
  return c.html(
    <MePage
      frame={frameOf(c)}
      person={session.staff}
      today={today}
      rows={rows}
      events={events}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
      {...(found.length > onPage && last ? { next: addressOf(c, paths.me, last) } : {})}
    />,
  )
}

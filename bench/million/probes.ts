import type { Found, SearchPosition } from '../../src/desk/finding.ts'
import type { Who } from '../../src/desk/who.ts'
import type { JournalRow, TermPosition, WorkPosition } from '../../src/ledger/ledger.ts'
import type { OpenedHouse } from '../../src/main.ts'
import { foldLogin } from '../../src/people/shape.ts'
import { type Draw, pick } from './draw.ts'

/** One reading as the pages do it, of another case, person or page at each turn; gives how many rows it found. */
export interface Probe {
  readonly name: string
  readonly ask: (draw: Draw) => Promise<number>
}

const onPage = 51
const deepest = 20
const performers = [
  ...['clerk', 'head', 'specialist', 'operator', 'accumulation', 'courier', 'issueDesk'].map((role) => `almaty.${role}`),
  ...['clerk', 'operator', 'head'].map((role) => `aktobe.${role}`),
]
const supervisors = ['aktobe.supervisor', 'almaty.supervisor']

interface Subject {
  readonly home: number
  readonly number: string
  readonly provider: string
  readonly iin: string | null
}

export async function probesOf(opened: OpenedHouse): Promise<Probe[]> {
  const { house } = opened
  const { reading, supervision, ledger, people } = house
  const who = (login: string): Who => {
    const staff = people.staffByLogin(foldLogin(login))
    const [grant] = staff?.grants ?? []
    if (staff === undefined || grant === undefined) throw new Error(`${login} is nobody`)
    const { role, organisation, unit } = grant
    return { actor: { kind: 'staff', id: staff.id, role, organisation, unit }, region: people.organisation(organisation)?.region ?? '' }
  }
  const [ended, open] = [await subjects(opened, false), await subjects(opened, true)]
  const receipts = await receiptsOf(opened, [...ended.slice(0, 100), ...open.slice(0, 100)])
  const supervisorOf = ({ number }: Subject): Who => who(number.startsWith('075') ? 'almaty.supervisor' : 'aktobe.supervisor')
  const today = new Date(house.clock.now()).toISOString().slice(0, 10)
  const daysBefore = (days: number): string => Temporal.PlainDate.from(today).subtract({ days }).toString()
  const rows = async (found: Promise<{ length: number } | null>): Promise<number> => (await found)?.length ?? 0

  const lists = performers.flatMap((login): Probe[] => {
    const me = who(login)
    const steps = () => reading.lanes(me).then((lanes) => lanes.map(({ step }) => step))
    return [
      { name: `work list, first page: ${login}`, ask: () => rows(reading.work(me, onPage)) },
      { name: `work list, a deep page: ${login}`, ask: deep((after: WorkPosition | undefined) => reading.work(me, onPage, after)) },
      {
        name: `work list, one lane: ${login}`,
        ask: async (draw) => {
          const all = await steps()
          return all.length === 0
            ? 0
            : rows(reading.work(me, onPage, undefined, { step: pick(draw, all), whose: pick(draw, ['free', 'mine']) }))
        },
      },
      { name: `work list, what is late: ${login}`, ask: () => rows(reading.work(me, onPage, undefined, { due: 'late' })) },
      { name: `counts of lanes: ${login}`, ask: () => rows(reading.lanes(me)) },
      { name: `papers offered: ${login}`, ask: () => rows(reading.offered(me, onPage)) },
    ]
  })

  const scopeOf = ({ actor, region }: Who): string[] =>
    actor.role === 'supervisor' ? people.organisationsOf(region).map(({ id }) => id) : [actor.organisation ?? '']
  const searches = ['almaty.clerk', 'aktobe.clerk', 'aktobe.operator', 'almaty.operator', ...supervisors].flatMap((login): Probe[] => {
    const me = who(login)
    const search = async (text: string): Promise<number> => (await reading.search(text, me, scopeOf(me))).rows.length
    return [
      { name: `search, the commonest surname: ${login}`, ask: () => search('Ахметова') },
      {
        name: `search, a surname and a name: ${login}`,
        ask: (draw) => search(`${pick(draw, ['Ким', 'Оспанова', 'Иванова'])} ${pick(draw, ['Айгүл', 'Сәуле', 'Өрік'])}`),
      },
      { name: `search, two letters: ${login}`, ask: (draw) => search(pick(draw, ['се', 'ах', 'жү', 'ке', 'то'])) },
      { name: `search, nobody: ${login}`, ask: () => search('Ыкыласбергенулы') },
      { name: `search by number: ${login}`, ask: (draw) => search(pick(draw, ended).number) },
      { name: `search by the last digits: ${login}`, ask: (draw) => search(pick(draw, ended).number.slice(-7)) },
      { name: `search by IIN: ${login}`, ask: (draw) => search(pick(draw, ended).iin ?? '') },
      { name: `search, a deep page: ${login}`, ask: deepSearch((after) => reading.search('ахметова', me, scopeOf(me), after)) },
    ]
  })

  const cases: Probe[] = [
    { name: 'a case that has ended', ask: async (draw) => aCase(pick(draw, ended)) },
    { name: 'a case that is open', ask: async (draw) => aCase(pick(draw, open)) },
    {
      name: 'the tracker',
      ask: async (draw) => {
        const { number, secret } = pick(draw, receipts)
        return (await reading.track(number, secret))?.events.length ?? 0
      },
    },
    {
      name: 'the tracker, a wrong secret',
      ask: async (draw) => ((await reading.opens(pick(draw, receipts).number, 'AAAAAAAAAAAAAAAAAAAA')) === null ? 0 : 1),
    },
  ]
  async function aCase(subject: Subject): Promise<number> {
    const me = supervisorOf(subject)
    const [looks, found, readers, files] = await Promise.all([
      reading.looks(subject.number, me),
      reading.case(subject.number, me, 'case'),
      reading.readers(subject.number),
      ledger.files.list(subject.home, subject.number),
    ])
    if (found === null) throw new Error(`${subject.number} is not to be read`)
    return found.events.length + looks.length + readers.length + files.length
  }

  const watching = supervisors.flatMap((login): Probe[] => {
    const me = who(login)
    const own = people.organisationsOf(me.region).map(({ id }) => id)
    const span = { from: daysBefore(30), until: today }
    return [
      { name: `overview, the numbers: ${login}`, ask: async () => (await supervision.now(me)).counts.length },
      { name: `overview, the desks: ${login}`, ask: () => rows(ledger.work.counts(placesOf(own), today)) },
      { name: `norms of a month: ${login}`, ask: () => rows(supervision.kept(me, span.from, span.until)) },
      { name: `norms of a year: ${login}`, ask: () => rows(supervision.kept(me, daysBefore(364), today)) },
      ...(['late', 'soon'] as const).flatMap((what): Probe[] => [
        { name: `terms, ${what}: ${login}`, ask: () => rows(supervision.terms(me, { what }, 'work', onPage)) },
        {
          name: `terms, ${what}, of one provider: ${login}`,
          ask: (draw) => rows(supervision.terms(me, { what, provider: pick(draw, own) }, 'work', onPage)),
        },
        {
          name: `terms, ${what}, a deep page: ${login}`,
          ask: deep((after: TermPosition | undefined) => supervision.terms(me, { what }, 'work', onPage, after)),
        },
      ]),
      ...(['ended', 'breach'] as const).flatMap((what): Probe[] => [
        { name: `terms, ${what}: ${login}`, ask: () => rows(supervision.terms(me, { what, ...span }, 'work', onPage)) },
        {
          name: `terms, ${what}, of one provider: ${login}`,
          ask: (draw) => rows(supervision.terms(me, { what, ...span, provider: pick(draw, own) }, 'work', onPage)),
        },
        {
          name: `terms, ${what}, of one provider and step: ${login}`,
          ask: (draw) =>
            rows(supervision.terms(me, { what, ...span, provider: pick(draw, own), step: pick(draw, stepsOf(me.region)) }, 'work', onPage)),
        },
        {
          name: `terms, ${what}, a deep page: ${login}`,
          ask: deep((after: TermPosition | undefined) => supervision.terms(me, { what, ...span }, 'work', onPage, after)),
        },
      ]),
      {
        name: `journal of a week: ${login}`,
        ask: () => rows(house.journal.list({ from: daysBefore(7), until: today, limit: onPage }, me, everybody)),
      },
      {
        name: `journal of one reader: ${login}`,
        ask: (draw) =>
          rows(
            house.journal.list({ from: daysBefore(90), until: today, limit: onPage, reader: pick(draw, people.staff()).id }, me, everybody),
          ),
      },
      {
        name: `journal of one case: ${login}`,
        ask: (draw) =>
          rows(house.journal.list({ from: daysBefore(700), until: today, limit: onPage, number: pick(draw, ended).number }, me, everybody)),
      },
      {
        name: `journal, a deep page: ${login}`,
        ask: deep((after: JournalRow | undefined) =>
          house.journal.list({ from: daysBefore(300), until: today, limit: onPage, ...(after ? { after } : {}) }, me, everybody),
        ),
      },
    ]
  })
  const everybody = { readers: 'all', shown: 3 } as const
  const stepsOf = (region: string): string[] =>
    house.statutes.library.regulations.find(({ regulation }) => regulation.region === region)?.regulation.steps.map(({ id }) => id) ?? []
  const placesOf = (organisations: readonly string[]) =>
    organisations.flatMap((id) => {
      const { home = 0, units = [], at } = people.organisation(id) ?? {}
      const roles = at === 'corporation' ? ['operator', 'accumulation', 'courier', 'issueDesk'] : ['clerk', 'head', 'specialist']
      return roles.flatMap((role) => units.map((unit) => ({ home, organisation: id, role, unit: unit.id })))
    })

  const openAt = (id: string) => ledger.cases.openAt(people.organisation(id)?.home ?? 0, id)
  const administration: Probe[] = [
    { name: 'what has come due', ask: () => rows(ledger.due.until(new Date(house.clock.now()).toISOString(), 500)) },
    { name: 'cases of a provider', ask: (draw) => rows(ledger.cases.ofProvider(pick(draw, ended).provider, { limit: onPage })) },
    { name: 'open cases of an organisation, counted', ask: async (draw) => openAt(pick(draw, open).provider) },
    {
      name: 'terms that run at an organisation',
      ask: (draw) =>
        rows(
          reading.running(people.organisation(pick(draw, open).provider) ?? { home: 0, id: '' }, today, who('almaty.supervisor'), onPage),
        ),
    },
    { name: 'who has work by name', ask: () => rows(ledger.work.given(house.statutes.homes())) },
    {
      name: 'what lies with a person',
      ask: (draw) => {
        const me = who(pick(draw, performers))
        const { organisation = '', role = '' } = me.actor
        return rows(reading.lying(me.actor.id, [{ home: people.organisation(organisation)?.home ?? 0, organisation, role }], me))
      },
    },
    {
      name: 'everything at the desks of an organisation',
      ask: (draw) => {
        const me = who(pick(draw, performers))
        return rows(reading.desks(placesOf([me.actor.organisation ?? '']), me, onPage))
      },
    },
  ]
  return [...lists, ...searches, ...cases, ...watching, ...administration]
}

/** Pages beyond the first, each as likely; where they begin is found out once. */
function deep<Row>(page: (after: Row | undefined) => Promise<readonly Row[]>): Probe['ask'] {
  let known: (Row | undefined)[] | undefined
  const walk = async (): Promise<(Row | undefined)[]> => {
    const positions: (Row | undefined)[] = []
    for (let after: Row | undefined; positions.length < deepest; ) {
      const rows = await page(after)
      after = rows.at(-1)
      if (rows.length < onPage) break
      positions.push(after)
    }
    return positions.length === 0 ? [undefined] : positions
  }
  return async (draw) => {
    known ??= await walk()
    return (await page(known[Math.floor(draw() * known.length)])).length
  }
}

function deepSearch(page: (after: SearchPosition | undefined) => Promise<Found>): Probe['ask'] {
  let known: (SearchPosition | undefined)[] | undefined
  return async (draw) => {
    if (known === undefined) {
      known = [undefined]
      for (let next = (await page(undefined)).next; next !== null && known.length < deepest; next = (await page(next)).next)
        known.push(next)
    }
    return (await page(known[Math.floor(draw() * known.length)])).rows.length
  }
}

async function subjects({ ledger }: OpenedHouse, isOpen: boolean): Promise<Subject[]> {
  const { rows } = await ledger.database.pool.query<Subject>(
    isOpen
      ? `select home, case_number as number, provider, iin from case_view where open order by md5(case_number) limit 1000`
      : `select home, case_number as number, provider, iin from case_view tablesample bernoulli (least(100, 100 * 3000 / greatest(1, (select reltuples from pg_class where oid = 'case_view'::regclass)))) repeatable (1) where not open and iin is not null limit 2000`,
  )
  return rows.length === 0 ? subjects({ ledger } as OpenedHouse, true) : rows // as: only the ledger is read
}

async function receiptsOf({ ledger, house }: OpenedHouse, some: readonly Subject[]): Promise<{ number: string; secret: string }[]> {
  const found: { number: string; secret: string }[] = []
  for (const { home, number } of some) {
    const loaded = await ledger.load(home, number)
    const secret = loaded?.events.map(({ personal }) => personal?.secret).find((one) => typeof one === 'string')
    if (typeof secret === 'string' && (await house.reading.opens(number, secret)) !== null) found.push({ number, secret })
  }
  return found.length === 0 ? [{ number: some[0]?.number ?? '', secret: '' }] : found
}

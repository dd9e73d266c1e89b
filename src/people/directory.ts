import type { Database } from '../ledger/postgres/database.ts'
import { type Grant, holdsOn, type Organisation, type PersonName, type Staff } from './model.ts'

/** Everybody and every organisation, in memory. Reads answer at once; `refresh` brings what other processes changed. */
export interface Directory {
  organisation(id: string): Organisation | undefined
  /** In the order of their ids. */
  organisations(): readonly Organisation[]
  organisationsOf(region: string, kind?: string): readonly Organisation[]
  staffById(id: string): Staff | undefined
  staffByLogin(login: string): Staff | undefined
  staffByIin(iin: string): Staff | undefined
  /** Active people who hold the role in the organisation today, in the order of their names. */
  staffOf(organisation: string, role: string, unit?: string): readonly Staff[]
  isPerformer(id: string, organisation: string, role: string): boolean
  /** Who acts for the person today, in which of their roles. */
  actingFor(id: string): readonly { readonly staff: Staff; readonly grant: Grant }[]
  /** Whether what was given to the person by name in that role can be done today: by them, or by whoever acts for them. */
  isCovered(id: string, organisation: string, role: string): boolean
  /** Everybody with a grant there, past or present, active or not: the administrator's list. */
  everybodyOf(organisation: string): readonly Staff[]
  staff(): readonly Staff[]
}

export interface LiveDirectory extends Directory {
  /** Resolves when at least that version is held; without one, when what was committed before the call is. */
  refresh(version?: number): Promise<void>
  stop(): void
}

interface Row {
  version: number
  organisation: Organisation | null
  person: { id: string; login: string; iin: string | null; name: PersonName; post: Staff['post']; active: boolean; grants: Grant[] } | null
}

/** One statement, so one moment: a change between two would be passed over for ever. */
const changedSince = `
  select version, doc as organisation, null::jsonb as person from organisation where version > $1
  union all
  select version, null, to_jsonb(staff) - 'version' from staff where version > $1
  union all
  select version, null, null from people_version`

/** Fresh within this time on every process, without anybody signing in; a signed-in request is fresh at once. */
const pollMs = 500

export async function openDirectory(database: Database, today: () => string): Promise<LiveDirectory> {
  const organisations = new Map<string, Organisation>()
  const people = new Map<string, Staff>()
  const logins = new Map<string, string>()
  const iins = new Map<string, string>()
  /** Who has or had a grant there: a page asks for one office, however many there are in the nation. */
  const offices = new Map<string, Set<string>>()
  let ordered: readonly Organisation[] | undefined
  let held = -1
  let reading: Promise<void> | undefined

  const take = async (): Promise<void> => {
    const rows = await database.query<Row>({ name: 'people changed since', text: changedSince, values: [held] })
    for (const { organisation, person } of rows) {
      if (organisation) {
        organisations.set(organisation.id, organisation)
        ordered = undefined
      }
      if (person) {
        for (const { organisation: office } of person.grants) offices.set(office, (offices.get(office) ?? new Set()).add(person.id))
        people.set(person.id, person)
        logins.set(person.login, person.id)
        if (person.iin !== null) iins.set(person.iin, person.id)
      }
    }
    held = rows.reduce((most, row) => Math.max(most, row.version), held)
  }
  const readOnce = (): Promise<void> => {
    reading ??= take().finally(() => {
      reading = undefined
    })
    return reading
  }
  const refresh = async (version?: number): Promise<void> => {
    if (version === undefined) {
      // A reading under way may have begun before the change that the caller knows of.
      await reading
      return readOnce()
    }
    while (held < version) await readOnce()
  }

  await readOnce()
  // A server that is away is the business of whoever asks it next.
  const poll = setInterval(() => readOnce().catch(() => {}), pollMs)
  poll.unref()

  const sorted = <T>(values: Iterable<T>, by: (value: T) => string): T[] => [...values].sort((a, b) => (by(a) < by(b) ? -1 : 1))
  const inOrder = (staff: Iterable<Staff>): Staff[] => sorted(staff, ({ name, login }) => `${name.surname} ${name.name} ${login}`)
  const having = (office: string, fits: (grant: Grant) => boolean): Staff[] =>
    inOrder([...(offices.get(office) ?? [])].flatMap((id) => people.get(id) ?? []).filter(({ grants }) => grants.some(fits)))
  const isPerformer: Directory['isPerformer'] = (id, organisation, role) => {
    const day = today()
    const staff = people.get(id)
    const fits = (grant: Grant): boolean => grant.organisation === organisation && grant.role === role && holdsOn(grant, day)
    return staff?.active === true && staff.grants.some(fits)
  }
  const actingFor: Directory['actingFor'] = (id) => {
    const day = today()
    return [...people.values()].flatMap((staff) =>
      staff.active
        ? staff.grants.filter((grant) => grant.acting?.for === id && holdsOn(grant, day)).map((grant) => ({ staff, grant }))
        : [],
    )
  }
  const all = (): readonly Organisation[] => {
    ordered ??= sorted(organisations.values(), ({ id }) => id)
    return ordered
  }
  return {
    organisation: (id) => organisations.get(id),
    organisations: all,
    organisationsOf: (region, kind) => all().filter((one) => one.region === region && (kind === undefined || one.kind === kind)),
    staffById: (id) => people.get(id),
    staffByLogin: (login) => people.get(logins.get(login) ?? ''),
    staffByIin: (iin) => people.get(iins.get(iin) ?? ''),
    staffOf: (organisation, role, unit) => {
      const day = today()
      const fits = (grant: Grant): boolean =>
        grant.organisation === organisation && grant.role === role && (unit === undefined || grant.unit === unit) && holdsOn(grant, day)
      return having(organisation, fits).filter(({ active }) => active)
    },
    isPerformer,
    actingFor,
    isCovered: (id, organisation, role) =>
      isPerformer(id, organisation, role) || actingFor(id).some(({ grant }) => grant.organisation === organisation && grant.role === role),
    everybodyOf: (organisation) => having(organisation, (grant) => grant.organisation === organisation),
    staff: () => inOrder(people.values()),
    refresh,
    stop: () => clearInterval(poll),
  }
}

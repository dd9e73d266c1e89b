import type { OpeningHours } from '../time/hours.ts'

/** Roles that stand in no regulation: they watch, and they keep the accounts. Every other role is a code of the regulations. */
export const ownRoles: readonly string[] = ['supervisor', 'administrator']

/** Kazakh and Russian always stand, as the Law on languages wants of state bodies. */
export interface LocalName {
  readonly kk: string
  readonly ru: string
  readonly en?: string
}

/** A section of an organisation: `office`, `hall`, `accumulation`, `issue` … as the regulations' roles name them. */
export interface Unit {
  readonly id: string
  readonly title: LocalName
}

export interface Organisation {
  /** `<region>.<code>`, stable for ever: events and work lists carry it. */
  readonly id: string
  /** A provider kind of the regulations (`providers:` of their files) or `serviceCentre`. */
  readonly kind: string
  /** Whose calendar and hours it keeps. */
  readonly at: 'provider' | 'corporation'
  readonly region: string
  /** Home of its region: where its cases are kept. */
  readonly home: number
  readonly name: LocalName
  readonly address: LocalName
  readonly phone: string
  readonly bin: string
  /** Nine digits: the settlement in which it sits. */
  readonly kato: string
  /** Opening hours of its own, dated; absent: those of its kind in `regions.yaml`. */
  readonly hours?: readonly OpeningHours[]
  readonly units: readonly Unit[]
  /** First day on which it is closed: nothing is opened there any more. What was done there stays. */
  readonly closedFrom?: string
}

/** False from the day on which the organisation was closed. */
export const isOpenOn = ({ closedFrom }: Organisation, day: string): boolean => closedFrom === undefined || day < closedFrom

/** The place of an administrator whom no organisation bounds: the first one, made at the command line. */
export const installation = 'installation'

export interface PersonName {
  readonly surname: string
  readonly name: string
  readonly patronymic?: string
}

/** The order of the organisation by which a role is given. */
export interface Order {
  readonly number: string
  readonly date: string
}

export interface Grant {
  readonly id: string
  readonly role: string
  /** An organisation's id, or `installation` for an administrator of everything. */
  readonly organisation: string
  /** A unit of that organisation. */
  readonly unit: string
  /** Days by the law's clock, both included. */
  readonly from: string
  readonly until?: string
  /** When it was ended at once, by the law's clock (RFC 3339): it holds no longer from that moment. */
  readonly endedAt?: string
  readonly order?: Order
  /** Whose role it is, and under which of that person's grants: whoever holds this one acts for them by `order`. */
  readonly acting?: { readonly for: string; readonly grant: string }
}

export interface Staff {
  readonly id: string
  readonly login: string
  readonly name: PersonName
  /** null for those who only keep accounts. Lists mask it. */
  readonly iin: string | null
  readonly post: { readonly kk: string; readonly ru: string }
  readonly grants: readonly Grant[]
  readonly active: boolean
}

/** Who acts, as events keep it. */
export interface StaffActor {
  readonly kind: 'staff'
  readonly id: string
  readonly role: string
  readonly organisation: string
  readonly unit: string
  /** Present where the person does another's work: for whom, by which order, under which grant. */
  readonly acting?: { readonly for: string; readonly order: Order; readonly grant: string }
}

/** Who changes accounts and organisations: somebody of the staff, the command line, or the program's own seed. */
export type ChangedBy = { readonly kind: 'staff'; readonly id: string } | { readonly kind: 'commandLine' } | { readonly kind: 'seed' }

/** An expected "no"; words under `people.refusal.<code>`. */
export interface PeopleRefusal {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}
export type PeopleAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: PeopleRefusal }

export const yes = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })
export const no = (code: string, params: PeopleRefusal['params'] = {}): { ok: false; error: PeopleRefusal } => ({
  ok: false,
  error: { code, params },
})

/** True while the grant holds on a day `yyyy-mm-dd` by the law's clock. */
export const holdsOn = ({ from, until, endedAt }: Grant, day: string): boolean =>
  from <= day && (until === undefined || day <= until) && (endedAt === undefined || day < endedAt.slice(0, 10))

/** True where two grants hold on a common day. */
export const overlap = (a: Pick<Grant, 'from' | 'until'>, b: Pick<Grant, 'from' | 'until'>): boolean =>
  a.from <= (b.until ?? '9999') && b.from <= (a.until ?? '9999')

/** `Сериков Ә. Б.`: how lists and papers name a person of the staff. */
export function shortName({ surname, name, patronymic }: PersonName): string {
  const initials = [name, patronymic].flatMap((part) => (part ? [`${[...part][0] ?? ''}.`] : []))
  return [surname, ...initials].join(' ')
}

export const fullName = ({ surname, name, patronymic }: PersonName): string =>
  [surname, name, patronymic].filter((part) => part !== undefined && part !== '').join(' ')

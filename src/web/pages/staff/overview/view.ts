import { maskIin } from '../../../../desk/reading.ts'
import type { TermsQuery } from '../../../../desk/supervision.ts'
import type { Speech } from '../../../../language/speech.ts'
import { pickText } from '../../../../language/translator.ts'
import type { WatchedTerm } from '../../../../ledger/ledger.ts'
import type { House } from '../../../house.ts'
import { namingFor } from '../../../wording/naming.ts'
import { roleTitle } from '../../../wording/roles.ts'

/** Codes of supervision's rows in the reader's words. */
export interface Wording {
  organisation(id: string): string
  role(role: string, organisation: string): string
  /** The step, or "the whole service" for a term; as the regulation of the row names it. */
  step(row: { readonly step: string; readonly sha256: string }): string
  person(id: string | null): string
  applicant(row: Pick<WatchedTerm, 'name'>): string
  iin(row: Pick<WatchedTerm, 'iin'>): string
  speech: Speech
}

export function wordingOf(house: House, speech: Speech): Wording {
  const naming = namingFor(house.people, speech)
  const { library } = house.statutes
  return {
    speech,
    organisation: naming.organisation,
    role: (role, organisation) =>
      role === 'system'
        ? speech.t('watch.system')
        : role === ''
          ? ''
          : roleTitle(house, speech, role, house.people.organisation(organisation)),
    step: ({ step, sha256 }) => {
      if (step === '') return speech.t('watch.wholeService')
      const found = library.bySha256(sha256)?.regulation.steps.find(({ id }) => id === step)
      return found ? pickText(found.title, speech.language).text : step
    },
    person: (id) => (id === null ? speech.t('pages.work.free') : naming.person(id)),
    applicant: ({ name }) => name ?? speech.t('pages.work.noApplicant'),
    iin: ({ iin }) => (iin === null ? '' : maskIin(iin)),
  }
}

export const sha256Of = ({ doc }: Pick<WatchedTerm, 'doc'>): string => (typeof doc.sha256 === 'string' ? doc.sha256 : '')

const kinds = ['late', 'soon', 'ended', 'breach'] as const
const isKind = (what: string | undefined): what is TermsQuery['what'] => kinds.some((kind) => kind === what)
const day = /^\d{4}-\d\d-\d\d$/
const isDay = (text: string | undefined): text is string => text !== undefined && day.test(text) && !Number.isNaN(Date.parse(text))

/** The span of days that an address names; else the thirty days until today. */
export function spanOf(from: string | undefined, until: string | undefined, today: string): { from: string; until: string } {
  const end = isDay(until) && until <= today ? until : today
  const begin = isDay(from) && from <= end ? from : Temporal.PlainDate.from(end).subtract({ days: 29 }).toString()
  // A year at most: a longer span is somebody's typing.
  const earliest = Temporal.PlainDate.from(end).subtract({ days: 365 }).toString()
  return { from: [begin, earliest].sort().at(-1) ?? begin, until: end }
}

/** The list that an address asks for; what it does not understand it leaves out. */
export function queryOf(asked: Readonly<Record<string, string>>, today: string): TermsQuery {
  const { what, provider, step, role, clause, from, until } = asked
  const filter = {
    ...(provider === undefined ? {} : { provider }),
    ...(step === undefined ? {} : { step }),
    ...(role === undefined ? {} : { role }),
    ...(clause === undefined ? {} : { clause }),
  }
  const kind = isKind(what) ? what : 'late'
  return kind === 'late' || kind === 'soon' ? { what: kind, ...filter } : { what: kind, ...filter, ...spanOf(from, until, today) }
}

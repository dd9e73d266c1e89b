import { foldForSearch } from '../../../../language/fold.ts'
import { fullName, holdsOn, type Staff } from '../../../../people/model.ts'

/** What the list of people is narrowed to; every part may be empty. */
export interface Wanted {
  /** Words of a name, a login or an IIN. */
  readonly text: string
  readonly organisation: string
  readonly role: string
  readonly state: '' | 'active' | 'inactive' | 'acting' | 'noRole'
}

export const peopleOnPage = 50

export interface RosterPage {
  readonly people: readonly Staff[]
  readonly found: number
  readonly page: number
  readonly pages: number
}

/** People of the list, in the order in which they are given. Letters that look alike are one letter; the words may stand in any order. */
export function findPeople(people: readonly Staff[], wanted: Wanted, today: string, page: number): RosterPage {
  const words = foldForSearch(wanted.text).split(/\s+/).filter(Boolean)
  const all = people.filter((person) => fits(person, wanted, today) && (words.length === 0 || isNamed(person, words)))
  // Whoever typed a whole login or IIN means that one person.
  const isMeant = ({ login, iin }: Staff) => login === wanted.text.toLowerCase() || iin === wanted.text
  const found = [...all.filter(isMeant), ...all.filter((person) => !isMeant(person))]
  const pages = Math.max(1, Math.ceil(found.length / peopleOnPage))
  const at = Math.min(Math.max(1, page), pages)
  return { people: found.slice((at - 1) * peopleOnPage, at * peopleOnPage), found: found.length, page: at, pages }
}

function fits({ active, grants }: Staff, { organisation, role, state }: Wanted, today: string): boolean {
  const now = grants.filter((grant) => holdsOn(grant, today))
  if (state === 'active' && !active) return false
  if (state === 'inactive' && active) return false
  if (state === 'acting' && !now.some((grant) => grant.acting)) return false
  if (state === 'noRole' && (!active || now.length > 0)) return false
  if (organisation === '' && role === '') return true
  return grants.some((grant) => (organisation === '' || grant.organisation === organisation) && (role === '' || grant.role === role))
}

const isNamed = (person: Staff, words: readonly string[]): boolean => {
  const text = `${foldForSearch(fullName(person.name))} ${foldForSearch(person.login)} ${person.login} ${person.iin ?? ''}`
  return words.every((word) => text.includes(word))
}

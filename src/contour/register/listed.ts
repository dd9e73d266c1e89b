import type { Person } from '../../gateway/register/person.ts'
import { invent } from '../../gateway/register/simulator/invent.ts'
import { edgeIins } from '../../gateway/register/simulator/world.ts'
import { checkDigit } from '../../law/identifiers.ts'
import { chance } from '../chance.ts'

/**
 * Every number with a right check digit has an invented person; these are the ones that the contour names: they stand on its page, and a search by
 * name looks among them.
 */
export function listedPeople(seed: string, count = 60): Person[] {
  const found = new Map<string, Person>()
  for (let n = 0; found.size < count; n++) {
    const person = invent(iinOf(seed, n), seed)
    if (person !== null) found.set(person.iin, person)
  }
  const edges = Object.values(edgeIins).flatMap((iin) => invent(iin, seed) ?? [])
  return [...edges, ...[...found.values()].filter(({ iin }) => !edges.some((edge) => edge.iin === iin))]
}

/** The nth number of a seed; some have no check digit and belong to nobody. Serials from 9900 on: real numbers are given out from below. */
function iinOf(seed: string, n: number): string {
  const pick = (name: string, below: number) => Math.floor(chance(seed, `listed ${n} ${name}`) * below)
  const digits = (value: number, width: number) => String(value).padStart(width, '0')
  const year = 1950 + pick('year', 50)
  const born = `${digits(year % 100, 2)}${digits(1 + pick('month', 12), 2)}${digits(1 + pick('day', 28), 2)}`
  const eleven = `${born}${3 + pick('sex', 2)}${digits(9900 + pick('serial', 100), 4)}`
  return `${eleven}${checkDigit(eleven) ?? 'x'}`
}

import { createHash } from 'node:crypto'
import { parseIin } from '../../../law/identifiers.ts'
import type { Person } from '../person.ts'
import { edgeOf, type Naming, people } from './world.ts'

/**
 * An invented person for a number, the same for the same seed; null for a number that cannot be or that the simulator keeps for "absent".
 * Birth date and sex are those of the number.
 */
export function invent(iin: string, seed: string): Person | null {
  const parsed = parseIin(iin)
  const edge = edgeOf(iin)
  if (!parsed.ok || edge === 'absent') return null
  const pick = chooser(`${seed}/${iin}`)
  const { born, sex } = parsed.value
  const female = sex === null ? pick(2) === 1 : sex === 'female'
  // A number without a century (0: some foreigners) gives no year of birth either: the last century is as good as any.
  const birthDate = born ?? `19${iin.slice(0, 2)}-${iin.slice(2, 4)}-${iin.slice(4, 6)}`
  const naming = pick(4) === 0 ? people.russian : people.kazakh
  const names = edge === 'nameDiffers' ? people.renamed : nameFrom(naming, female, pick)
  const is = people.dictionaries
  const ordinary: Person = {
    iin,
    ...names,
    birthDate,
    gender: female ? is.female : is.male,
    nationality: is[naming.nationality],
    citizenship: is.kazakhstan,
    lifeStatus: is.alive,
    birthPlace: { country: is.kazakhstan, city: '-' },
    regAddress: {
      country: is.kazakhstan,
      ...one(people.places, pick),
      building: String(1 + pick(90)),
      flat: String(1 + pick(60)),
      beginDate: '2014-05-19',
      status: is.registered,
    },
    documents: { document: [identityCard(names, birthDate, pick)] },
    removed: false,
  }
  if (edge === 'deceased') return dead(ordinary)
  return edge === 'invalidDocument' ? withDocument(ordinary, { status: is.documentUnfit, invalidityDate: '2018-06-01' }) : ordinary
}

type Pick = (below: number) => number
type Names = Record<'surname' | 'name' | 'patronymic' | 'engSurname' | 'engFirstName', string>

function nameFrom(naming: Naming, female: boolean, pick: Pick): Names {
  const form = female ? 1 : 0
  const surname = one(naming.surnames, pick)
  const [name, engFirstName] = one(female ? naming.women : naming.men, pick)
  return { surname: surname.forms[form], name, patronymic: one(naming.patronymics, pick)[form], engSurname: surname.en[form], engFirstName }
}

function identityCard({ surname, name, patronymic }: Names, birthDate: string, pick: Pick) {
  const begin = Temporal.PlainDate.from('2017-01-01').add({ days: pick(180) })
  const { idCard: type, interior: issueOrganization, documentValid: status } = people.dictionaries
  return {
    type,
    // Real cards have numbers from 010000000 on.
    number: `000${String(pick(1_000_000)).padStart(6, '0')}`,
    beginDate: begin.toString(),
    endDate: begin.add({ years: 10 }).subtract({ days: 1 }).toString(),
    issueOrganization,
    status,
    ...{ surname, name, patronymic, birthDate },
  }
}

function dead(person: Person): Person {
  const { dead: lifeStatus, documentOfDeceased: status } = people.dictionaries
  return { ...withDocument(person, { status, invalidityDate: '2016-11-30' }), lifeStatus, deathDate: '2016-11-30' }
}

function withDocument(person: Person, change: Partial<NonNullable<Person['documents']>['document'][number]>): Person {
  return { ...person, documents: { document: (person.documents?.document ?? []).map((document) => ({ ...document, ...change })) } }
}

/** Choices from a hash, four bytes each; a used-up hash is hashed again. */
function chooser(text: string): Pick {
  let bytes = createHash('sha256').update(text).digest()
  let at = 0
  return (below) => {
    if (at + 4 > bytes.length) {
      bytes = createHash('sha256').update(bytes).digest()
      at = 0
    }
    at += 4
    return bytes.readUInt32BE(at - 4) % below
  }
}

function one<T>(list: readonly T[], pick: Pick): T {
  const found = list[pick(list.length)]
  if (found === undefined) throw new Error('An empty list has nothing to choose from.')
  return found
}

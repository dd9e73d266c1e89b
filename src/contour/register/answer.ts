import { randomUUID } from 'node:crypto'
import { type Person, person } from '../../gateway/register/person.ts'
import { people } from '../../gateway/register/simulator/world.ts'
import { element, type Markup } from '../../xml/write.ts'

const xsi = 'http://www.w3.org/2001/XMLSchema-instance'

/** The children of `data` of a `cs:Response`, without its signature. Nobody in `persons` is what says that nobody was found. */
export function registerAnswer(found: readonly Person[], requestId: string, now: string): Markup[] {
  const { gbdfl, asker, processed, nobody } = people.dictionaries
  return [
    element('messageId', {}, randomUUID()),
    element('messageDate', {}, now),
    element('requestId', {}, requestId),
    field('sender', gbdfl),
    field('receiver', asker),
    field('messageResult', found.length > 0 ? processed : nobody),
    // Parsed once more: the shape gives its members in the order of the schema, in which XML has to have them.
    ...(found.length > 0 ? [element('persons', {}, ...found.map((one) => field('person', person.parse(one))))] : []),
  ]
}

/** A value of the register's model as an element: lists repeat it, a dictionary's missing date of change is nil. */
function field(name: string, value: unknown): Markup {
  if (typeof value !== 'object' || value === null) return element(name, {}, String(value))
  const members = Object.entries(value).filter(([, inside]) => inside !== undefined && inside !== null)
  const inside = members.flatMap(([key, one]) => (Array.isArray(one) ? one.map((each) => field(key, each)) : [field(key, one)]))
  return element(name, {}, ...inside, ...('nameKz' in value && !('changeDate' in value && value.changeDate) ? [nilDate] : []))
}

const nilDate = element('changeDate', { 'xmlns:xsi': xsi, 'xsi:nil': 'true' })

import { type Der, Fields, membersOf } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { tags } from '../der/tags.ts'
import { oidOf, textOf } from '../der/values.ts'

/** A distinguished name (RFC 5280, 4.1.2.4). Names are compared by their bytes. */
export interface Name {
  readonly der: Uint8Array
  readonly attributes: readonly { readonly oid: string; readonly value: string }[]
  /** For a log or a page: `CN=…, C=KZ`. Letters that could break a line are taken out. */
  readonly text: string
}

/** The national layout: one attribute to each relative name, the number of a person in `serialNumber`, that of an organisation in `OU`. */
export interface Holder {
  readonly commonName: string
  readonly surname: string | null
  /** In `G`, against the standard's meaning of it (given name). */
  readonly patronymic: string | null
  /** Twelve digits from `serialNumber=IIN…`. The check digit is not asked for: official test certificates have wrong ones. null also where two differ. */
  readonly iin: string | null
  /** From `OU=BIN…` or `serialNumber=BIN…`. */
  readonly bin: string | null
  readonly organisation: string | null
  readonly country: string | null
  readonly email: string | null
}

export const attributeIds = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  locality: '2.5.4.7',
  state: '2.5.4.8',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  businessCategory: '2.5.4.15',
  givenName: '2.5.4.42',
  email: '1.2.840.113549.1.9.1',
  domainComponent: '0.9.2342.19200300.100.1.25',
} as const

const short: ReadonlyMap<string, string> = new Map([
  [attributeIds.commonName, 'CN'],
  [attributeIds.surname, 'SURNAME'],
  [attributeIds.serialNumber, 'SERIALNUMBER'],
  [attributeIds.country, 'C'],
  [attributeIds.locality, 'L'],
  [attributeIds.state, 'ST'],
  [attributeIds.organisation, 'O'],
  [attributeIds.unit, 'OU'],
  [attributeIds.givenName, 'G'],
  [attributeIds.email, 'E'],
])

export function readName(value: Der): Name {
  const attributes = membersOf(value, tags.sequence).flatMap((relative) => {
    const members = membersOf(relative, tags.set)
    if (members.length === 0) throw new DerRefused('A relative name of nothing.')
    return members.map((member) => {
      const fields = new Fields(member)
      const oid = oidOf(fields.next())
      const text = textOf(fields.next())
      fields.end()
      return Object.freeze({ oid, value: text })
    })
  })
  const text = attributes.map(({ oid, value: said }) => `${short.get(oid) ?? oid}=${said.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')}`).join(', ')
  return Object.freeze({ der: value.bytes, attributes: Object.freeze(attributes), text })
}

export function holderOf(name: Name): Holder {
  const all = (oid: string): string[] => name.attributes.filter((one) => one.oid === oid).map((one) => one.value)
  const first = (oid: string): string | null => all(oid)[0] ?? null
  const serials = all(attributeIds.serialNumber)
  return Object.freeze({
    commonName: first(attributeIds.commonName) ?? '',
    surname: first(attributeIds.surname),
    patronymic: first(attributeIds.givenName),
    iin: numberIn(serials, 'IIN'),
    bin: numberIn([...all(attributeIds.unit), ...serials], 'BIN'),
    organisation: first(attributeIds.organisation),
    country: first(attributeIds.country),
    email: first(attributeIds.email),
  })
}

/** Two different numbers of one kind are nobody's: which of them a reader takes must not be left to the reader. */
function numberIn(values: readonly string[], prefix: 'IIN' | 'BIN'): string | null {
  const found = new Set(values.flatMap((value) => new RegExp(`^${prefix}(\\d{12})$`).exec(value)?.[1] ?? []))
  const [only] = found
  return found.size === 1 && only !== undefined ? only : null
}

/** IIN of a person, BIN of an organisation (Government decree 565 of 11.06.2003): twelve digits, the last a check digit. */
export type Sex = 'male' | 'female'

export interface Iin {
  readonly kind: 'iin'
  readonly value: string
  /** `YYYY-MM-DD`; null where the seventh digit tells no century (0: some foreigners). */
  readonly born: string | null
  readonly sex: Sex | null
}

export interface Bin {
  readonly kind: 'bin'
  readonly value: string
  /** `YYYY-MM`; the number gives two digits of the year, and no organisation was registered before 1990. */
  readonly registered: string
  readonly type: 'resident' | 'nonResident' | 'jointEntrepreneurship'
  readonly division: 'head' | 'branch' | 'representation' | 'other'
}

/** What is wrong, for words under `identifier.<code>`; `params` name the place, never the whole number. */
export interface IdentifierRefusal {
  readonly code: 'empty' | 'letters' | 'wrongLength' | 'wrongDate' | 'wrongCentury' | 'wrongType' | 'wrongDivision' | 'wrongCheckDigit'
  readonly params: Readonly<Record<string, string | number>>
}
export type IdentifierAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: IdentifierRefusal }

const no = (code: IdentifierRefusal['code'], params: IdentifierRefusal['params'] = {}): { ok: false; error: IdentifierRefusal } => {
  return { ok: false, error: { code, params } }
}

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** The check digit of the first eleven digits; null when both passes give 10: such a number is not issued. */
export function checkDigit(eleven: string): number | null {
  for (const weights of [firstWeights, secondWeights]) {
    const rest = weights.reduce((sum, weight, i) => sum + weight * Number(eleven[i]), 0) % 11
    if (rest < 10) return rest
  }
  return null
}

/** Digits alone, grouping spaces and hyphens aside; letters that look like digits (О, o, З, l …) are named, not guessed at. */
function digitsOf(text: string): IdentifierAnswer<string> {
  const value = text.normalize('NFKC').replaceAll(/[\s-]/g, '')
  if (value === '') return no('empty')
  const at = [...value].findIndex((character) => !/^[0-9]$/.test(character))
  if (at >= 0) return no('letters', { character: [...value][at] ?? '', position: at + 1 })
  if (value.length !== 12) return no('wrongLength', { length: value.length })
  return { ok: true, value }
}

const hasRightCheckDigit = (value: string): boolean => checkDigit(value) === Number(value[11])

const centuries: Readonly<Record<string, number>> = { 1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000 }

const exists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth

/** A person's number → birth date and sex, or what is wrong with it. */
export function parseIin(text: string): IdentifierAnswer<Iin> {
  const digits = digitsOf(text)
  if (!digits.ok) return digits
  const { value } = digits
  const mark = value[6] ?? ''
  const century = centuries[mark]
  if (century === undefined && mark !== '0') return no('wrongCentury', { digit: mark })
  const [month, day] = [Number(value.slice(2, 4)), Number(value.slice(4, 6))]
  // Without a century any leap year will do: 29 February is then possible.
  const year = century === undefined ? 2000 : century + Number(value.slice(0, 2))
  if (!exists(year, month, day)) return no('wrongDate', { date: `${value.slice(4, 6)}.${value.slice(2, 4)}.${value.slice(0, 2)}` })
  if (!hasRightCheckDigit(value)) return no('wrongCheckDigit')
  if (century === undefined) return { ok: true, value: { kind: 'iin', value, born: null, sex: null } }
  const born = `${year}-${value.slice(2, 4)}-${value.slice(4, 6)}`
  return { ok: true, value: { kind: 'iin', value, born, sex: Number(mark) % 2 === 1 ? 'male' : 'female' } }
}

const types: Readonly<Record<string, Bin['type']>> = { 4: 'resident', 5: 'nonResident', 6: 'jointEntrepreneurship' }
const divisions: Readonly<Record<string, Bin['division']>> = { 0: 'head', 1: 'branch', 2: 'representation', 3: 'other' }

/** An organisation's number → month of registration and kind, or what is wrong with it. */
export function parseBin(text: string): IdentifierAnswer<Bin> {
  const digits = digitsOf(text)
  if (!digits.ok) return digits
  const { value } = digits
  const [typeDigit = '', divisionDigit = ''] = [value[4], value[5]]
  const month = Number(value.slice(2, 4))
  if (month < 1 || month > 12) return no('wrongDate', { date: `${value.slice(2, 4)}.${value.slice(0, 2)}` })
  const type = types[typeDigit]
  if (!type) return no('wrongType', { digit: typeDigit })
  const division = divisions[divisionDigit]
  if (!division) return no('wrongDivision', { digit: divisionDigit })
  if (!hasRightCheckDigit(value)) return no('wrongCheckDigit')
  const year = Number(value.slice(0, 2))
  const registered = `${year >= 90 ? 1900 + year : 2000 + year}-${value.slice(2, 4)}`
  return { ok: true, value: { kind: 'bin', value, registered, type, division } }
}

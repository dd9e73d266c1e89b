import type { CaseState, Correctable } from '../engine/case/state.ts'
import { type Person, person as personShape } from '../gateway/register/person.ts'
import { type Likeness, likenessOf } from '../language/likeness.ts'
import { parseIin } from '../law/identifiers.ts'

export type ComparedField = 'surname' | 'name' | 'patronymic' | 'born' | 'sex' | 'identityNumber' | 'identityUntil' | 'address'

/** One field of the application beside what the register says of the same person. */
export interface Difference {
  readonly field: ComparedField
  readonly typed: string
  readonly register: string
  readonly likeness: Likeness
  /** The entry that takes the register's spelling, by a correction that is an event; absent where no act corrects it. */
  readonly entry?: Correctable
}

/** The person as the register gave one; null where it has not answered with somebody, or gave what no later code can read. */
export function personInRegister({ registerAnswer }: CaseState): Person | null {
  const read = personShape.safeParse(registerAnswer?.person)
  return read.success ? read.data : null
}

/** Field by field, all of them: what agrees is told too. Null where no register has answered with a person. */
export function comparedWithRegister(state: CaseState): Difference[] | null {
  const person = personInRegister(state)
  const { application } = state
  if (person === null || !application) return null
  const iin = parseIin(application.iin)
  const said = iin.ok ? iin.value : { born: null, sex: null }
  const names = (['surname', 'name', 'patronymic'] as const).map((field) => namesOf(field, application[field], person[field]))
  const sex = person.gender.code === '2' ? 'female' : 'male'
  return [
    ...names,
    ...(said.born === null ? [] : [plain('born', said.born, person.birthDate)]),
    ...(said.sex === null ? [] : [plain('sex', said.sex, sex)]),
    ...ofDocument(state, person),
    ...ofAddress(state, person),
  ]
}

const plain = (field: ComparedField, typed: string, register: string): Difference => ({
  field,
  typed,
  register,
  likeness: typed === register ? 'same' : 'different',
})

/** The register writes in capitals: only letters count, and a value that is taken keeps the capitals of a name. */
function namesOf(field: 'surname' | 'name' | 'patronymic', typed = '', register = ''): Difference {
  const likeness = likenessOf(typed, register)
  const taken = likeness === 'same' || register === '' ? {} : { entry: `application.${field}` as const }
  return { field, typed, register: asName(register), likeness, ...taken }
}

/** "ҮЛГІБАЕВА-СЫНАҚОВА" → "Үлгібаева-Сынақова". */
export const asName = (name: string): string =>
  name
    .toLocaleLowerCase('kk')
    .replaceAll(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase('kk'))

const valid = '00'

/** The card in hand beside the register's valid one; where the register knows several, the one with the same number. */
function ofDocument(state: CaseState, { documents }: Person): Difference[] {
  const shown = state.documents.find(({ number }) => number !== undefined)
  const known = documents?.document.filter(({ status }) => status.code === valid) ?? []
  const card = known.find(({ number }) => number === shown?.number) ?? known[0]
  if (shown?.number === undefined || card === undefined) return []
  const compared = plain('identityNumber', shown.number, card.number)
  const isSame = compared.likeness === 'same'
  const number: Difference = isSame || state.identification === null ? compared : { ...compared, entry: 'identification.number' }
  if (shown.validUntil === undefined || card.endDate === undefined || !isSame) return [number]
  return [number, plain('identityUntil', shown.validUntil, card.endDate)]
}

/** Where the applicant gave no address, the register's can be taken. */
function ofAddress(state: CaseState, { regAddress }: Person): Difference[] {
  if (regAddress === undefined) return []
  const parts = [regAddress.city, regAddress.street, [regAddress.building, regAddress.flat].filter(Boolean).join('-')]
  const register = parts.filter(Boolean).join(', ')
  const typed = state.applicant.address ?? ''
  if (register === '' || typed !== '') return []
  return [{ field: 'address', typed, register, likeness: 'different', entry: 'applicant.address' }]
}

/**
 * Differences that somebody must have looked at before the request is sealed. An address that was never given contradicts nothing, and letters of
 * another script that look the same are the same name: it can be taken over, but says nothing against the person.
 */
export const contradictions = (compared: readonly Difference[] | null): Difference[] =>
  compared?.filter(({ likeness, field }) => likeness === 'different' && field !== 'address') ?? []

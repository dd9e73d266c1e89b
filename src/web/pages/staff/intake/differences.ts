import type { CaseState, Correctable } from '../../../../engine/case/state.ts'
import { type Person, person as personShape } from '../../../../gateway/register/person.ts'
import { parseIin } from '../../../../law/identifiers.ts'

export type Compared = 'surname' | 'name' | 'patronymic' | 'born' | 'sex' | 'identityNumber' | 'identityUntil' | 'address'

/** One field of the application beside what the register says of the same person. */
export interface Difference {
  readonly field: Compared
  readonly typed: string
  readonly register: string
  readonly same: boolean
  /** The entry that takes the register's value by one key; absent where no act corrects it. */
  readonly entry?: Correctable
}

/** Field by field, all of them: what agrees is told too. Null where no register has answered with a person. */
export function comparedWithRegister(state: CaseState): Difference[] | null {
  const read = personShape.safeParse(state.registerAnswer?.person)
  const { application } = state
  if (!read.success || !application) return null
  const { data } = read
  const iin = parseIin(application.iin)
  const said = iin.ok ? iin.value : { born: null, sex: null }
  const names = (['surname', 'name', 'patronymic'] as const).map((field) => namesOf(field, application[field], data[field]))
  const sex = data.gender.code === '2' ? 'female' : 'male'
  return [
    ...names,
    ...(said.born === null ? [] : [plain('born', said.born, data.birthDate)]),
    ...(said.sex === null ? [] : [plain('sex', said.sex, sex)]),
    ...ofDocument(state, data),
    ...ofAddress(state, data),
  ]
}

const plain = (field: Compared, typed: string, register: string): Difference => ({ field, typed, register, same: typed === register })

/** The register writes in capitals: only letters count, and a value that is taken keeps the capitals of a name. */
function namesOf(field: 'surname' | 'name' | 'patronymic', typed = '', register = ''): Difference {
  const same = fold(typed) === fold(register)
  const taken = same || register === '' ? {} : { entry: `application.${field}` as const }
  return { field, typed, register: asName(register), same, ...taken }
}

const fold = (name: string) => name.normalize('NFC').trim().toLocaleUpperCase('kk')

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
  const number: Difference = compared.same || state.identification === null ? compared : { ...compared, entry: 'identification.number' }
  if (shown.validUntil === undefined || card.endDate === undefined || !number.same) return [number]
  return [number, plain('identityUntil', shown.validUntil, card.endDate)]
}

/** Where the applicant gave no address, the register's can be taken. */
function ofAddress(state: CaseState, { regAddress }: Person): Difference[] {
  if (regAddress === undefined) return []
  const parts = [regAddress.city, regAddress.street, [regAddress.building, regAddress.flat].filter(Boolean).join('-')]
  const register = parts.filter(Boolean).join(', ')
  const typed = state.applicant.address ?? ''
  if (register === '' || typed !== '') return []
  return [{ field: 'address', typed, register, same: false, entry: 'applicant.address' }]
}

/** Differences that somebody must have looked at before the request is sealed; an address that was never given is no contradiction. */
export const contradictions = (compared: readonly Difference[] | null): Difference[] =>
  compared?.filter(({ same, field }) => !same && field !== 'address') ?? []

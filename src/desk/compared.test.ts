import { describe, expect, it } from 'vitest'
import type { CaseState } from '../engine/case/state.ts'
import { invent } from '../gateway/register/simulator/invent.ts'
import { edgeIins } from '../gateway/register/simulator/world.ts'
import { comparedWithRegister, contradictions } from './compared.ts'

const iin = edgeIins.nameDiffers
const person = invent(iin, 'seed') ?? expect.unreachable()
const [card] = person.documents?.document ?? []

interface Typed {
  readonly surname?: string
  readonly name?: string
  readonly patronymic?: string
  readonly number?: string
  readonly validUntil?: string
  readonly address?: string
  readonly person?: unknown
}

/** СЫНАҚБЕКОВА АЙГҮЛ ДӘУРЕНҚЫЗЫ, of whom this was typed. */
function compared({ address, number, validUntil, ...typed }: Typed = {}) {
  const { person: held = person, ...names } = typed
  const application = { iin, surname: 'Сынақбекова', name: 'Айгүл', patronymic: 'Дәуренқызы', ...names }
  const documents = number === undefined ? [] : [{ id: 'identityDocument', number, validUntil }]
  const state = {
    application,
    applicant: address === undefined ? {} : { address },
    documents,
    identification: { document: 'idCard', number },
    registerAnswer: { found: true, text: null, person: held, marks: [], checked: null },
  } as unknown as CaseState // only what is compared is looked at
  return comparedWithRegister(state)
}
const of = (field: string, typed: Typed) => compared(typed)?.find((one) => one.field === field)

describe('what was typed beside the register', () => {
  it('agrees whatever the case of letters, and says so of each field', () => {
    const all = compared({ address: 'Үлгі ауылы' })
    expect(all?.map(({ field, likeness }) => `${field} ${likeness}`)).toEqual(
      ['surname', 'name', 'patronymic', 'born', 'sex'].map((field) => `${field} same`),
    )
    expect(contradictions(all ?? [])).toEqual([])
  })

  it('differs by a name, which the register’s spelling can replace', () => {
    expect(of('surname', { surname: 'Үлгібаева' })).toMatchObject({
      likeness: 'different',
      register: 'Сынақбекова',
      entry: 'application.surname',
    })
    expect(contradictions(compared({ surname: 'Үлгібаева', address: '-' }))).toHaveLength(1)
    expect(of('patronymic', { patronymic: undefined as never })).toMatchObject({
      typed: '',
      likeness: 'different',
      entry: 'application.patronymic',
    }) // not typed
  })

  it('that only looks the same is taken over too, and contradicts nothing', () => {
    const latin = { name: 'Aйгүл', address: '-' }
    expect(of('name', latin)).toMatchObject({ likeness: 'lookAlike', entry: 'application.name' })
    expect(contradictions(compared(latin))).toEqual([])
  })

  it('is held against the valid card: its number, then its last day', () => {
    expect(of('identityNumber', { number: '000000000' })).toMatchObject({ likeness: 'different', entry: 'identification.number' })
    expect(of('identityUntil', { number: '000000000', validUntil: '2019-01-01' })).toBeUndefined()
    const number = card?.number ?? ''
    expect(of('identityNumber', { number })).toMatchObject({ likeness: 'same' })
    expect(of('identityUntil', { number, validUntil: '2019-01-01' })).toMatchObject({ likeness: 'different', register: card?.endDate })
  })

  it('fills an address that was never given, and no other', () => {
    expect(of('address', {})).toMatchObject({ entry: 'applicant.address', register: expect.stringMatching(/АУЫЛЫ, .+ көшесі, \d+-\d+/) })
    expect(contradictions(compared())).toEqual([])
    expect(of('address', { address: 'Үлгі ауылы' })).toBeUndefined()
  })

  it('is nothing where the register gave nobody who can be read', () => {
    expect(compared({ person: { iin } })).toBeNull()
    expect(compared({ person: null })).toBeNull()
  })
})

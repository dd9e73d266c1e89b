import { describe, expect, it } from 'vitest'
import type { Grant, Staff } from '../../../../people/model.ts'
import { findPeople, peopleOnPage, type Wanted } from './roster.ts'

const today = '2019-10-14'
const all: Wanted = { text: '', organisation: '', role: '', state: '' }
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: 'g',
  role: 'clerk',
  organisation: 'almaty.school',
  unit: 'office',
  from: '2015-01-01',
  ...more,
})
const person = (id: string, surname: string, more: Partial<Staff> = {}): Staff => ({
  id,
  login: `almaty.${id}`,
  name: { surname, name: 'Әсем', patronymic: 'Ерланқызы' },
  iin: null,
  post: { kk: 'x', ru: 'x' },
  grants: [grant()],
  active: true,
  ...more,
})
const people = [
  person('first', 'Сейітқали', { iin: '900101300007' }),
  person('second', 'Ким', { active: false }),
  person('third', 'Бекенова', { grants: [grant({ role: 'head', acting: { for: 'first', grant: 'g' }, until: '2019-10-20' })] }),
  person('fourth', 'Жұмабаева', { grants: [grant({ until: '2019-10-01' })] }),
]
const found = (wanted: Partial<Wanted>) => findPeople(people, { ...all, ...wanted }, today, 1).people.map(({ id }) => id)

describe('the list of people', () => {
  it('is narrowed by words of a name in any order, by login and IIN, whichever script a letter is of', () => {
    expect(found({ text: 'әсем сейіт' })).toEqual(['first'])
    expect(found({ text: 'Сeйiтқали' })).toEqual(['first']) // Latin e and i
    expect(found({ text: 'almaty.third' })).toEqual(['third'])
    expect(found({ text: '900101300007' })).toEqual(['first'])
    expect(found({ text: 'nobody' })).toEqual([])
  })

  it('begins with whose login or IIN was typed whole', () => {
    const two = [person('head2', 'Алиев'), person('head', 'Якубов')]
    expect(findPeople(two, { ...all, text: 'almaty.head' }, today, 1).people.map(({ id }) => id)).toEqual(['head', 'head2'])
  })

  it('is narrowed by place, role and state', () => {
    expect(found({ role: 'head' })).toEqual(['third'])
    expect(found({ organisation: 'almaty.other' })).toEqual([])
    expect(found({ state: 'inactive' })).toEqual(['second'])
    expect(found({ state: 'acting' })).toEqual(['third'])
    expect(found({ state: 'noRole' })).toEqual(['fourth'])
  })

  it('is shown page by page, and never beyond its end', () => {
    const many = Array.from({ length: 2 * peopleOnPage + 1 }, (_, index) => person(`p${index}`, 'Көп'))
    const page = (at: number) => findPeople(many, all, today, at)
    expect(page(1)).toMatchObject({ found: many.length, page: 1, pages: 3 })
    expect(page(3).people.map(({ id }) => id)).toEqual([`p${2 * peopleOnPage}`])
    expect(page(99).page).toBe(3)
    expect(page(-5).page).toBe(1)
  })

  it('of ten thousand is found in a moment', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => person(`p${index}`, `Көп${index}`))
    const begun = performance.now()
    expect(findPeople(many, { ...all, text: 'көп9999' }, today, 1).found).toBe(1)
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

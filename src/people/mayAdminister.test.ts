import { describe, expect, it } from 'vitest'
import { mayAdministerWhole, mayHaveRole } from './mayAdminister.ts'
import type { Grant, Organisation, Staff, StaffActor } from './model.ts'

const place = (id: string, kind: string) => ({ id, kind, at: 'provider', region: 'almaty' }) as Organisation // what the question reads
const places = new Map([place('almaty.directorate', 'directorate'), place('almaty.school', 'school')].map((one) => [one.id, one]))
const directory = { organisation: (id: string) => places.get(id) }
const keeper = (organisation: string): StaffActor => ({ kind: 'staff', id: 'k', role: 'administrator', organisation, unit: 'u' })
const person = (...organisations: string[]) =>
  ({
    grants: organisations.map((organisation): Grant => ({ id: organisation, role: 'head', organisation, unit: 'u', from: '2019-01-01' })),
  }) as unknown as Staff // only the grants are read

describe('an administrator', () => {
  it('has no hand on the password of a person who is somebody elsewhere too', () => {
    const [school, directorate] = [keeper('almaty.school'), keeper('almaty.directorate')]
    expect(mayAdministerWhole(school, person('almaty.school'), directory)).toBe(true)
    expect(mayAdministerWhole(school, person('almaty.school', 'almaty.directorate'), directory)).toBe(false)
    expect(mayAdministerWhole(school, person('almaty.school', 'installation'), directory)).toBe(false)
    expect(mayAdministerWhole(directorate, person('almaty.school', 'almaty.directorate'), directory)).toBe(true)
    expect(mayAdministerWhole(directorate, person('almaty.school', 'installation'), directory)).toBe(false)
  })

  it('makes no supervisor of the region at a school', () => {
    expect(mayHaveRole('supervisor', 'almaty.school', directory)).toBe(false)
    expect(mayHaveRole('supervisor', 'almaty.directorate', directory)).toBe(true)
    expect(mayHaveRole('head', 'almaty.school', directory)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { marksOf } from './marks.ts'
import type { Person } from './person.ts'
import { readResponse } from './response.ts'
import { invent } from './simulator/invent.ts'
import { people } from './simulator/world.ts'

const iin = '840404499918'
const asked = { requestId: 'q', iin }
const { gbdfl: sender, asker: receiver, processed, nobody, dead } = people.dictionaries
const head = { messageId: 'a', messageDate: '2019-10-14T10:00:01+05:00', requestId: 'q', sender, receiver, messageResult: processed }

const somebody = (change: Partial<Person> = {}): Person => {
  const who = invent(iin, 'seed')
  if (who === null) throw new Error('nobody was invented')
  return { ...who, ...change }
}
const answering = (...person: unknown[]) => readResponse({ ...head, persons: { person } }, asked)

describe('a response of the register', () => {
  it('has somebody where there is one', () => {
    expect(answering(somebody())).toEqual({ kind: 'found', person: somebody(), answerId: 'a' })
  })

  it('has nobody where `persons` is absent or empty, whatever its code', () => {
    const said = { kind: 'notFound', text: { kk: processed.nameKz, ru: processed.nameRu } }
    expect(readResponse(head, asked)).toMatchObject(said)
    expect(answering()).toMatchObject(said)
    expect(readResponse({ ...head, messageResult: nobody }, asked)).toMatchObject({ kind: 'notFound', code: nobody.code })
  })

  it('keeps somebody in spite of an unknown code', () => {
    expect(readResponse({ ...head, messageResult: nobody, persons: { person: [somebody()] } }, asked)).toMatchObject({ kind: 'found' })
  })

  it.each([
    ['of another request', readResponse({ ...head, requestId: 'other' }, asked)],
    ['of another person', answering(somebody({ iin: '820707399915' }))],
    ['of two persons', answering(somebody(), somebody())],
    ['of a person without birth date', answering({ ...somebody(), birthDate: undefined })],
    ['of another shape', readResponse({ html: 'Service Unavailable' }, asked)],
    ['of nothing', readResponse(null, asked)],
  ])('is no answer: %s', (_, reading) => {
    expect(reading).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error', retryable: false })
  })

  it('leaves out what the shape does not know, so that a longer response is still read', () => {
    const reading = answering({ ...somebody(), somethingNew: 1 })
    expect(reading).toEqual({ kind: 'found', person: somebody(), answerId: 'a' })
  })
})

describe('marks of a person', () => {
  const court = { code: 'DEMO', nameRu: '-', nameKz: '-' }
  const day = '2019-10-14'
  const incapable = (until?: string) => ({
    capableStatus: court,
    capableDate: '2015-01-01',
    capableEndDate: until,
    capableNumber: '1',
    court,
  })

  it.each<[string, Partial<Person>]>([
    ['deceased', { deathDate: '2016-11-30' }],
    ['notAlive', { lifeStatus: dead }],
    ['removed', { removed: true }],
    ['excluded', { excludeStatus: { excludeReason: court } }],
    ['missing', { missingStatus: { missing: true, missingDate: day, missingNumber: '1', gpTerritorial: court } }],
    ['incapable', { personCapableStatus: incapable() }],
    ['noValidDocument', { documents: undefined }],
  ])('%s', (mark, change) => {
    expect(marksOf(somebody(change), day)).toEqual([mark])
  })

  it('end with what they stand on', () => {
    expect(marksOf(somebody({ personCapableStatus: incapable('2018-12-31') }), day)).toEqual([])
    const back = { missingDate: '2015-01-01', missingEndDate: '2016-01-01', missingNumber: '1', gpTerritorial: court }
    expect(marksOf(somebody({ missingStatus: { missing: true, ...back } }), day)).toEqual([])
    expect(marksOf(somebody(), '2039-10-14')).toEqual(['noValidDocument'])
  })
})

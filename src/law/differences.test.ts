import { expect, it } from 'vitest'
import { checked, type Loose } from './checks/fixture.testing.ts'
import { differences, standardDifferences } from './differences.ts'

const lawWith = (mutate?: (files: Loose) => void) => {
  const { library, problems } = checked(mutate)
  const [law] = library?.regulations ?? []
  if (!law) throw new Error(JSON.stringify(problems))
  return law
}
const before = lawWith()

it('one edition does not differ from itself', () => {
  expect(differences(before.regulation, before.regulation)).toEqual([])
  expect(standardDifferences(before.edition, before.edition)).toEqual([])
})

it('names what was added, removed and changed, and where', () => {
  const after = lawWith(({ regulation: r }) => {
    r.steps[2].norms[0].value = 2
    r.steps[0].norms.push({ clause: '4.1', value: 5, unit: 'min', binding: false })
    r.steps[0].readings = ['start']
    r.readings.queue = r.readings.start
    r.steps[1].readings = ['queue']
    r.roles.clerk.unit = 'hall'
    r.terms = []
    r.channels.office.start.readings = ['start']
  })
  expect(differences(before.regulation, after.regulation)).toEqual([
    { part: 'roles', id: 'clerk', change: 'changed', places: [['unit']] },
    { part: 'channels', id: 'office', change: 'changed', places: [['start', 'readings']] },
    { part: 'terms', id: 'whole', change: 'removed', places: [] },
    { part: 'steps', id: 'accept', change: 'changed', places: [['norms'], ['readings']] },
    { part: 'steps', id: 'register', change: 'changed', places: [['readings']] },
    { part: 'steps', id: 'examine', change: 'changed', places: [['norms', 0, 'value']] },
    { part: 'readings', id: 'queue', change: 'added', places: [] },
  ])
})

it('sees a document that the Standard no longer requires', () => {
  const after = lawWith(({ standard: s }) => {
    s.editions[0].documents[1].requirement = 'ifAny'
  })
  expect(standardDifferences(before.edition, after.edition)).toEqual([
    { part: 'documents', id: 'diploma', change: 'changed', places: [['requirement']] },
  ])
})

import { expect, it } from 'vitest'
import { checked } from './checks/fixture.testing.ts'
import { coverageOf } from './coverage.ts'
import { elementsOf } from './elements.ts'

const law = checked().library?.regulations[0]
if (!law) throw new Error('the fixture of the checks is not sound')
const { regulation, general } = law
const every = elementsOf(regulation).map(({ id }) => id)

it('names each element once by kind and name', () => {
  expect(new Set(every).size).toBe(every.length)
  expect(elementsOf(regulation, general).map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'form',
      'provider:school',
      'role:clerk',
      'channel:office',
      'start:office',
      'term:whole',
      'step:accept',
      'outcome:accept/incomplete',
      'norm:examine/4.3',
      'paper:receipt',
      'duty:law-88-V/identification',
    ]),
  )
})

it('is complete when examples touched everything', () => {
  const coverage = coverageOf(regulation, { all: every })
  expect(coverage).toMatchObject({ executable: 6, executed: 6, stated: 1, complete: true })
})

it.each(every.filter((id) => id !== 'form'))('is incomplete without %s', (id) => {
  expect(coverageOf(regulation, { all: every.filter((other) => other !== id) }).complete).toBe(false)
})

it('shows which branch has no example, under its own clause and the clause of its step', () => {
  const coverage = coverageOf(regulation, { some: every.filter((id) => id !== 'outcome:accept/incomplete') })
  const uncovered = coverage.clauses.filter(({ status }) => status === 'uncovered')
  expect(uncovered.map(({ clause }) => clause)).toEqual(['4.1', '4.2'])
  expect(uncovered[1]).toMatchObject({
    branches: [{ step: 'accept', outcome: 'incomplete', examples: [] }],
    missing: ['outcome:accept/incomplete'],
  })
})

it('names the examples of a branch', () => {
  const coverage = coverageOf(regulation, { one: every, two: ['outcome:give/done'] })
  expect(coverage.clauses.find(({ clause }) => clause === '4.4')?.branches).toEqual([
    { step: 'give', outcome: 'done', examples: ['one', 'two'] },
  ])
})

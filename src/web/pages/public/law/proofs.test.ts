import { describe, expect, it } from 'vitest'
import { statutes } from '../cases.testing.ts'
import { lifeOf } from './life.ts'
import { proofsOf } from './proofs.ts'

const { library } = statutes

describe('the proofs of a regulation', () => {
  it.each(library.regulations.map((law) => [law.regulation.id, law] as const))(
    '%s: every executed clause leads to what does it and to an example that holds',
    (_, law) => {
      const { clauses, coverage, examples } = proofsOf(statutes.bind(law))
      expect(clauses.map(({ clause }) => clause.clause)).toEqual(law.regulation.clauses.map(({ clause }) => clause))
      expect(examples.filter(({ ok }) => !ok)).toEqual([])
      expect(coverage.complete).toBe(true)
      const bare = clauses.filter(
        ({ status, steps, also, examples: by }) => status === 'executed' && (by.length === 0 || steps.length + also.length === 0),
      )
      expect(bare.map(({ clause }) => clause.clause)).toEqual([])
    },
  )

  it('are played once', () => {
    const law = library.regulations[0]
    if (law === undefined) throw new Error('no law')
    expect(proofsOf(statutes.bind(law))).toBe(proofsOf(statutes.bind(law)))
  })
})

describe('the life of an act', () => {
  const almaty = library.regulations.filter(({ regulation }) => regulation.region === 'almaty')

  it('stands in the order of its days, with the day asked about in its place', () => {
    const kinds = lifeOf(almaty, '2019-10-14').map(({ kind }) => kind)
    expect(kinds).toEqual(['adopted', 'edition', 'from', 'today', 'repealed', 'last'])
  })

  it('says of a day before or after that no edition is in force then', () => {
    expect(lifeOf(almaty, '2015-01-01')[0]).toEqual({ date: '2015-01-01', kind: 'today-out' })
    expect(lifeOf(almaty, '2026-11-22').at(-1)).toEqual({ date: '2026-11-22', kind: 'today-out' })
    expect(lifeOf(almaty, '2020-12-28').some(({ kind }) => kind === 'today')).toBe(true)
  })
})

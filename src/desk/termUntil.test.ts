import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { replay } from '../engine/case/evolve.ts'
import { rehearse } from '../engine/examples/rehearse.ts'
import { buildLibrary } from '../law/library.ts'
import { readLawFiles } from './lawFiles.ts'
import { openStatutes } from './statutes.ts'

const files = await readLawFiles(join(import.meta.dirname, '..', '..', 'regulations'))
const path = 'college-transfer/akmola/2019-06-03.yaml'

interface Draft {
  terms: { channels: string[]; value: number; until?: string; id: string }[]
}

/** The college's regulation with another term for its office: nothing on the disk changes. */
const withTerm = (term: { value?: number; until?: string }) =>
  files.map((file) => {
    if (file.path !== path) return file
    const draft: Draft = parse(file.text)
    const [whole] = draft.terms
    if (whole === undefined) throw new Error('the college has no term')
    const [office, counter] = [
      { ...whole, channels: ['office'], ...term },
      { ...whole, id: 'counter', channels: ['corporation'] },
    ]
    return { path, text: stringify({ ...draft, terms: [office, counter] }, { aliasDuplicateObjects: false }) }
  })

/** When the office's term of 5.6 ended in the example that is served, and whether it was late. */
function ended(term: { value?: number; until?: string }) {
  const statutes = openStatutes(
    withTerm(term),
    () => undefined,
    async () => null,
  )
  const law = statutes.library.find('akmola-college-transfer')
  const example = law?.examples?.examples.find(({ id }) => id === 'officeAccepted')
  if (law === undefined || example === undefined) throw new Error('no example')
  const { events } = rehearse(statutes.bind(law).court, example)
  const due = replay(events)?.dues.find(({ id }) => id === 'term/whole')
  return { until: due?.until, at: due?.endedAt, state: due?.state }
}

it('a term ends with the case where it names no step', () => {
  expect(ended({})).toEqual({ until: null, at: '2019-10-29T10:05:00+06:00', state: 'met' })
  expect(ended({ value: 14 })).toEqual({ until: null, at: '2019-10-29T10:05:00+06:00', state: 'metLate' })
})

it('a term ends when its step is done, and what comes after makes nobody late', () => {
  const signed = '2019-10-28T11:15:00+06:00'
  expect(ended({ until: 'signAnswer' })).toEqual({ until: 'signAnswer', at: signed, state: 'met' })
  expect(ended({ value: 14, until: 'signAnswer' })).toEqual({ until: 'signAnswer', at: signed, state: 'met' })
})

it('a term cannot end with a step of another channel, nor before it begins', () => {
  const problems = (until: string) =>
    buildLibrary(withTerm({ until }))
      .problems.filter(({ code }) => code === 'termNeverEnds')
      .map((p) => p.path)
  expect(problems('signAnswer')).toEqual([])
  expect(problems('accept')).toEqual(['terms[0].until'])
  expect(problems('registerAtCounter')).toEqual(['terms[0].until'])
})

import { expect, it } from 'vitest'
import { buildLibrary } from '../library.ts'
import { filesWith, type Loose } from './fixture.testing.ts'

const regions = `format: qyzmet.regions/1
hours:
  provider: [{ from: 2015-01-01, week: five, open: { mon-fri: 09:00-18:30 }, confirmed: true, source: own knowledge }]
  corporation: [{ from: 2015-01-01, week: six, open: { mon-sat: 09:00-20:00 }, confirmed: true, source: own knowledge }]
regions:
  aqzhar: { home: 4, kato: "15", zone: Asia/Aqtobe, languages: [kk], name: { kk: Ақжар, ru: Акжар, en: Aqzhar } }
`
const problemsOf = (mutate: (files: Loose) => void, text = regions) =>
  buildLibrary([...filesWith(mutate), { path: 'regions.yaml', text }]).problems.map(({ code, path, params }) => [
    code,
    path,
    params.near ?? params.offset,
  ])

it('a region of regions.yaml and its offset are right', () => {
  expect(problemsOf(() => {})).toEqual([])
})

it('a region that regions.yaml does not have is a problem', () => {
  expect(problemsOf(() => {}, regions.replace('aqzhar:', 'aqjar:'))).toEqual([['unknownRegion', 'region', 'aqjar']])
})

it('an example with the offset of another region is a problem', () => {
  const found = problemsOf(({ examples: e }) => {
    e.examples[0].given.submitted = '2018-08-24T10:00:00+06:00'
    e.examples[0].then.dues[0].due = '2018-08-24T10:15:00Z'
  })
  expect(found).toEqual([
    ['wrongOffset', 'examples[0].given.submitted', '+05:00'],
    ['wrongOffset', 'examples[0].then.dues[0].due', '+05:00'],
  ])
})

it('a moment that cannot be read is told once', () => {
  const found = problemsOf(({ examples: e }) => {
    e.examples[0].given.submitted = '2018-08-24 10:00'
  })
  expect(found.map(([code]) => code)).toEqual(['badMoment'])
})

it('problems of the time floor come with the rest, under its codes', () => {
  expect(problemsOf(() => {}, regions.replace('Asia/Aqtobe', 'Asia/Aqzhar')).map(([code]) => code)).toEqual(['time.unknownZone'])
})

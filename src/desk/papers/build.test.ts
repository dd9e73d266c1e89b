import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPdf } from '../../papers/readPdf.ts'
import { createTypesetter } from '../../papers/typesetter.ts'
import { readLawFiles } from '../lawFiles.ts'
import { openStatutes } from '../statutes.ts'
import { papersOfExamples } from './printed.testing.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const statutes = openStatutes(
  await readLawFiles(join(root, 'regulations')),
  () => undefined,
  async () => null,
)
const all = await Promise.all(
  statutes.library.regulations.map(async (law) => ({
    law,
    id: law.regulation.id,
    papers: await papersOfExamples(statutes, statutes.bind(law)),
  })),
)
/** The words of one service, which must come from its own files alone. */
const ofTeachers = /аттеста|санат|категори|педагог/i

describe.each(all)('the papers of $id', ({ law, papers }) => {
  const { regulation, standard, edition } = law

  it('are all that its file names, under the titles it gives them', () => {
    expect(new Set(papers.map(({ form }) => form))).toEqual(new Set(regulation.papers.map(({ id }) => id)))
    for (const { form, paper } of papers) {
      const title = regulation.papers.find(({ id }) => id === form)?.title
      expect(paper.title).toEqual({ kk: title?.kk, ru: title?.ru })
      expect(paper.regulation.title.ru).toBe(regulation.title.ru)
    }
  })

  it('say that the act is invented, where it is, and only there', () => {
    const text = regulation.invented
    expect(papers.map(({ paper }) => paper.invented)).toEqual(papers.map(() => (text ? { kk: text.kk, ru: text.ru } : undefined)))
  })

  it('call what was asked for as the Standard does', () => {
    const results = papers.flatMap(({ paper }) => (paper.kind === 'result' ? [paper.asks] : []))
    expect(results.length).toBeGreaterThan(0)
    for (const { label, value } of results) {
      expect(label).toEqual({ kk: standard.asks.kk, ru: standard.asks.ru })
      expect(edition.options.map(({ title }) => title.ru)).toContain(value.ru)
    }
  })

  it('of refusing to accept name the annex that its own Standard gives them', () => {
    const annexes = papers.flatMap(({ paper }) => (paper.kind === 'acceptanceRefusal' ? [`annex ${paper.annex}`] : []))
    const clause = edition.forms.find(({ id }) => id === 'acceptanceRefusal')?.clause
    expect(annexes).toEqual(annexes.map(() => clause))
  })
})

describe('a service that is not of teachers', () => {
  const college = all.find(({ id }) => id === 'akmola-college-transfer')?.papers ?? []

  it('has nothing of them in the data of its papers', () => {
    expect(college.length).toBeGreaterThan(5)
    expect(college.filter(({ paper }) => ofTeachers.test(JSON.stringify(paper))).map(({ form }) => form)).toEqual([])
  })

  it('has nothing of them in print', () => {
    const typesetter = createTypesetter()
    const kinds = new Map(college.map(({ paper }) => [paper.kind, paper]))
    for (const paper of kinds.values()) {
      const text = readPdf(typesetter.typeset(paper)).pages.join(' ')
      expect(text).toContain(paper.number)
      expect(text.match(ofTeachers)?.[0]).toBeUndefined()
    }
  })

  it.each(['kk', 'ru', 'en'])('has nothing of them in the words of %s', (language) => {
    const names = ['refusal', 'steps', 'public', 'components', 'desk'].map((name) =>
      join(root, 'src', 'language', language, `${name}.yaml`),
    )
    const files = language === 'en' ? names : [...names, join(root, 'src', 'papers', `words.${language}.yaml`)]
    const found = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => ofTeachers.test(line) || /attestation|qualification|category/i.test(line)),
    )
    expect(found).toEqual([])
  })
})

it('name whoever signed for another in the other’s post, as acting, with the order', async () => {
  const law =
    statutes.library.find('almaty-teacher-attestation') ??
    statutes.library.regulations.find(({ regulation }) => regulation.region === 'almaty')
  if (law === undefined) throw new Error('Almaty has no regulation')
  const acting = { for: 'away', order: { number: '41-қ', date: '2019-10-11' }, grant: 'g' }
  const papers = await papersOfExamples(statutes, statutes.bind(law), (event) =>
    event.type === 'AnswerSigned' ? { ...event, actor: { ...event.actor, acting } } : event,
  )
  const signed = papers.flatMap(({ paper }) => ('signedBy' in paper ? [paper.signedBy] : []))
  expect(signed.length).toBeGreaterThan(0)
  for (const { post, name } of signed) {
    expect(post).toEqual({ kk: 'қызметкер (м.а., 11.10.2019 № 41-қ бұйрық)', ru: 'работник (и.о., приказ № 41-қ от 11.10.2019)' })
    expect(name).not.toContain('away')
  }
})

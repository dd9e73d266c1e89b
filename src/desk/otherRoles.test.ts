import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { rehearse } from '../cli/coverage.ts'
import { loadLanguages } from '../language/load.ts'
import { createSpeech } from '../language/speech.ts'
import type { LawFile } from '../law/model.ts'
import { referringRoles, windowRoles } from '../law/roles.ts'
import { paperSchema } from '../papers/paper.ts'
import { grantShape } from '../people/shape.ts'
import { hasDesk } from '../web/door/frame.ts'
import { roleTitle } from '../web/wording/roles.ts'
import { readLawFiles } from './lawFiles.ts'
import { papersOfExamples } from './papers/printed.testing.ts'
import { openStatutes } from './statutes.ts'

const root = join(import.meta.dirname, '..', '..')
const languages = loadLanguages(join(root, 'src', 'language'))
const files = await readLawFiles(join(root, 'regulations'))

/** Codes that no line of the program has ever seen. */
const names: Readonly<Record<string, string>> = {
  clerk: 'secretary',
  head: 'director',
  specialist: 'executor',
  operator: 'counter',
  accumulation: 'collector',
  courier: 'rider',
  issueDesk: 'returns',
}

/** Every mention of a role by its new code. */
function renamed(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, key))
  if (typeof value === 'string') return ['actor', 'to', 'by', 'as'].includes(key) ? (names[value] ?? value) : value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [key === 'roles' ? (names[k] ?? k) : k, renamed(v, k)]))
}

const mutated = (service: string): LawFile[] =>
  files.map((file) =>
    file.path.startsWith(`${service}/`) && /\d{4}-\d{2}-\d{2}(\.examples)?\.yaml$/.test(file.path)
      ? { path: file.path, text: stringify(renamed(parse(file.text)), { aliasDuplicateObjects: false }) }
      : file,
  )

const open = (given: readonly LawFile[]) =>
  openStatutes(
    given,
    () => undefined,
    async () => null,
  )

describe.each(['college-transfer', 'teacher-attestation'])('%s with roles of its own names', (service) => {
  const given = mutated(service)
  const statutes = open(given)
  const laws = statutes.library.regulations.filter((law) => law.regulation.service === service)
  const played = rehearse(given).filter(({ bound }) => bound.law.regulation.service === service)

  it('bears none of the old names', () => {
    const roles = laws.flatMap(({ regulation }) => Object.keys(regulation.roles))
    expect(roles.length).toBeGreaterThan(0)
    expect(roles.filter((role) => !Object.values(names).includes(role))).toEqual([])
  })

  it('plays every example to its end and covers every clause', () => {
    expect(played.flatMap(({ enacted }) => enacted.filter((one) => !one.ok).map((one) => [one.example, one.disagreements]))).toEqual([])
    expect(played.every(({ coverage }) => coverage.complete)).toBe(true)
  })

  it('refers a case to the actor of the step that follows', () => {
    const referred = played.flatMap(({ enacted }) =>
      enacted.flatMap(({ events }) => events.flatMap((e) => (e.type === 'ApplicationReferred' ? [e.data] : []))),
    )
    expect(referred.length).toBeGreaterThan(0)
    expect(new Set(referred.map(({ assignee, role }) => `${assignee} ${role}`))).toEqual(new Set(['executor executor']))
  })

  it('says of each paper what it said before', async () => {
    const before = open(files)
    for (const law of laws) {
      const known = before.library.find(law.regulation.id)
      if (known === undefined) throw new Error(law.regulation.id)
      const [now, then] = [await papersOfExamples(statutes, statutes.bind(law)), await papersOfExamples(before, before.bind(known))]
      expect(now.length).toBeGreaterThan(0)
      expect(now.map(({ paper }) => paperSchema.safeParse(paper).success)).toEqual(now.map(() => true))
      const said = (papers: typeof now) =>
        JSON.stringify(papers).replaceAll(/"name":"(\w+) /g, (_, name: string) => `"name":"${names[name] ?? name} `)
      expect(said(now)).toBe(said(then))
    }
  })

  it('tells desks, windows and those who refer from its steps', () => {
    expect(['executor', 'counter', 'supervisor', 'administrator'].map(hasDesk)).toEqual([true, true, false, false])
    expect(windowRoles(laws).has('counter')).toBe(true)
    expect(windowRoles(laws).has('secretary')).toBe(false)
    const referring = laws.flatMap(({ regulation }) => [...referringRoles(regulation)])
    expect(referring).toEqual(['director'])
  })

  it('grants the role and titles it in its own words', () => {
    expect(statutes.roles.has('executor')).toBe(true)
    const grant = { role: 'executor', organisation: 'akmola.college', unit: 'department', from: '2019-01-01' }
    expect(grantShape.safeParse(grant).success).toBe(true)
    const clock = { now: () => Date.parse('2019-10-14T10:00:00+06:00') }
    for (const { regulation } of laws) {
      const title = regulation.roles.executor?.title
      if (title === undefined) continue
      const at = { region: regulation.region, at: 'provider' } as const
      const speech = createSpeech(languages.kk, 'kk', 'Asia/Almaty')
      expect(roleTitle({ statutes, clock }, speech, 'executor', at)).toBe(title.kk)
      expect(roleTitle({ statutes, clock }, speech, 'supervisor', at)).toBe(speech.t('people.role.supervisor'))
    }
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseIin } from '../law/identifiers.ts'
import { demonstrationPeople } from './demonstration.ts'
import { location } from './location.ts'

const { organisations, staff } = demonstrationPeople()
const organisation = (id: string) => organisations.find((one) => one.id === id)

const regulations = join(import.meta.dirname, '..', '..', 'regulations')
const named = z.object({
  region: z.string(),
  providers: z.array(z.object({ kind: z.string() })),
  roles: z.record(z.string(), z.object({ at: z.string(), unit: z.string() })),
})
const acts = readdirSync(regulations, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\d{4}-\d{2}-\d{2}\.yaml$/.test(path))
  .map((path) => ({ path, act: named.parse(parse(readFileSync(join(regulations, path), 'utf8'))) }))

describe('the people of the demonstration', () => {
  it('has both regulations to serve', () => {
    expect(acts.map(({ act }) => act.region)).toEqual(expect.arrayContaining(['aktobe', 'almaty']))
  })

  it.each(acts)('has every provider kind of $path', ({ act }) => {
    const kinds = new Set(organisations.filter(({ region }) => region === act.region).map(({ kind }) => kind))
    expect(act.providers.map(({ kind }) => kind).filter((kind) => !kinds.has(kind))).toEqual([])
  })

  it.each(acts)('has a login for every role of $path, in the unit that it names', ({ act }) => {
    for (const [role, { at, unit }] of Object.entries(act.roles)) {
      const person = staff.find(({ login }) => login === `${act.region}.${role}`)
      const [grant] = person?.grants ?? []
      expect(grant).toMatchObject({ role, unit })
      expect(organisation(grant?.organisation ?? '')?.at).toBe(at)
    }
  })

  it.each(['aktobe', 'almaty', 'akmola'])('has somebody in every role for %s, a supervisor and an administrator too', (region) => {
    const roles = ['clerk', 'head', 'specialist', 'operator', 'accumulation', 'courier', 'issueDesk', 'supervisor', 'administrator']
    const logins = new Set(staff.map(({ login }) => login))
    expect(roles.filter((role) => !logins.has(`${region}.${role}`))).toEqual([])
  })

  it('has organisations at the homes and in the places of their regions', () => {
    const shape = z.object({ regions: z.record(z.string(), z.object({ home: z.number(), kato: z.string() })) })
    const { regions } = shape.parse(parse(readFileSync(join(regulations, 'regions.yaml'), 'utf8')))
    const wrong = organisations.filter(({ region, home, kato }) => home !== regions[region]?.home || !kato.startsWith(regions[region].kato))
    expect(wrong).toEqual([])
  })

  it('has every grant in a unit that exists, of the region of the login, once', () => {
    const wrong = staff.flatMap(({ login, grants }) =>
      grants.filter(({ organisation: id, unit }) => {
        const place = organisation(id)
        return !place?.units.some((one) => one.id === unit) || place.region !== login.split('.')[0]
      }),
    )
    expect(wrong).toEqual([])
    for (const values of [
      staff.map((one) => one.login),
      staff.map((one) => one.iin),
      organisations.map((one) => one.bin),
      organisations.map((one) => one.id),
    ])
      expect(new Set(values).size).toBe(values.length)
  })

  it('names its units after what every provider has, not after one service', () => {
    const titles = organisations.flatMap(({ units }) => units.flatMap(({ title }) => [title.kk, title.ru, title.en ?? '']))
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter((title) => /аттеста|педагог|attest|teacher/i.test(title))).toEqual([])
  })

  it('has every provider staffed with a clerk, a head and a specialist', () => {
    const holds = (id: string, role: string) =>
      staff.some(({ grants }) => grants.some((one) => one.organisation === id && one.role === role))
    const providers = organisations.filter(({ at, id }) => at === 'provider' && id !== 'akmola.directorate')
    const lacking = providers.flatMap(({ id }) =>
      ['clerk', 'head', 'specialist'].filter((role) => !holds(id, role)).map((role) => `${id} ${role}`),
    )
    expect(lacking).toEqual([])
  })

  it('names people whose numbers fit their patronymics', () => {
    const misfits = staff.filter(({ iin, name }) => {
      const parsed = parseIin(iin ?? '')
      const woman = /(?:қызы|вна)$/.test(name.patronymic ?? '')
      return !parsed.ok || parsed.value.sex !== (woman ? 'female' : 'male')
    })
    expect(misfits).toEqual([])
  })

  it('has a branch in the locality of the Aktobe directorate and one outside it', () => {
    const provider = organisation('aktobe.directorate')
    const [city, martuk] = [organisation('aktobe.city'), organisation('aktobe.martuk')]
    if (!provider || !city || !martuk) throw new Error('missing')
    expect([location(city, provider), location(martuk, provider)]).toEqual(['local', 'nonLocal'])
  })
})

import { describe, expect, it } from 'vitest'
import { lanes } from './lanes.ts'
import { delayAfter, loginPatience } from './lockout.ts'
import { mayAdminister } from './mayAdminister.ts'
import { fullName, holdsOn, type Organisation, shortName } from './model.ts'
import { foldLogin, grantShape, loginShape, organisationShape } from './shape.ts'
import { csrfFits, csrfOf, endedCookie, masked, newToken, sessionCookie } from './tokens.ts'

describe('names', () => {
  it('are shortened to initials, with and without a patronymic', () => {
    expect(shortName({ surname: 'Әбенов', name: 'Дәурен', patronymic: 'Серікұлы' })).toBe('Әбенов Д. С.')
    expect(shortName({ surname: 'Ким', name: 'Ірина' })).toBe('Ким І.')
    expect(fullName({ surname: 'Ким', name: 'Ирина' })).toBe('Ким Ирина')
  })
})

describe('a grant', () => {
  const grant = { id: 'g', role: 'clerk', organisation: 'almaty.school', unit: 'office', from: '2019-01-10', until: '2019-01-20' } as const
  it('holds on its first and last day and on no other side of them', () => {
    expect(['2019-01-09', '2019-01-10', '2019-01-20', '2019-01-21'].map((day) => holdsOn(grant, day))).toEqual([false, true, true, false])
  })

  it('that ends before it begins is refused, and a day that does not exist', () => {
    const { id: _, ...given } = grant
    expect(grantShape.safeParse(given).success).toBe(true)
    expect(grantShape.safeParse({ ...given, until: '2019-01-09' }).success).toBe(false)
    expect(grantShape.safeParse({ ...given, from: '2019-02-30' }).success).toBe(false)
  })
})

describe('a login', () => {
  it('is one however it is typed, and has no letters that look like others', () => {
    expect(foldLogin(' Almaty.Clerk ')).toBe('almaty.clerk')
    expect(loginShape.safeParse('аlmaty.clerk').success).toBe(false)
  })
})

describe('an organisation', () => {
  const school = {
    id: 'almaty.school',
    kind: 'generalSecondary',
    at: 'provider',
    region: 'almaty',
    home: 75,
    name: { kk: 'Мектеп', ru: 'Школа' },
    address: { kk: 'Алматы', ru: 'Алматы' },
    phone: '+7 (727) 000-00-01',
    bin: '160440007161',
    kato: '751410000',
    units: [{ id: 'office', title: { kk: 'Кеңсе', ru: 'Канцелярия' } }],
  }
  it('has a BIN with the right check digit, the region of its id, and each unit once', () => {
    expect(organisationShape.safeParse(school).success).toBe(true)
    expect(organisationShape.safeParse({ ...school, bin: '160440007162' }).success).toBe(false)
    expect(organisationShape.safeParse({ ...school, region: 'aktobe' }).success).toBe(false)
    expect(organisationShape.safeParse({ ...school, units: [...school.units, ...school.units] }).success).toBe(false)
  })
})

describe('who keeps the accounts', () => {
  const one = (id: string, kind: string, at: 'provider' | 'corporation') => ({ id, kind, at, region: id.split('.')[0] }) as Organisation // only these are asked for
  const known = [
    one('almaty.directorate', 'directorate', 'provider'),
    one('almaty.school', 'generalSecondary', 'provider'),
    one('almaty.alatau', 'serviceCentre', 'corporation'),
    one('aktobe.school', 'generalSecondary', 'provider'),
  ]
  const directory = { organisation: (id: string) => known.find((each) => each.id === id) }
  const reach = (organisation: string, role = 'administrator') =>
    known.filter(({ id }) => mayAdminister({ role, organisation }, id, directory)).map(({ id }) => id)

  it('of a school, of a directorate and of the installation', () => {
    expect(reach('almaty.school')).toEqual(['almaty.school'])
    expect(reach('almaty.directorate')).toEqual(['almaty.directorate', 'almaty.school'])
    expect(reach('installation')).toEqual(known.map(({ id }) => id))
    expect(reach('almaty.directorate', 'head')).toEqual([])
  })
})

describe('delays', () => {
  it('begin after the free tries, double, and stop growing', () => {
    expect([4, 5, 6, 7, 40].map((failures) => delayAfter(failures, loginPatience) / 1000)).toEqual([0, 30, 60, 120, 900])
  })
})

describe('tokens', () => {
  it('have 256 bits, and their form key fits no other', () => {
    const [token, other] = [newToken(), newToken()]
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(csrfFits(token, masked(csrfOf(token)))).toBe(true)
    expect(csrfFits(token, masked(csrfOf(other)))).toBe(false)
    expect(csrfFits(token, csrfOf(token))).toBe(false)
    expect(csrfFits(token, '')).toBe(false)
  })

  it('travel in a cookie that scripts and other sites do not get', () => {
    expect(sessionCookie('t', true)).toBe('__Host-qyzmet=t; Path=/; HttpOnly; SameSite=Lax; Secure')
    expect(sessionCookie('t', false)).toBe('qyzmet=t; Path=/; HttpOnly; SameSite=Lax')
    expect(endedCookie(false)).toContain('Max-Age=0')
  })
})

describe('a lane', () => {
  it('goes on in order after a failure and lets other names pass', async () => {
    const inLine = lanes(1)
    const seen: string[] = []
    const first = inLine('a', async () => {
      await new Promise((done) => setTimeout(done, 20))
      seen.push('a1')
      throw new Error('a1')
    })
    const more = ['a2', 'a3'].map((name) => inLine('a', async () => seen.push(name)))
    await inLine('b', async () => seen.push('b'))
    await expect(first).rejects.toThrow('a1')
    await Promise.all(more)
    expect(seen).toEqual(['b', 'a1', 'a2', 'a3'])
  })

  it('holds no more at a time than it may', async () => {
    const inLine = lanes(3)
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++running)
      await new Promise((done) => setTimeout(done, 2))
      running--
    }
    await Promise.all(Array.from({ length: 20 }, () => inLine('a', work)))
    expect(most).toBe(3)
  })
})

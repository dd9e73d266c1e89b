import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningPki, servePki } from '../../src/contour/pki/server.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { signCms } from '../../src/seal/cms/sign.ts'
import { cmsToPem } from '../../src/seal/ncalayer/cms.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

const at = '2019-10-14T10:00:00+06:00'
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-key-sign-in-'))
let authority: RunningPki
let databaseUrl: string
/** Two server processes over one database, with one folder of keys. */
let opened: OpenedHouse
let other: OpenedHouse

beforeAll(async () => {
  const trust = join(folder, 'trust')
  authority = await servePki({ algorithm: 'ecdsa', at, now: () => at, folder: trust })
  databaseUrl = await newDatabase()
  const open = (data: string) =>
    openHouse({
      ...{ demonstration: true, host: '127.0.0.1', port: 0, data: join(folder, data), databaseUrl, publicUrl: 'http://127.0.0.1:8080' },
      ...{ regulations: resolve(import.meta.dirname, '../../regulations'), keys: join(folder, 'keys'), seals: { trust } },
    })
  opened = await open('one')
  other = await open('other')
})
afterAll(async () => {
  await other?.close()
  await opened?.close()
  if (databaseUrl) await dropDatabase(databaseUrl)
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  await opened.ledger.database.pool.query('delete from sign_in_failure')
})

interface Visit {
  readonly cookie: string
  readonly form: URLSearchParams
  readonly bytes: Uint8Array
}

/** The page of signing in, as a new browser gets it. */
async function visit(): Promise<Visit> {
  const answer = await opened.app.request('http://127.0.0.1/sign-in?lang=kk', { headers: { host: '127.0.0.1' } })
  expect(answer.headers.get('content-security-policy')).toContain('connect-src')
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const html = await answer.text()
  const part = html.slice(html.indexOf('action="/sign-in/key"'))
  const form = new URLSearchParams(
    [...part.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  return { cookie, form, bytes: Buffer.from(/data-sign="([^"]+)"/.exec(part)?.[1] ?? '', 'base64') }
}

async function signedBy(names: readonly string[], bytes: Uint8Array): Promise<string> {
  const identities = await Promise.all(names.map((name) => authority.pki.identity(name)))
  const signers = identities.map(({ key, chain }) => {
    const [certificate = new Uint8Array(0), ...above] = chain.map(({ der }) => der)
    return { key, certificate, chain: above }
  })
  return cmsToPem(await signCms(bytes, signers, { at }))
}

function send({ cookie, form }: Visit, signature: string, { app } = opened) {
  const body = new URLSearchParams(form)
  body.set('_signature', signature)
  return app.request('http://127.0.0.1/sign-in/key', { method: 'POST', headers: { host: '127.0.0.1', cookie }, body })
}

/** Status, and what the page said first. */
async function refusalOf(answer: Response): Promise<readonly [number, string]> {
  const summary = /govuk-error-summary__list">(.*?)<\/ul>/s.exec(await answer.text())?.[1] ?? ''
  return [answer.status, summary.replaceAll(/<[^>]+>/g, '').trim()]
}

const sessionOf = async (answer: Response) => {
  const set = answer.headers.getSetCookie().find((one) => one.startsWith(`${cookieName(false)}=`))
  return opened.house.people.session(/=([^;]+)/.exec(set ?? '')?.[1] ?? '')
}

describe('signing in by a key', () => {
  it('opens the session of whose key it is, in the organisation of the key, once', async () => {
    const page = await visit()
    expect(JSON.parse(Buffer.from(page.bytes).toString())).toMatchObject({
      format: 'qyzmet.signIn/1',
      address: 'http://127.0.0.1:8080',
      says: { kk: expect.stringContaining('Qyzmet жүйесіне кіру: http://127.0.0.1:8080'), ru: expect.stringContaining('Вход') },
    })
    page.form.set('next', '/regulations')
    const signature = await signedBy(['almaty.head.signIn'], page.bytes)
    const answer = await send(page, signature)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/regulations'])
    const session = await sessionOf(answer)
    expect(session).toMatchObject({
      way: 'key',
      kind: 'page',
      staff: { login: 'almaty.head' },
      grant: { organisation: 'almaty.directorate' },
    })
    for (const house of [opened, other])
      expect(await refusalOf(await send(page, signature, house))).toEqual([422, expect.stringContaining('кіріп қойған')])
  })

  it('takes an answer on whichever server it comes to, and on one alone when it comes to both at once', async () => {
    const page = await visit()
    const signature = await signedBy(['almaty.clerk.signIn'], page.bytes)
    const answers = await Promise.all([opened, other, opened, other].map((house) => send(page, signature, house)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
  })

  it.each([
    ['almaty.head', 'кіруге арналмаған'],
    ['almaty.head.signIn.expired', 'мерзімі өткен'],
    ['almaty.head.signIn.notYetValid', 'күшіне енбеген'],
    ['almaty.head.signIn.revoked', 'кері қайтарылған'],
    ['almaty.head.signIn.untrusted', 'сенімді орталық'],
    ['almaty.head.signIn.wrongPerson', 'қызметкері емес'],
    ['almaty.head.signIn.wrongOrganisation', 'жұмыс істемейтін ұйымдікі'],
    ['applicant.signIn', 'қызметкері емес'],
  ])('refuses %s in words', async (name, words) => {
    const page = await visit()
    const answer = await send(page, await signedBy([name], page.bytes))
    expect(await refusalOf(answer)).toEqual([422, expect.stringContaining(words)])
    expect(await sessionOf(answer)).toBeUndefined()
  })

  it("refuses another browser's challenge, another text, two signers, damage, and a page that stood open", async () => {
    const [mine, theirs] = [await visit(), await visit()]
    const signature = await signedBy(['almaty.head.signIn'], theirs.bytes)
    const relayed = { ...mine, form: new URLSearchParams([...mine.form, ['challenge', theirs.form.get('challenge') ?? '']]) }
    relayed.form.set('challenge', theirs.form.get('challenge') ?? '')
    expect(await refusalOf(await send(relayed, signature))).toEqual([422, expect.stringContaining('басқа сеанстікі')])
    expect(await refusalOf(await send(mine, signature))).toEqual([422, expect.stringContaining('басқа мәтінге')])
    const statement = Buffer.from(Buffer.from(mine.bytes).toString().replace('qyzmet.signIn/1', 'qyzmet.statement/2'))
    expect((await send(mine, await signedBy(['almaty.head.signIn'], statement))).status).toBe(422)
    const both = await signedBy(['almaty.head.signIn', 'almaty.clerk.signIn'], mine.bytes)
    expect(await refusalOf(await send(mine, both))).toEqual([422, expect.stringContaining('оқу мүмкін болмады')])
    for (const text of ['no signature', cmsToPem(Buffer.from('3000', 'hex'))])
      expect(await refusalOf(await send(mine, text))).toEqual([422, expect.stringContaining('оқу мүмкін болмады')])
    expect(await refusalOf(await send(mine, ''))).toEqual([422, expect.stringContaining('жауап берген жоқ')])
    expect((await send(mine, await signedBy(['almaty.head.signIn'], mine.bytes))).status).toBe(303)
  })

  it('is of no use to whoever was deactivated, and waits after many failures from one address', async () => {
    const { people } = opened.house
    const clerk = people.staffByLogin('aktobe.clerk')
    await people.accounts.deactivate(clerk?.id ?? '', { kind: 'commandLine' })
    const page = await visit()
    const good = await signedBy(['aktobe.clerk.signIn'], page.bytes)
    expect(await refusalOf(await send(page, good))).toEqual([422, expect.stringContaining('қызметкері емес')])
    await people.accounts.reactivate(clerk?.id ?? '', { kind: 'commandLine' })
    const bad = await signedBy(['aktobe.clerk'], page.bytes)
    for (let i = 0; i < 50; i++) await send(page, bad)
    expect((await send(page, good)).status).toBe(429)
  })

  it('is no failure of whoever tries when the centre does not answer, and says so', async () => {
    await authority.close()
    const page = await visit()
    const answer = await send(page, await signedBy(['almaty.specialist.signIn'], page.bytes))
    expect(await refusalOf(answer)).toEqual([503, expect.stringContaining('орталық жауап бермей тұр')])
    expect((await opened.ledger.database.pool.query('select from sign_in_failure')).rowCount).toBe(0)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCaseShelf } from '../../src/desk/caseShelf.ts'
import { createDestruction, type Destruction, type DestructionOrder } from '../../src/desk/destruction.ts'
import { homeOf } from '../../src/desk/numbers.ts'
import type { History } from '../../src/desk/reading.ts'
import { viewsOfEvents } from '../../src/desk/views.ts'
import type { Who } from '../../src/desk/who.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { lawTexts } from '../../src/ledger/law.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { administers } from '../../src/people/mayAdminister.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { casePath, destructionPath, paperPath, paths, proofPath } from '../../src/web/paths.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

/** What an order leaves of a case: on every page, in every search, in the ledger's own verdict. */
describe('a case whose data were destroyed by an order', () => {
  const order: DestructionOrder = { number: '41-н', date: '2019-10-14', ground: 'Дербес деректер туралы Заң, 18-бап' }
  let test: TestHouse
  let destruction: Destruction
  let before: History
  let number = ''
  let secret = ''
  let surname = ''
  let iin = ''
  let person = ''

  const whoOf = (login: string, role: string): Who => {
    const staff = test.house.people.staffByLogin(login)
    const grant = staff?.grants.find((one) => one.role === role)
    if (staff === undefined || grant === undefined) throw new Error(login)
    const { organisation, unit } = grant
    return { actor: { kind: 'staff', id: staff.id, role, organisation, unit }, region: login.split('.')[0] ?? '' }
  }
  const page = async (login: string, path: string, init: RequestInit = {}) => {
    const signed = await test.house.people.oneClick(login)
    if (!signed.ok) throw new Error(login)
    const answer = await test.app.request(path, { ...init, headers: { cookie: `${cookieName(false)}=${signed.value.token}` } })
    return { status: answer.status, text: await answer.text() }
  }
  const problems = async () => {
    const { ledger, statutes } = test.house
    const rowsOf = viewsOfEvents(statutes, await lawTexts(test.ledger.database))
    const found = await verify(test.ledger.database, keyRingIn(test.keys), { rowsOf })
    expect(await ledger.seals.newest()).not.toBeNull()
    return found.problems
  }
  /** A case of Almaty's directorate that has ended, or one that has not. */
  const findCase = async (ended: boolean) => {
    const { rows } = await test.ledger.database.pool.query<{ case_number: string }>(
      `select case_number from case_view where provider = 'almaty.directorate' and open = $1 and iin is not null order by case_number`,
      [!ended],
    )
    const [row] = rows
    if (row === undefined) throw new Error('the demonstration has no such case')
    return row.case_number
  }
  const read = async () => {
    const found = await test.house.reading.case(number, whoOf('almaty.supervisor', 'supervisor'), 'case')
    if (found === null) throw new Error(number)
    return found
  }

  beforeAll(async () => {
    test = await openTestHouse()
    const { house, ledger } = test
    const { statutes, clock, people } = house
    const mayAdminister = (actor: Who['actor'], organisation: string) => administers(actor, organisation, people)
    destruction = createDestruction({ ledger, shelf: createCaseShelf(ledger, statutes), statutes, clock, mayAdminister })
    number = await findCase(true)
    before = await read()
    const { application } = before.file.state
    secret = before.file.state.secret ?? ''
    surname = application?.surname ?? ''
    iin = application?.iin ?? ''
    person = `${surname} ${application?.name ?? ''}`
    await house.ledger.seals.make('2019-10-14T10:00:00+06:00')
  })
  afterAll(() => test.close())

  it('is not touched by whoever may not, nor without a whole order, nor while work goes on', async () => {
    const admin = whoOf('almaty.administrator', 'administrator')
    const refused = async (...args: Parameters<Destruction['destroy']>) => {
      const outcome = await destruction.destroy(...args)
      return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind
    }
    for (const [login, role] of [
      ['almaty.head', 'head'],
      ['almaty.supervisor', 'supervisor'],
      ['aktobe.administrator', 'administrator'],
    ] as const)
      expect([login, await refused(number, order, whoOf(login, role))]).toEqual([login, 'notYours'])
    expect(await refused('750-191014-00000-0', order, admin)).toBe('notFound')
    for (const wrong of [{ number: ' ' }, { ground: '' }, { date: '2019-10-15' }])
      expect(await refused(number, { ...order, ...wrong }, admin)).toBe('orderRequired')
    expect(await refused(await findCase(false), order, admin)).toBe('notEnded')
    expect((await read()).events).toHaveLength(before.events.length)
  })

  it('says by whose order, once, and every chain and seal still verifies', async () => {
    const admin = whoOf('almaty.administrator', 'administrator')
    const [one, two] = await Promise.all([destruction.destroy(number, order, admin), destruction.destroy(number, order, admin)])
    expect([one.kind, two.kind]).toEqual(['done', 'done'])
    expect(await destruction.destroy(number, order, admin)).toMatchObject({ kind: 'done', repeated: true })
    expect(await destruction.destroy(number, { ...order, number: '42-н' }, admin)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'recordsDestroyed', params: { number: '41-н' } },
    })
    const { events } = await read()
    expect(events).toHaveLength(before.events.length + 1)
    expect(events.at(-1)).toMatchObject({
      type: 'RecordsDestroyed',
      actor: { id: admin.actor.id, role: 'administrator' },
      data: { order: { number: '41-н' } },
    })
    expect(await problems()).toEqual([])
    await test.house.ledger.seals.make('2019-10-14T11:00:00+06:00')
    expect(await problems()).toEqual([])
    const readings = await test.house.reading.readers(number)
    expect(readings).toContainEqual(expect.objectContaining({ who: admin.actor.id, role: 'administrator', purpose: 'destroy' }))
  })

  it('shows the order where the case was, and nothing of the person', async () => {
    for (const login of ['almaty.head', 'almaty.clerk', 'almaty.supervisor']) {
      const shown = await page(login, casePath(number))
      expect([login, shown.status]).toEqual([login, 200])
      expect(shown.text).toContain('41-н')
      for (const word of [surname, iin]) expect(shown.text).not.toContain(word)
    }
    for (const path of [`${casePath(number)}?asOf=3`, `${casePath(number)}/correct`, `${casePath(number)}/intake`, proofPath(number)]) {
      const shown = await page('almaty.clerk', path)
      expect([path, shown.status < 500]).toEqual([path, true])
      for (const word of [surname, iin]) expect([path, shown.text.includes(word)]).toEqual([path, false])
    }
    const [paper] = before.file.state.papers
    const shown = await page('almaty.clerk', paperPath(number, paper?.id ?? ''))
    expect([shown.status, shown.text.includes('41-н')]).toEqual([410, true])
  })

  it('is found by nothing of the person', async () => {
    const supervisor = whoOf('almaty.supervisor', 'supervisor')
    const everywhere = test.house.people.organisations().map(({ id }) => id)
    const among = async (text: string) => (await test.house.reading.search(text, supervisor, everywhere)).rows.map((row) => row.case)
    for (const text of [iin, surname, person, number.slice(-7)])
      expect([text, await among(text)]).toEqual([text, expect.not.arrayContaining([number])])
    const tables = await test.ledger.database.pool.query<{ table_name: string }>(
      `select distinct table_name from information_schema.columns where table_schema = 'public' and column_name = 'case_number'`,
    )
    for (const { table_name } of tables.rows) {
      const { rows } = await test.ledger.database.pool.query<{ row: string }>(
        `select t::text as row from ${table_name} as t where case_number = $1`,
        [number],
      )
      for (const word of [iin, surname, secret])
        expect([table_name, word, rows.some(({ row }) => row.includes(word))]).toEqual([table_name, word, false])
    }
    const jobs = await test.ledger.database.pool.query(`select from graphile_worker.jobs where key like $1`, [
      `${homeOf(number)}/${number}/%`,
    ])
    expect(jobs.rowCount).toBe(0)
  })

  it('tells whoever holds the receipt, and no one else', async () => {
    const track = (given: string) => test.app.request(`/track/${number}`, { headers: { cookie: `qyzmet-receipt=o${given}` } })
    const entered = await test.app.request(`/t/${number}/${secret}`)
    const cookie =
      entered.headers
        .getSetCookie()
        .find((one) => one.startsWith('qyzmet-receipt='))
        ?.split(';')[0] ?? ''
    expect(entered.status).toBe(303)
    const shown = await test.app.request(`/track/${number}`, { headers: { cookie } })
    const text = await shown.text()
    expect([shown.status, text.includes('41-н'), text.includes(surname)]).toEqual([200, true, false])
    expect((await test.app.request(`/t/${number}/00000000000000000000`)).status).toBe(404)
    expect(await (await track('00000000000000000000')).text()).not.toContain('41-н')
    const [paper] = before.file.state.papers
    expect((await test.app.request(`/track/${number}/papers/${paper?.id}`, { headers: { cookie } })).status).toBe(410)
  })

  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code // as: a problem by RFC 9457

  it('is told by the API in its own members, and takes no step any more', async () => {
    const token = await test.signIn('almaty.head')
    const ask = (path: string, init: RequestInit = {}) =>
      test.app.request(`/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
    const got = await (await ask(`/cases/${number}`)).json()
    expect(got).toMatchObject({ destroyed: { order: { number: '41-н', date: '2019-10-14' } }, applicant: null, step: null })
    const tracked = await ask(`/track/${number}`, { headers: { 'receipt-secret': secret } })
    expect(await tracked.json()).toMatchObject({ open: false, destroyed: { ground: order.ground } })
    const [paper] = before.file.state.papers
    const printed = await ask(`/cases/${number}/papers/${paper?.id}`)
    expect([printed.status, await codeOf(printed)]).toEqual([409, 'recordsDestroyed'])
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'after-destruction' }
    const answer = await ask(`/cases/${number}/replacement`, { method: 'POST', headers, body: JSON.stringify({ reason: 'Қате' }) })
    expect([answer.status, await codeOf(answer)]).toEqual([409, 'recordsDestroyed'])
    await expect(test.house.ledger.files.put(homeOf(number) ?? 0, number, Buffer.from('late scan'))).rejects.toThrow('destroyed')
  })

  it('is destroyed on a page of its provider’s administrator, who sees what goes and nothing of it, and types words for it', async () => {
    const { rows } = await test.ledger.database.pool.query<{ case_number: string; doc: { name: string }; iin: string }>(
      `select case_number, doc, iin from case_view where provider = 'almaty.directorate' and not open and iin is not null order by case_number desc limit 1`,
    )
    const [{ case_number: other, doc, iin: its } = expect.unreachable()] = rows
    for (const login of ['almaty.head', 'almaty.supervisor'])
      expect([login, (await page(login, destructionPath(other))).status]).toEqual([login, 403])
    for (const login of ['aktobe.administrator', 'almaty.administrator'])
      expect([login, (await page(login, destructionPath('750-191014-00000-0'))).status]).toEqual([login, 404])
    expect((await page('aktobe.administrator', destructionPath(other))).status).toBe(404)
    expect((await page('almaty.administrator', `${paths.destruction}?number=${other}`)).status).toBe(303)
    expect((await page('almaty.administrator', `${paths.destruction}?number=nonsense`)).status).toBe(422)
    const signed = await test.house.people.oneClick('almaty.administrator')
    if (!signed.ok) throw new Error('almaty.administrator')
    const cookie = `${cookieName(false)}=${signed.value.token}`
    const shown = await (await test.app.request(destructionPath(other), { headers: { cookie } })).text()
    for (const word of [String(doc.name).split(' ')[0] ?? '', its]) expect(shown).not.toContain(word)
    expect(shown).toContain('деректер жойылсын')
    const send = (typed: Record<string, string>) => {
      const csrf = /name="_csrf" value="([^"]+)"/.exec(shown)?.[1] ?? ''
      const body = new URLSearchParams({ _csrf: csrf, 'order.number': '43-н', 'order.date': '14.10.2019', ground: 'Заң, 18-бап', ...typed })
      return test.app.request(destructionPath(other), { method: 'POST', body, headers: { cookie } })
    }
    const wrongs: Record<string, string>[] = [
      {},
      { words: 'иә' },
      { words: 'деректер жойылсын', ground: ' ' },
      { words: 'деректер жойылсын', 'order.date': '15.10.2019' },
    ]
    for (const wrong of wrongs) expect([wrong, (await send(wrong)).status]).toEqual([wrong, 422])
    const [one, two] = await Promise.all([send({ words: ' Деректер  ЖОЙЫЛСЫН ' }), send({ words: 'деректер жойылсын' })])
    expect([one.status, two.status]).toEqual([303, 303])
    const act = await page('almaty.administrator', destructionPath(other))
    expect([act.status, act.text.includes('43-н'), act.text.includes(its)]).toEqual([200, true, false])
    expect((await send({ words: 'деректер жойылсын', 'order.number': '44-н' })).status).toBe(422)
    const { file } = (await test.house.reading.case(other, whoOf('almaty.supervisor', 'supervisor'), 'case')) ?? expect.unreachable()
    expect(file.state.destroyed?.order.number).toBe('43-н')
    const purposes = (await test.house.reading.readers(other)).map(({ purpose }) => purpose)
    expect(purposes).toEqual(expect.arrayContaining(['destroy', 'beforeDestroy']))
    expect(await problems()).toEqual([])
  })

  it('may be one that is still open, if the order does not wait', async () => {
    const open = await findCase(false)
    const admin = whoOf('almaty.administrator', 'administrator')
    expect(await destruction.destroy(open, order, admin, true)).toMatchObject({ kind: 'done', repeated: false })
    const shown = await page('almaty.supervisor', casePath(open))
    expect([shown.status, shown.text.includes('41-н')]).toEqual([200, true])
    expect(await problems()).toEqual([])
  })
})

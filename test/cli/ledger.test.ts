import { spawnSync } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyShape } from './shapes.ts'
import { databaseRuns, openWorkshop, root } from './workshop.ts'

const shop = openWorkshop()
afterAll(() => shop.clear())

describe('the ledger of a demonstration', () => {
  const passphrase = { QYZMET_PASSPHRASE: 'қырық бес құлаш' }
  let from = ''
  let exported = ''
  let whole: { cases: number; events: number }

  beforeAll(async () => {
    from = shop.folder()
    await (await shop.serve('start', { QYZMET_DATA: from })).end()
    exported = join(shop.folder(), 'ledger.ndjson.gz')
  })

  it('verifies', async () => {
    const { code, out, err } = await shop.run(['verify', '--json'], { env: { QYZMET_DATA: from } })
    expect([code, err]).toEqual([0, ''])
    const { problems, ...counts } = verifyShape.parse(JSON.parse(out))
    whole = counts
    expect(problems).toEqual([])
    expect(whole.cases).toBeGreaterThan(40)
    expect(whole.events).toBeGreaterThan(whole.cases * 3)
    const told = await shop.run(['verify'], { env: { QYZMET_DATA: from } })
    expect([told.code, told.out]).toEqual([0, expect.stringContaining(`${whole.cases}`)])
    expect(databaseRuns(from)).toBe(false)
  })

  it('is sealed, and the seal that was kept is found again', async () => {
    const env = { QYZMET_DATA: from }
    const kept = join(shop.folder(), 'seal.json')
    const sealed = await shop.run(['seal', '--json', '--out', kept], { env })
    const seal = JSON.parse(sealed.out)
    expect([sealed.code, seal.cases, JSON.parse(readFileSync(kept, 'utf8'))]).toEqual([0, whole.cases, seal])
    expect(seal.at).toMatch(/^2019-10-14T/)
    expect((await shop.run(['seal', '--show', '--json'], { env })).out).toBe(sealed.out)
    for (const given of [kept, seal.hash]) expect((await shop.run(['verify', '--seal', given], { env })).code).toBe(0)
    const strange = await shop.run(['verify', '--json', '--seal', 'f'.repeat(64)], { env })
    expect([strange.code, JSON.parse(strange.out).problems]).toEqual([1, [expect.objectContaining({ kind: 'seal' })]])
    writeFileSync(`${kept}.bent`, JSON.stringify({ ...seal, cases: 1 }))
    expect((await shop.run(['verify', '--seal', `${kept}.bent`], { env })).code).toBe(2)
  })

  it('proves a case to a script that is not ours', async () => {
    const env = { QYZMET_DATA: from }
    const { out } = await shop.run(['export', '-'], { env })
    const number = String(/"number": ?"(\d+-\d+-\d+-\d)"/.exec(out)?.[1])
    const file = join(shop.folder(), 'proof.json')
    expect(await shop.run(['proof', number, '--out', file], { env })).toEqual({ code: 0, out: '', err: '' })
    const { hash } = JSON.parse((await shop.run(['seal', '--show', '--json'], { env })).out)
    const checked = spawnSync(process.execPath, [join(root, 'docs/verify/check-proof.mjs'), file, '--seal', hash], { encoding: 'utf8' })
    expect([checked.status, checked.stderr]).toEqual([0, ''])
    expect(checked.stdout).toContain(number)
    expect((await shop.run(['proof', '750-191014-00000-0'], { env })).code).toBe(1)
  })

  it('goes to a file that is closed to others and never overwritten', async () => {
    const env = { QYZMET_DATA: from, ...passphrase }
    expect(await shop.run(['export', exported], { env })).toEqual({ code: 0, out: '', err: '' })
    expect(statSync(exported).mode & 0o777).toBe(0o600)
    const before = readFileSync(exported)
    const again = await shop.run(['export', exported], { env })
    expect([again.code, again.out]).toEqual([1, ''])
    expect(again.err).toContain(exported)
    expect(again.err).not.toMatch(/\n {4}at /)
    expect(readFileSync(exported).equals(before)).toBe(true)
  })

  it('comes whole into another data folder: the same cases, events and hashes, and it verifies', async () => {
    const to = { QYZMET_DATA: shop.folder(), ...passphrase }
    const imported = await shop.run(['import', exported], { env: to })
    expect([imported.code, imported.err]).toEqual([0, ''])
    const { out } = await shop.run(['verify', '--json'], { env: to })
    expect(JSON.parse(out)).toEqual({ ...whole, problems: [] })
    const back = await shop.run(['export', '-'], { env: to })
    expect(back.code).toBe(0)
    const moved = rowsOf(gunzipSync(readFileSync(exported)).toString())
    const arrived = rowsOf(back.out)
    expect(arrived.case_head).toHaveLength(whole.cases)
    expect(arrived.event).toHaveLength(whole.events)
    for (const table of ['case_head', 'event', 'personal', 'command', 'law_file', 'seal', 'seal_leaf'])
      expect([table, arrived[table]]).toEqual([table, moved[table]])

    const second = await shop.run(['import', exported], { env: to })
    expect(second.code).toBe(1)
    expect(second.err).toContain('одан ештеңе сақталған жоқ')
    expect(JSON.parse((await shop.run(['verify', '--json'], { env: to })).out)).toEqual({ ...whole, problems: [] })
  })

  it('is refused whole when it was cut off, altered, or comes without its passphrase', async () => {
    const text = gunzipSync(readFileSync(exported)).toString()
    const lines = text.trimEnd().split('\n')
    const folder = shop.folder()
    const to = { QYZMET_DATA: shop.folder() }
    const cut = join(folder, 'cut.ndjson')
    writeFileSync(cut, lines.slice(0, -1).join('\n'))
    const altered = join(folder, 'altered.ndjson')
    writeFileSync(altered, text.replace('2019-', '2018-'))
    const stranger = join(folder, 'stranger.ndjson')
    writeFileSync(stranger, 'once upon a time\n')
    const misnamed = join(folder, 'misnamed.ndjson')
    writeFileSync(misnamed, text.replace('"head"', '"hed"'))
    for (const [file, env] of [
      [misnamed, passphrase],
      [cut, passphrase],
      [altered, passphrase],
      [stranger, passphrase],
      [exported, {}],
      [exported, { QYZMET_PASSPHRASE: 'басқа' }],
      [join(folder, 'absent.ndjson'), passphrase],
    ] as const) {
      const { code, out, err } = await shop.run(['import', file], { env: { ...to, ...env } })
      expect([file, code, out]).toEqual([file, 1, ''])
      expect(err).not.toMatch(/\n {4}at /)
    }
    expect(JSON.parse((await shop.run(['verify', '--json'], { env: to })).out)).toEqual({ cases: 0, events: 0, problems: [] })
  })

  it('loses the data of one case by an order, once, and only by an administrator of the provider; chain, seal and proof hold', async () => {
    const env = { QYZMET_DATA: from }
    const { out } = await shop.run(['export', '-'], { env })
    const events = (rowsOf(out).event ?? []).map((row) => JSON.parse((row as { body: string }).body)) // as: rows of the table event
    const ended = new Set(events.filter(({ type }) => type === 'CaseEnded').map((event) => event.case))
    const opened = events.find((event) => event.data.provider?.id === 'almaty.directorate' && ended.has(event.case))
    const number = String(opened?.case)
    const order = ['--order', '41-н', '--date', '2019-10-14', '--ground', 'Заң, 18-бап']
    const destroy = (by: string, more: string[] = order) => shop.run(['destroy', '--case', number, ...more, '--by', by], { env })
    for (const by of ['almaty.head', 'nobody']) {
      const refused = await destroy(by)
      expect([by, refused.code, refused.out, refused.err]).toEqual([by, 1, '', expect.stringContaining(by)])
    }
    const done = await destroy('almaty.administrator')
    expect([done.code, done.err, done.out]).toEqual([0, '', expect.stringContaining('41-н')])
    expect((await destroy('almaty.administrator')).code).toBe(0)
    expect((await destroy('almaty.administrator', ['--order', '42-н', ...order.slice(2)])).code).toBe(1)
    expect(JSON.parse((await shop.run(['verify', '--json'], { env })).out).problems).toEqual([])
    const file = join(shop.folder(), 'proof.json')
    await shop.run(['proof', number, '--out', file], { env })
    const checked = spawnSync(process.execPath, [join(root, 'docs/verify/check-proof.mjs'), file], { encoding: 'utf8' })
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringContaining('the other 1 are younger')])
  })
})

/** The rows of each table of an export. */
function rowsOf(text: string): Record<string, unknown[]> {
  const rows: Record<string, unknown[]> = {}
  for (const line of text.trimEnd().split('\n')) {
    const item: unknown = JSON.parse(line)
    if (Array.isArray(item)) {
      const [table, row] = item
      rows[table] ??= []
      rows[table].push(row)
    }
  }
  return rows
}

describe('qyzmet admin create', () => {
  const strong = 'жеті қазына тоғыз'

  it('refuses a weak password before it opens anything', async () => {
    const data = join(shop.folder(), 'data')
    for (const weak of ['қысқа', 'qwerty12345', 'root.admin1']) {
      const { code, out, err } = await shop.run(['admin', 'create', '--login', 'root.admin'], {
        env: { QYZMET_DATA: data },
        stdin: `${weak}\n`,
      })
      expect([weak, code, out]).toEqual([weak, 1, ''])
      expect(err).not.toBe('')
    }
    expect(() => statSync(data)).toThrow('ENOENT')
  })

  it('makes the first administrator, once, who signs in to production', async () => {
    const env = { QYZMET_DATA: shop.folder() }
    const made = await shop.run(['admin', 'create', '--login', 'Root.Admin', '--json'], { env, stdin: `${strong}\n` })
    expect([made.code, made.err]).toEqual([0, ''])
    expect(JSON.parse(made.out)).toEqual({ id: expect.any(String), login: 'root.admin' })
    const second = await shop.run(['admin', 'create', '--login', 'root.admin'], { env: { ...env, QYZMET_ADMIN_PASSWORD: strong } })
    expect([second.code, second.out]).toEqual([1, ''])
    const server = await shop.serve('serve', env)
    const signIn = (password: string) =>
      fetch(`${server.url}/api/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'root.admin', password }),
      })
    expect((await signIn(strong)).status).toBe(201)
    expect((await signIn('тоғыз қазына жеті')).status).toBe(401)
    const ended = await server.end()
    expect(ended.code).toBe(0)
    expect(`${ended.out}${ended.err}${made.out}`).not.toContain(strong)
    const demonstration = await shop.run(['start'], { env: { ...env, PORT: '0' } })
    expect([demonstration.code, demonstration.out]).toEqual([1, ''])
  })
})

import { deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../src/desk/events.ts'
import { codeOf } from '../../src/desk/papers/seal.ts'
import { attachmentsOf } from '../../src/desk/verifying/attachments.ts'
import { openTestHouse, type TestHouse } from '../house.ts'

/** A paper checked by anybody: by its code, by its file, and after what forgers do to it. */
let test: TestHouse
let number: string
let pdf: Buffer
let content: string
let code: string

beforeAll(async () => {
  test = await openTestHouse()
  const { rows } = await test.ledger.database.pool.query<{ case_number: string }>(
    `select case_number from event where home = 75 and body::json ->> 'type' = 'AnswerSigned' order by case_number limit 1`,
  )
  number = rows[0]?.case_number ?? ''
  pdf = await printed(number)
  content = (await attachmentsOf(pdf)).get('paper.json')?.toString() ?? ''
  code = codeOf(sha256(content))
})
afterAll(async () => test?.close())

async function printed(of: string): Promise<Buffer> {
  const headers = { authorization: `Bearer ${await test.signIn('almaty.supervisor')}` }
  const listed = await test.app.request(`/api/v1/cases/${of}/papers`, { headers })
  const list = (await listed.json()) as { papers: { id: string }[] } // as: the API's contract holds it
  const answer = await test.app.request(`/api/v1/cases/${of}/papers/${list.papers.at(-1)?.id}`, { headers })
  return Buffer.from(await answer.arrayBuffer())
}

async function post(fill: (form: FormData) => void, multipart: boolean): Promise<{ status: number; text: string }> {
  const page = await test.app.request('/verify?lang=ru')
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const form = new FormData()
  form.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '')
  fill(form)
  const body = multipart ? form : new URLSearchParams([...form].map(([name, value]) => [name, String(value)]))
  const answer = await test.app.request('/verify?lang=ru', { method: 'POST', body, headers: { cookie } })
  return { status: answer.status, text: await answer.text() }
}
const byFile = (bytes: Uint8Array) => post((form) => form.set('file', new File([new Uint8Array(bytes)], 'paper.pdf')), true)
const typed = (of: string, said: string) =>
  post((form) => {
    form.set('number', of)
    form.set('code', said)
  }, false)

/** The same file with other bytes in the place of one of its attached files: as long as before, so that every table still holds. */
function attached(change: (text: string) => string): Buffer {
  const head = /\/Subtype \/application#2Fjson[\s\S]*?stream\r?\n/.exec(pdf.toString('latin1'))
  if (head === null) throw new Error('the attached file is not where it was')
  const at = head.index + head[0].length
  const end = pdf.indexOf('endstream', at)
  const again = deflateSync(change(content), { level: 9 })
  const room = Buffer.alloc(end - at, ' ')
  if (again.length > room.length) throw new Error('what was changed takes more room than there is')
  again.copy(room)
  return Buffer.concat([pdf.subarray(0, at), room, pdf.subarray(end)])
}

describe('a paper', () => {
  it('carries the data it was printed from, and is checked by its mark in each language', async () => {
    expect(JSON.parse(content)).toMatchObject({ format: 'qyzmet.paper/2', case: number, paper: { number } })
    for (const [lang, word] of [
      ['kk', 'Шын'],
      ['ru', 'Подлинная'],
      ['en', 'True'],
    ]) {
      const answer = await test.app.request(`/v/${number}/${code}?lang=${lang}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      expect(await answer.text()).toContain(`>${word}<`)
    }
  })

  it('is found by what a person types, and shows no more than stands on it', async () => {
    const { status, text } = await typed(number, `${code.slice(0, 4)} ${code.slice(4, 8).toLowerCase()}-${code.slice(8)}`)
    expect(status).toBe(200)
    expect(text).toContain('Подлинная')
    const { rows } = await test.ledger.database.pool.query<{ iin: string }>('select iin from case_view where case_number = $1', [number])
    expect(rows[0]?.iin).toMatch(/^\d{12}$/)
    expect(text).not.toContain(rows[0]?.iin)
    const readers = await test.house.reading.readers(number)
    expect(readers.filter(({ role, purpose }) => role === 'applicant' && purpose === 'paper').length).toBeGreaterThan(0)
  })

  it('has one code: another, or of another case, opens nothing', async () => {
    expect((await typed(number, '0'.repeat(16))).status).toBe(404)
    expect((await typed('075-191014-48213-2', code)).status).toBe(404)
    expect((await typed(number, '')).status).toBe(400)
    expect((await typed('', code)).status).toBe(400)
  })

  it('is true by its file', async () => {
    const { status, text } = await byFile(pdf)
    expect(status).toBe(200)
    expect(text).toContain('Подлинная')
    expect(text).toContain(number)
    const { paper } = JSON.parse(content)
    for (const { name, digest } of paper.signatures) {
      expect(text).toContain(name)
      for (const group of digest.match(/.{8}/g)) expect(text).toContain(group)
    }
    // As the paper has it, whatever zone the server's pages are in.
    expect(text).toContain(paper.issuedAt.slice(11, 16))
  })

  it('printed twice has the same bytes', async () => expect((await printed(number)).equals(pdf)).toBe(true))

  it.each<[string, () => Uint8Array, string]>([
    [
      'other pages drawn over the sealed data',
      () => Buffer.from(pdf.toString('latin1').replace(/\/MediaBox \[0 0 5/, '/MediaBox [0 0 4'), 'latin1'),
      'Страницы не такие',
    ],
    [
      'data changed after they were signed',
      () => attached((text) => text.replaceAll(/"phone":"[^"]+"/g, '"phone":"1"')),
      'изменены после подписания',
    ],
    ['data that are no paper', () => attached(() => '{"format":"qyzmet.paper/1"}'), 'не читается'],
    ['nothing', () => Buffer.alloc(0), 'Файл пуст'],
    ['no PDF at all', () => Buffer.from('%PDF-1.7 nothing'), 'не читается'],
    ['a file cut off', () => pdf.subarray(0, pdf.length / 2), 'не читается'],
  ])('is not confirmed: %s', async (_, make, words) => {
    const { status, text } = await byFile(make())
    expect(text).toContain(words)
    expect([200, 400]).toContain(status)
    expect(text).not.toContain('>Подлинная<')
  })

  it('of another installation is not ours', async () => {
    const other = await openTestHouse()
    try {
      const { rows } = await other.ledger.database.pool.query<{ case_number: string }>(
        `select case_number from event where home = 75 and body::json ->> 'type' = 'AnswerSigned' order by case_number limit 1`,
      )
      const ours = test
      test = other
      const strange = await printed(rows[0]?.case_number ?? '').finally(() => {
        test = ours
      })
      expect((await byFile(strange)).text).toContain('не системой этого учреждения')
    } finally {
      await other.close()
    }
  })

  it('asks for a file where there is none', async () => expect((await post(() => {}, true)).status).toBe(400))
})

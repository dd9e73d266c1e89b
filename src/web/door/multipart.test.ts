import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Room, readMultipart } from './multipart.ts'

const room: Room = { fields: 10_000, file: 1000, files: 1500, whole: 100_000 }
const mark = '----WebKitFormBoundaryX'
const type = `multipart/form-data; boundary=${mark}`

const part = (head: string, body: string) => `--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
const field = (name: string, value: string) => part(`name="${name}"`, value)
const file = (name: string, value: string, called = 'a.pdf') =>
  part(`name="${name}"; filename="${called}"`, value).replace('\r\n\r\n', '\r\nContent-Type: application/pdf\r\n\r\n')
const closed = (...parts: readonly string[]) => `${parts.join('')}--${mark}--\r\n`

async function* inPieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}
const read = (text: string | Uint8Array, { pieces = 7, contentType = type, within = room } = {}) =>
  readMultipart(inPieces(typeof text === 'string' ? Buffer.from(text, 'utf8') : text, pieces), contentType, within)

describe('a form with files', () => {
  it('is read, in pieces of any length', async () => {
    const body = closed(
      field('_csrf', 'k'),
      field('аты', 'Іңкәр\r\n--'),
      field('empty', ''),
      file('scan', '%PDF'),
      file('none', '', ''),
      file('void', ''),
    )
    for (let pieces = 1; pieces < 120; pieces++) {
      const form = await read(body, { pieces })
      expect(form?.fields).toEqual([
        ['_csrf', 'k'],
        ['аты', 'Іңкәр\r\n--'],
        ['empty', ''],
      ])
      expect(form?.files.map(({ name, bytes, size }) => [name, bytes?.toString(), size])).toEqual([
        ['scan', '%PDF', 4],
        ['void', '', 0],
      ])
    }
  })

  it('passes over a file that is too long, and files for which no room is left, and keeps what was typed', async () => {
    const form = await read(
      closed(file('long', 'x'.repeat(1001)), file('a', 'x'.repeat(1000)), file('b', 'x'.repeat(600)), field('typed', 'all')),
    )
    expect(form?.files.map(({ name, bytes, size }) => [name, bytes?.length, size])).toEqual([
      ['long', undefined, 1001],
      ['a', 1000, 1000],
      ['b', undefined, 600],
    ])
    expect(form?.fields).toEqual([['typed', 'all']])
  })

  it('is none when it is cut off, has no boundary, or its fields have no end', async () => {
    const whole = closed(field('a', 'b'), file('scan', '%PDF'))
    for (let length = 0; length < whole.length - 4; length++) expect(await read(whole.slice(0, length)), String(length)).toBeNull()
    expect(await read(whole, { contentType: 'multipart/form-data' })).toBeNull()
    expect(await read(closed(field('a', 'x'.repeat(10_001))))).toBeNull()
    expect(await read(whole, { within: { ...room, whole: 50 } })).toBeNull()
    expect(await read(`--${mark}\r\n${'x'.repeat(9000)}`)).toBeNull()
    expect(await read(closed(...Array.from({ length: 2001 }, () => field('a', ''))))).toBeNull()
  })

  const names = fc.string({ unit: 'grapheme', maxLength: 12 }).map((name) => name.replaceAll(/["\r\n%]/g, ''))
  const values = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom(`--${mark}`, `\r\n--${mark.slice(0, -1)}`, '\r\n\r\n', '--', '\r'),
  )

  it('comes back as it was sent', async () => {
    const fits = fc.array(
      fc.tuple(
        names,
        values.filter((value) => !`\r\n${value}`.includes(`\r\n--${mark}`)),
      ),
      { maxLength: 8 },
    )
    await fc.assert(
      fc.asyncProperty(fits, fc.integer({ min: 1, max: 200 }), async (fields, pieces) => {
        const form = await read(closed(...fields.map(([name, value]) => field(name, value))), { pieces })
        expect(form?.fields).toEqual(fields.map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('utf8')]))
      }),
      { numRuns: 2000 },
    )
  })

  it('breaks nothing, whatever is sent', async () => {
    const shreds = fc.constantFrom(
      `--${mark}`,
      `\r\n--${mark}`,
      '\r\n',
      '\r\n\r\n',
      '--',
      'Content-Disposition: form-data; name="a"',
      'content-disposition: form-data; name="f"; filename="x"',
      'filename*=',
      '"',
      '\0',
      '\xff',
      ' ',
    )
    const noise = fc.oneof(
      fc.array(fc.oneof(shreds, fc.string({ maxLength: 5 })), { maxLength: 30 }).map((all) => Buffer.from(all.join(''), 'latin1')),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    )
    const types = fc.oneof(
      { arbitrary: fc.constant(type), weight: 5 },
      { arbitrary: fc.string({ maxLength: 40 }).map((t) => `multipart/form-data; boundary=${t}`), weight: 1 },
    )
    await fc.assert(
      fc.asyncProperty(noise, types, fc.integer({ min: 1, max: 60 }), async (bytes, contentType, pieces) => {
        const form = await read(bytes, { contentType, pieces })
        const kept = form?.files.reduce((sum, one) => sum + (one.bytes?.length ?? 0), 0) ?? 0
        expect(kept).toBeLessThanOrEqual(room.files)
      }),
      { numRuns: 6000 },
    )
  })
})

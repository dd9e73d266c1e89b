import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Cell, csvStream, mostRows, xlsx } from './sheet.ts'

async function* pieces(...rows: (readonly Cell[])[][]) {
  yield* rows
}
const sheet = (...rows: (readonly Cell[])[][]) => ({
  name: 'Мерзімі өткен',
  head: ['Іс', 'Аты-жөні', 'Мерзімі', 'Саны'],
  pieces: pieces(...rows),
})
const text = async (stream: ReadableStream<Uint8Array>) => Buffer.from(await new Response(stream).arrayBuffer()).toString('utf8')

describe('CSV', () => {
  it('begins with a BOM, parts by the sign of the reader, and writes moments as their wall shows them', async () => {
    const made = await text(
      csvStream(sheet([['075-191014-00000-1', 'Әлиева "Ұ"; Ә', { at: '2019-10-14T10:05:30+06:00' }, 3]], [], [[null, 'б', null, 0]]), ';'),
    )
    expect(made).toBe('\u{feff}Іс;Аты-жөні;Мерзімі;Саны\r\n075-191014-00000-1;"Әлиева ""Ұ""; Ә";2019-10-14 10:05;3\r\n;б;;0\r\n')
    expect(await text(csvStream(sheet([['a,b', 'c', null, 1]]), ','))).toContain('"a,b",c,,1\r\n')
  })

  it.each(['=1+1', '+7 700', '-2', '@SUM(A1)', '\t=1', '\r=1'])('takes the meaning from %j', async (typed) => {
    expect(await text(csvStream(sheet([[typed, null, null, null]]), ';'))).toMatch(/\r\n"?'/)
  })
})

/** The parts of a zip that were written without a descriptor: enough to look into a sheet. */
function partsOf(bytes: Uint8Array): Map<string, string> {
  const buffer = Buffer.from(bytes)
  const parts = new Map<string, string>()
  for (let at = buffer.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = buffer.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const [method, packed, nameLength, local] = [
      buffer.readUInt16LE(at + 10),
      buffer.readUInt32LE(at + 20),
      buffer.readUInt16LE(at + 28),
      buffer.readUInt32LE(at + 42),
    ]
    const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28)
    const data = buffer.subarray(start, start + packed)
    const raw = method === 0 ? data : inflateRawSync(data)
    parts.set(buffer.subarray(at + 46, at + 46 + nameLength).toString(), raw.toString())
  }
  return parts
}
describe('XLSX', () => {
  it('has numbers as numbers, dates as dates, formulas as words', async () => {
    const made = partsOf(await xlsx(sheet([['=1+1', 'Әлиева', { at: '2019-10-14T12:00:00+06:00' }, 3]]), 'rest'))
    const cells = made.get('xl/worksheets/sheet1.xml') ?? ''
    expect(cells).not.toContain('<f>')
    expect(cells).toMatch(/<c r="D2"[^>]*><v>3<\/v>/)
    // Noon of 14 October 2019 in the days of a spreadsheet.
    expect(cells).toMatch(/<c r="C2"[^>]*><v>43752\.5<\/v>/)
    expect([...made.values()].join('')).toContain('=1+1')
  })

  it('is bounded, and says so', async () => {
    const many = Array.from({ length: mostRows + 5 }, (_, n): Cell[] => [`c${n}`, null, null, n])
    const made = [...partsOf(await xlsx(sheet(many), 'тағы бар')).values()].join('')
    expect(made).toContain('тағы бар')
    expect(made).toContain(`c${mostRows - 1}<`)
    expect(made).not.toContain(`c${mostRows}<`)
  })
})

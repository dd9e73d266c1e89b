import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectScan } from './inspect.ts'
import { packedStream, pdfOf, pngChunk, pngHeader, pngOf, smallJpeg, smallPng } from './samples.testing.ts'

/** What a file is taken for, or why it is not taken. */
async function told(bytes: Uint8Array): Promise<string> {
  const verdict = await inspectScan(bytes)
  return verdict.ok ? `${verdict.facts.type} ${verdict.facts.pages}` : [verdict.flaw.code, ...Object.values(verdict.flaw.params)].join(' ')
}
const text = (words: string) => Buffer.from(words, 'latin1')
const changed = (bytes: Buffer, at: number, value: number) => {
  const copy = Buffer.from(bytes)
  copy[at] = value
  return copy
}

describe('what is a scan', () => {
  it('is taken, with its pages', async () => {
    expect(await told(smallPng())).toBe('image/png 1')
    expect(await told(smallJpeg)).toBe('image/jpeg 1')
    expect(await told(pdfOf({ pages: 3 }))).toBe('application/pdf 3')
  })

  it('is told by its content, whatever its name', async () => {
    const others: readonly (readonly [string, string])[] = [
      ['', 'empty'],
      ['<html><script>alert(1)</script>', 'otherType page'],
      ['<?xml version="1.0"?><svg onload="x"/>', 'otherType page'],
      [`PK\x03\x04${' '.repeat(26)}[Content_Types].xml`, 'otherType word'],
      ['PK\x03\x04a.zip', 'otherType archive'],
      ['MZ\x90\0', 'otherType program'],
      ['GIF89a', 'otherType picture'],
      ['\0\0\0\x18ftypheic', 'otherType picture'],
      ['Diplom', 'otherType text'],
      ['\0\x01\x02', 'otherType unknown'],
    ]
    for (const [words, expected] of others) expect(await told(text(words)), words).toBe(expected)
    expect(await told(Buffer.concat([text(' '), smallJpeg]))).toMatch(/^otherType/)
    expect(await told(Buffer.alloc(10 * 1024 * 1024 + 1))).toBe('tooLarge 10')
  })

  it.each([
    ['PNG', smallPng()],
    ['JPEG', smallJpeg],
    ['PDF', pdfOf()],
  ])('cut off anywhere is no %s', async (_, whole) => {
    for (let length = 9; length < whole.length - 2; length++)
      expect(await told(whole.subarray(0, length)), String(length)).toMatch(/^(truncated|damaged|otherType)/)
  })

  it.each([
    ['PNG', smallPng()],
    ['JPEG', smallJpeg],
    ['PDF', pdfOf()],
  ])('has nothing behind its end: %s', async (_, whole) => {
    for (const behind of ['<script>alert(1)</script>', 'PK\x03\x04', 'x'])
      expect(await told(Buffer.concat([whole, text(behind)])), behind).toMatch(/^appended/)
  })
})

describe('a PNG', () => {
  it('whose sum is wrong in any byte is damaged', async () => {
    const whole = smallPng()
    for (let at = 8; at < whole.length; at++) expect(await told(changed(whole, at, (whole[at] ?? 0) ^ 1)), String(at)).not.toMatch(/^image/)
  })

  it('that unpacks to more or less than its size is none', async () => {
    const rows = (length: number) => pngOf(pngHeader(10, 10), pngChunk('IDAT', deflateSync(Buffer.alloc(length))))
    expect(await told(rows(110))).toBe('image/png 1')
    expect(await told(rows(109))).toBe('truncated')
    expect(await told(rows(10_000_000))).toBe('inflates')
  })

  it('that says to be a wall is refused before anything is unpacked', async () => {
    const wall = pngOf(pngHeader(20_000, 20_000), pngChunk('IDAT', deflateSync(Buffer.alloc(1))))
    expect(await told(wall)).toBe('tooManyPixels 20000 20000 100')
    expect(await told(pngOf(pngHeader(0, 5), pngChunk('IDAT', deflateSync(Buffer.alloc(1)))))).toBe('damaged size')
  })

  it('in seven passes is read as one', async () => {
    // 10 × 10 in Adam7, one byte a pixel: 2×2, 1×2, 3×1, 2×3, 5×2, 5×5, 10×5, each row with its filter byte.
    const length = 2 * 3 + 2 * 2 + 1 * 4 + 3 * 3 + 2 * 6 + 5 * 6 + 5 * 11
    const passes = (bytes: number) => pngOf(pngHeader(10, 10, 8, 0, 1), pngChunk('IDAT', deflateSync(Buffer.alloc(bytes))))
    expect(await told(passes(length))).toBe('image/png 1')
    expect(await told(passes(length - 1))).toBe('truncated')
  })

  it('with a filter that there is not, or that moves, is none', async () => {
    const rows = Buffer.alloc(110)
    rows[11] = 5
    expect(await told(pngOf(pngHeader(10, 10), pngChunk('IDAT', deflateSync(rows))))).toBe('damaged IDAT')
    expect(await told(pngOf(pngHeader(10, 10), pngChunk('acTL', Buffer.alloc(8)), pngChunk('IDAT', deflateSync(Buffer.alloc(110)))))).toBe(
      'animated',
    )
  })
})

describe('a JPEG', () => {
  const frame = smallJpeg.indexOf(Buffer.from([0xff, 0xc0]))

  it('that says to be a wall is refused, and one whose data cannot be the whole picture too', async () => {
    const large = (height: number, width: number) => {
      const copy = Buffer.from(smallJpeg)
      copy.writeUInt16BE(height, frame + 5)
      copy.writeUInt16BE(width, frame + 7)
      return copy
    }
    expect(await told(large(20_000, 20_000))).toBe('tooManyPixels 20000 20000 100')
    expect(await told(large(2000, 2000))).toBe('truncated')
  })

  it('may carry a preview behind it only when it says so', async () => {
    expect(await told(Buffer.concat([smallJpeg, smallJpeg]))).toMatch(/^appended/)
    const mpf = Buffer.from([0xff, 0xe2, 0, 6, 0x4d, 0x50, 0x46, 0])
    const phone = Buffer.concat([smallJpeg.subarray(0, 2), mpf, smallJpeg.subarray(2), smallJpeg])
    expect(await told(phone)).toBe('image/jpeg 1')
    expect(await told(Buffer.concat([phone, text('<html>')]))).toMatch(/^appended/)
    expect(await told(Buffer.concat([smallJpeg, Buffer.alloc(64)]))).toBe('image/jpeg 1')
  })
})

describe('a PDF', () => {
  const withObject = (body: string, root = '/X 4 0 R') => told(pdfOf({ objects: [body], root }))

  it.each([
    ['/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>', 'active JS'],
    ['/OpenAction << /S /J#61vaScript >>', 'active JavaScript'],
    ['/Names << /JavaScript << /Names [] >> >>', 'active JavaScript'],
    ['/OpenAction << /S /Launch /F (cmd.exe) >>', 'active Launch'],
    ['/X << /S /SubmitForm >>', 'active SubmitForm'],
    ['/X << /S /GoToE >>', 'active GoToE'],
    ['/AA << /O << /S /GoTo >> >>', 'active AA'],
    ['/AcroForm << /XFA [] >>', 'active XFA'],
    ['/Names << /EmbeddedFiles << /Names [] >> >>', 'attachment'],
    ['/X << /Type /Filespec /F (a.exe) >>', 'attachment'],
    ['/X << /Subtype /RichMedia >>', 'attachment'],
  ])('that acts or carries is refused: %s', async (root, expected) => {
    expect(await told(pdfOf({ root }))).toBe(expected)
    expect(await withObject(`<< ${root} >>`, '')).toBe(expected)
  })

  it('with a link, a first view or an empty list of actions is taken', async () => {
    for (const root of [
      '/X << /S /URI /URI (https://example.org) >>',
      '/OpenAction [3 0 R /Fit]',
      '/AA << >>',
      '/X (/JavaScript /S /Launch)',
    ])
      expect(await told(pdfOf({ root })), root).toBe('application/pdf 1')
  })

  it('that hides its action in a packed object, or behind a reference, is found out', async () => {
    const inside = '9 0 << /S /Launch >>'
    expect(await withObject(packedStream(text(inside), '/Type /ObjStm /N 1 /First 4'), '')).toBe('active Launch')
    expect(await told(pdfOf({ objects: ['/Launch'], root: '/X << /S 4 0 R >>' }))).toBe('active Launch')
  })

  it('that hides an object inside a stream is read there too, as its table says', async () => {
    const hidden = '5 0 obj << /S /Launch >> endobj'
    const whole = pdfOf({ objects: [`<< /Length ${hidden.length} >>\nstream\n${hidden}\nendstream`, '(nothing)'] }).toString('latin1')
    expect(await told(text(whole))).toBe('application/pdf 1')
    const place = whole.indexOf(hidden)
    const right = whole.indexOf('5 0 obj\n(nothing)')
    const forged = whole.replace(`${String(right).padStart(10, '0')} 00000 n`, `${String(place).padStart(10, '0')} 00000 n`)
    expect(await told(text(forged))).toBe('active Launch')
  })

  it('that is locked, without pages, with a page inside itself or with a wrong table says so', async () => {
    expect(await told(pdfOf({ trailer: '/Encrypt << >>' }))).toBe('locked')
    expect(await told(pdfOf({ pages: 0 }))).toBe('damaged Pages')
    expect(await told(pdfOf({ pages: 1001 }))).toBe('tooManyPages 1000')
    const whole = pdfOf().toString('latin1')
    expect(await told(text(whole.replace('/Kids [3 0 R]', '/Kids [2 0 R]')))).toBe('damaged Pages')
    // Three bytes taken out of the middle: the table points beside the objects.
    expect(await told(text(whole.replace('/Type /Page ', '/Type /P ')))).toMatch(/^(damaged|truncated)/)
  })

  it('that unpacks without end, or shows a wall, is refused', async () => {
    expect(await withObject(packedStream(Buffer.alloc(301 * 1024 * 1024)))).toBe('inflates')
    expect(await withObject('<< /Subtype /Image /Width 30000 /Height 30000 /Length 0 >>\nstream\n\nendstream')).toMatch(/^tooManyPixels/)
    expect(await withObject('<< /Filter [/FlateDecode /FlateDecode] /Length 0 >>\nstream\n\nendstream')).toBe('inflates')
    expect(await told(pdfOf({ root: `/X ${'['.repeat(5000)}` }))).toMatch(/^damaged/)
  })
})

describe('whatever is sent', () => {
  const samples = [smallPng(), smallJpeg, pdfOf({ pages: 2, root: '/OpenAction [3 0 R /Fit]', objects: [packedStream(text('0 0 m'))] })]
  const spoiled = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
      fc.nat(),
      fc.uint8Array({ maxLength: 20 }),
    )
    .map(([sample, changes, cut, insert]) => {
      const copy = Buffer.from(sample)
      for (const [at, value] of changes) copy[at % copy.length] = value
      const place = cut % copy.length
      return Buffer.concat([copy.subarray(0, place), insert, copy.subarray(place)])
    })

  it('is answered, and quickly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ arbitrary: spoiled, weight: 4 }, { arbitrary: fc.uint8Array({ maxLength: 400 }), weight: 1 }),
        async (bytes) => {
          const begun = performance.now()
          expect(typeof (await inspectScan(bytes)).ok).toBe('boolean')
          expect(performance.now() - begun).toBeLessThan(2000)
        },
      ),
      { numRuns: 5000 },
    )
  })
})

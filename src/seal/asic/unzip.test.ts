import { crc32, deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unzip, ZipRefused } from './unzip.ts'

const limits = { files: 100, bytes: 1 << 20 }
const text = Buffer.from('{"asks":"екінші санат"}'.repeat(20))

interface Wish {
  readonly name?: string
  readonly localName?: string
  readonly flags?: number
  readonly method?: number
  readonly size?: number
  readonly crc?: number
  readonly packed?: Buffer
  readonly content?: Buffer
  readonly after?: Buffer
}

const short = (...values: readonly number[]) => Buffer.from(Uint16Array.from(values).buffer)
const long = (...values: readonly number[]) => Buffer.from(Uint32Array.from(values).buffer)

/** A zip as others write it, or as whoever deceives does. */
function zipOf(wishes: readonly Wish[], { before = '', between = '', after = '', comment = '', count = wishes.length } = {}): Buffer {
  const [locals, entries]: Buffer[][] = [[Buffer.from(before)], []]
  const at = () => locals?.reduce((sum, { length }) => sum + length, 0) ?? 0
  for (const { name = 'a', localName = name, flags = 0, method = 8, content = text, after: behind = Buffer.alloc(0), ...wish } of wishes) {
    const packed = wish.packed ?? (method === 8 ? deflateRawSync(content) : content)
    const [crc, size] = [wish.crc ?? crc32(content), wish.size ?? content.length]
    const common = (own: string) => [short(20, flags, method, 0, 0), long(crc, packed.length, size), short(Buffer.byteLength(own), 0)]
    entries?.push(long(0x02014b50), short(20), ...common(name), short(0, 0, 0), long(0, at()), Buffer.from(name))
    const left = (flags & 8) === 0 ? common(localName) : [short(20, flags, method, 0, 0), long(0, 0, 0), short(Buffer.byteLength(localName), 0)]
    locals?.push(long(0x04034b50), ...left, Buffer.from(localName), packed, behind)
  }
  const directory = Buffer.concat(entries ?? [])
  const end = [long(0x06054b50), short(0, 0, count, count), long(directory.length, at() + between.length), short(comment.length)]
  return Buffer.concat([...(locals ?? []), Buffer.from(between), directory, ...end, Buffer.from(comment + after)])
} // biome-ignore format: a record a line

const sizes = long(0x08074b50, crc32(text), deflateRawSync(text).length, text.length)

describe('a zip', () => {
  it('of ours, of others, streamed, with folders and a comment is opened', () => {
    const ours = zipSync({ mimetype: [Buffer.from('x'), { level: 0 }], 'деректер/a.json': text })
    expect([...unzip(ours, limits).keys()]).toEqual(['mimetype', 'деректер/a.json'])
    expect(unzip(zipOf([{ name: 'a' }, { name: 'b', method: 0 }], { comment: 'mimetype=x' }), limits).get('b')).toEqual(text)
    for (const behind of [sizes, sizes.subarray(4)]) expect(unzip(zipOf([{ flags: 8, after: behind }]), limits).get('a')).toEqual(text)
    const folder = { name: 'META-INF/', method: 0, content: Buffer.alloc(0) }
    expect([...unzip(zipOf([folder, { name: 'META-INF/x' }]), limits).keys()]).toEqual(['META-INF/x'])
    expect(unzip(zipOf([]), limits).size).toBe(0)
  })

  const bent: readonly (readonly [name: string, zip: Buffer])[] = [
    ['nothing', Buffer.alloc(0)],
    ['no zip', Buffer.from('no zip')],
    ['two files of one name', zipOf([{}, { content: Buffer.from('other') }])],
    ['a file of another name to a reader of streams', zipOf([{ localName: 'b' }])],
    ['a file before it that only a reader of streams finds', zipOf([{ name: 'b' }], { before: String(zipOf([{ method: 0, content: Buffer.from('x') }])) })],
    ['words before it', zipOf([{}], { before: '#!/bin/sh\n' })],
    ['words between members and directory', zipOf([{}], { between: 'words' })],
    ['words behind a member', zipOf([{ after: Buffer.from('words') }, { name: 'b' }])],
    ['words behind it', zipOf([{}], { after: 'words' })],
    ['a comment that is another end', zipOf([{}], { comment: `PK\u0005\u0006${'\0'.repeat(18)}` })],
    ['less in its directory than it has', zipOf([{}, { name: 'b' }], { count: 1 })],
    ['more in its directory than it has', zipOf([{}], { count: 2 })],
    ['a length that is less than the truth', zipOf([{ size: 5 }])],
    ['a length that is more than the truth', zipOf([{ size: 5000 }])],
    ['another CRC-32', zipOf([{ crc: 1 }])],
    ['octets behind the end of the deflated ones', zipOf([{ packed: Buffer.concat([deflateRawSync(text), Buffer.from('x')]) }])],
    ['deflated octets that are cut', zipOf([{ packed: deflateRawSync(text).subarray(0, -3) }])],
    ['something encrypted', zipOf([{ flags: 1 }])],
    ['another compression', zipOf([{ method: 12 }])],
    ['lengths behind that are others', zipOf([{ flags: 8, after: long(0x08074b50, 1, 2, 3) }])],
    ['a folder that holds something', zipOf([{ name: 'a/' }])],
    ...['../a', '/a', 'a/../b', './a', 'a//b', '..\\a', 'C:a', 'a\0.pdf', 'a\n', ''].map((name) => [`the name ${JSON.stringify(name)}`, zipOf([{ name }])] as const), // a pair
    ['a name that is no UTF-8', Buffer.from(zipOf([{ name: 'aÿ', flags: 0x800 }]).toString('latin1').replaceAll('Ã¿', '\xff\xff'), 'latin1')],
    ['a name in the letters of some country', zipOf([{ name: 'ә' }])],
  ] // biome-ignore format: one lie a line

  it.each(bent)('with %s is none', (_, zip) => {
    expect(() => unzip(zip, limits)).toThrow(expect.objectContaining({ name: 'ZipRefused', code: 'damaged' }))
  })

  it('that holds, or says that it holds, more than is allowed costs nothing', () => {
    const bomb = deflateRawSync(Buffer.alloc(64 << 20))
    const before = process.memoryUsage().arrayBuffers
    for (const size of [64 << 20, 0xffffffff]) expect(() => unzip(zipOf([{ packed: bomb, size }]), limits)).toThrow('tooLarge')
    expect(() => unzip(zipOf([{ packed: bomb, size: 10 }]), limits)).toThrow('damaged')
    expect(() => unzip(zipOf(Array.from({ length: 101 }, (_, n) => ({ name: `${n}` }))), limits)).toThrow('tooLarge')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20)
  })

  it('cut at any octet is none, and bent at any octet nothing but another zip', () => {
    const whole = zipOf([{ name: 'a' }, { name: 'b', method: 0, content: Buffer.from('x') }])
    for (let at = 0; at < whole.length; at++) {
      expect(() => unzip(whole.subarray(0, at), limits)).toThrow(ZipRefused)
      const other = Buffer.from(whole)
      other[at] = (other[at] ?? 0) ^ 0xff
      try {
        expect([...unzip(other, limits).values()]).toEqual([text, Buffer.from('x')])
      } catch (cause) {
        expect(cause).toBeInstanceOf(ZipRefused)
      }
    }
  })
})

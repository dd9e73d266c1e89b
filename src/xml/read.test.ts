import { describe, expect, it } from 'vitest'
import { readXml, usualLimits } from './read.ts'
import { XmlRefused } from './refused.ts'
import { attributeOf, childNamed, elementsOf, namespaceAt, pathOf, textOf } from './tree.ts'

const refusal = (bytes: string | Uint8Array, limits = {}) => {
  try {
    readXml(Buffer.from(bytes), limits)
    return 'read'
  } catch (cause) {
    if (cause instanceof XmlRefused) return cause.reason
    throw cause
  }
}

/** Of the processor, in ms: on a busy machine waiting says nothing. */
const spent = (since: NodeJS.CpuUsage) => process.cpuUsage(since).user / 1000

describe('reading XML', () => {
  it('gives names, namespaces, text and places', () => {
    const text =
      '<?xml version="1.0" encoding="utf-8"?>\r\n<s:a xmlns:s="urn:s" xmlns="urn:d" p="1" s:p="2"><b>x &amp;&#x4b0;<!-- no --><![CDATA[<y>]]></b><b xmlns=""/></s:a>'
    const { root, text: read } = readXml(Buffer.from(text))
    expect([root.prefix, root.local, root.namespace]).toEqual(['s', 'a', 'urn:s'])
    expect([attributeOf(root, '', 'p'), attributeOf(root, 'urn:s', 'p')]).toEqual(['1', '2'])
    const [first, second] = elementsOf(root)
    expect(first && [first.namespace, textOf(first), pathOf(first)]).toEqual(['urn:d', 'x &Ұ<y>', '/a/b[1]'])
    expect(second && [second.namespace, namespaceAt(second, 's'), namespaceAt(second, 'q')]).toEqual(['', 'urn:s', null])
    expect(second && read.slice(second.span.start, second.span.end)).toBe('<b xmlns=""/>')
    expect(first && read.slice(first.span.open, first.span.close)).toBe('x &amp;&#x4b0;<!-- no --><![CDATA[<y>]]>')
    expect(childNamed(root, '', 'b')).toBe(second)
  })

  it('makes one text of what CDATA and references have cut', () => {
    expect(readXml(Buffer.from('<a>1<![CDATA[2]]>3&#52;</a>')).root.children).toEqual([{ kind: 'text', value: '1234' }])
  })

  it.each([
    ['doctype', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['doctype', '<?xml version="1.0"?><!-- c --><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['doctype', '<a><!DOCTYPE b></a>'],
    ['malformed', '<a>&x;</a>'],
    ['malformed', '<a>&nbsp;</a>'],
    ['malformed', '<a>&__proto__;</a>'],
    ['malformed', '<a>&toString;</a>'],
    ['malformed', '<a>&</a>'],
    ['malformed', '<a>&#0;</a>'],
    ['malformed', '<a>&#xD800;</a>'],
    ['malformed', '<a>&#x110000;</a>'],
    ['malformed', '<a>&#99999999999;</a>'],
    ['malformed', '<a>\u0000</a>'],
    ['malformed', '<a>\uffff</a>'],
    ['malformed', '<a>]]></a>'],
    ['malformed', '<a b="<"/>'],
    ['malformed', '<a b=1/>'],
    ['malformed', '<a b="1"c="2"/>'],
    ['malformed', '<a b="1" b="2"/>'],
    ['malformed', '<a xmlns:p="urn:1" xmlns:q="urn:1" p:b="1" q:b="2"/>'],
    ['malformed', '<a xmlns:p="urn:1" xmlns:p="urn:2"/>'],
    ['malformed', '<p:a/>'],
    ['malformed', '<a p:b="1"/>'],
    ['malformed', '<a:b:c xmlns:a="urn:a"/>'],
    ['malformed', '<a xmlns:p=""/>'],
    ['malformed', '<a xmlns:xml="urn:other"/>'],
    ['malformed', '<a xmlns:q="http://www.w3.org/XML/1998/namespace"/>'],
    ['malformed', '<a xmlns:xmlns="urn:x"/>'],
    ['malformed', '<xmlns:a/>'],
    ['malformed', '<a/><b/>'],
    ['malformed', '<a/>text'],
    ['malformed', 'text<a/>'],
    ['malformed', '<a><b></a></b>'],
    ['malformed', '<a>'],
    ['malformed', '</a>'],
    ['malformed', '<a'],
    ['malformed', '<a b="'],
    ['malformed', '<a><!-- -- --></a>'],
    ['malformed', '<a><!-- </a>'],
    ['malformed', '<a><![CDATA[ </a>'],
    ['malformed', '<![CDATA[x]]><a/>'],
    ['malformed', '<a><?php x ?></a>'],
    ['malformed', ' <?xml version="1.0"?><a/>'],
    ['malformed', '<?xml version="1.1"?><a/>'],
    ['malformed', '<?xml version="1.0" encoding="UTF-8" bogus="1"?><a/>'],
    ['malformed', ''],
    ['malformed', '< a/>'],
    ['malformed', '<1/>'],
    ['encoding', '<?xml version="1.0" encoding="windows-1251"?><a/>'],
    ['encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
  ])('refuses as %s: %s', (reason, text) => {
    expect(refusal(text)).toBe(reason)
  })

  it('takes UTF-8 only, with or without its mark', () => {
    expect(refusal('\ufeff<a/>')).toBe('read')
    expect(refusal(Buffer.from('<a/>', 'utf16le'))).toBe('encoding')
    expect(refusal(Buffer.from('\ufeff<a/>', 'utf16le'))).toBe('encoding')
    expect(refusal(Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf, 0x3c, 0x2f, 0x61, 0x3e]))).toBe('encoding')
    expect(refusal(Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e]))).toBe('encoding')
  })

  it('keeps to its limits', () => {
    expect(refusal(`<a>${' '.repeat(100)}</a>`, { bytes: 100 })).toBe('oversize')
    expect(refusal('<a>'.repeat(65) + '</a>'.repeat(65))).toBe('oversize')
    expect(refusal('<a>'.repeat(64) + '</a>'.repeat(64))).toBe('read')
    expect(refusal(`<a>${'<b/>'.repeat(20)}</a>`, { elements: 20 })).toBe('oversize')
    expect(refusal(`<a ${Array.from({ length: 257 }, (_, i) => `a${i}=""`).join(' ')}/>`)).toBe('oversize')
    expect(refusal(`<a>${'<!---->'.repeat(20)}</a>`, { nodes: 20 })).toBe('oversize')
  })

  it('reads a mebibyte in a moment, whatever it is made of', () => {
    const most = usualLimits.bytes / 8
    for (const piece of ['x', '&lt;', '<![CDATA[]]>', '\r', '&#x4b0;', 'ұ', ' ', ']']) {
      const bytes = Buffer.from(`<a>${piece.repeat(Math.floor(most / Buffer.byteLength(piece)))}</a>`)
      const began = process.cpuUsage()
      expect(refusal(bytes)).toBe('read')
      expect(spent(began), piece).toBeLessThan(2000)
    }
  })

  it('refuses at once what never ends', () => {
    for (const piece of ['<', '<!--', '<![CDATA[', '&', '<a b="', '<a ', '&#', '<?', '<a>&amp']) {
      const began = process.cpuUsage()
      expect(refusal(piece.repeat(500_000))).not.toBe('read')
      expect(spent(began), piece).toBeLessThan(2000)
    }
  })
})

import { describe, expect, it } from 'vitest'
import { readXml } from './read.ts'
import { attributeOf, textOf } from './tree.ts'
import { documentBytes, element, optional, XmlUnwritable } from './write.ts'

describe('writing XML', () => {
  it('reads back what was written, whatever the text holds', () => {
    const text = 'a<b>&"\'\t\n\r ]]> ңғү 😀'
    const { root } = readXml(
      documentBytes(element('n:a', { 'xmlns:n': 'urn:n', v: text, none: null }, element('b', {}, text), null, [optional('c', undefined)])),
    )
    expect([attributeOf(root, '', 'v'), textOf(root).replaceAll('\r\n', '\n')]).toEqual([text, text])
    expect(root.children).toHaveLength(1)
  })

  it.each(['\0', '\u001f', '\ufffe', '\ud800'])('refuses a character that XML does not have: %j', (sign) => {
    expect(() => element('a', {}, sign)).toThrow(XmlUnwritable)
    expect(() => element('a', { b: sign })).toThrow(XmlUnwritable)
  })

  it.each(['', 'a b', 'a:b:c', '1', 'a><b'])('refuses a name that is none: %j', (name) => {
    expect(() => element(name, {})).toThrow(XmlUnwritable)
    expect(() => element('a', { [name]: '' })).toThrow(XmlUnwritable)
  })
})

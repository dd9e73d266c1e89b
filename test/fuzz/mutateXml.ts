import type { Chance } from './chance.ts'
import { mutateText, shreds } from './mutate.ts'

const lol = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')

/** What XML readers have been broken or deceived by: entities, types, depth, breadth, encodings, marks within marks. */
export const hostile: readonly string[] = [
  `<!DOCTYPE a [<!ENTITY l0 "lol">${lol}]>`, '<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!ENTITY x "y">', '&x;', '&l9;', '&amp;lt;',
  '<!-- -->', '<!-- -- -->', '<!--', '-->', '<![CDATA[', ']]>', '<![CDATA[]]>', '<![CDATA[<x>]]>', '<?xml version="1.0"?>', '<?xml version="1.1"?>', '<?xml version="1.0" encoding="UTF-16"?>', '<?php x?>', '<?', '?>',
  '<a>'.repeat(70), '<a>'.repeat(5000), '<a/>'.repeat(2000), '<a b="', `<a ${Array.from({ length: 100 }, (_, i) => `a${i}=""`).join(' ')}/>`, `<a b="${'x'.repeat(20_000)}"/>`,
  ' xmlns=""', ' xmlns="urn:x"', ' xmlns:n=""', ' xmlns:xml="urn:x"', ' xmlns:n="http://www.w3.org/XML/1998/namespace"', ' xsi:nil="true"', ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"', ' xsi:type="xs:anyType"', ' Id="x"', ' wsu:Id="x"', ' xml:id="x"', ' xml:lang="kk"', ' xml:base="file:///"',
  '&#0;', '&#x1F;', '&#xD800;', '&#xFFFE;', '&#x110000;', '&#13;', '&#10;', '\u0085', '\u2028', '\ufeff', '\ufffe', '<soap:Body/>', '<soap:Header/>', '<soap:Envelope>', '</soap:Body>', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
] // biome-ignore format: a list of signs reads better in lines

const mostLength = 400_000

/** Changes of a document: of its bytes, of its elements as wholes, and what is hostile put into it. */
export function mutateXml(chance: Chance, from: string, others: readonly string[] = []): string {
  let text = from
  for (let turns = 1 + chance.below(3); turns > 0; turns--) text = changed(chance, text, others).slice(0, mostLength)
  return text
}

function changed(chance: Chance, text: string, others: readonly string[]): string {
  const [from, until] = elementIn(chance, text)
  const element = text.slice(from, until)
  switch (chance.below(10)) {
    case 0:
      return text.slice(0, from) + text.slice(until)
    case 1:
      return text.slice(0, until) + element + text.slice(until)
    case 2: {
      const at = boundary(chance, text)
      return text.slice(0, at) + element + text.slice(at)
    }
    case 3:
      return text.slice(0, from) + (others.length > 0 ? pieceOf(chance, chance.pick(others)) : '') + text.slice(until)
    case 4:
    case 5: {
      const at = boundary(chance, text)
      return text.slice(0, at) + chance.pick(hostile) + text.slice(at)
    }
    case 6: {
      const at = chance.below(text.length + 1)
      return text.slice(0, at) + chance.pick(hostile) + text.slice(at)
    }
    case 7: {
      const values = [...text.matchAll(/"[^"]*"|>[^<]+</g)]
      const value = values.length > 0 ? chance.pick(values) : null
      if (value === null) return text
      const put = chance.oneIn(2) ? chance.pick(shreds) : mutateText(chance, value[0].slice(1, -1))
      return text.slice(0, value.index + 1) + put.replaceAll(/[<&"]/g, '') + text.slice(value.index + value[0].length - 1)
    }
    case 8: {
      const name = /<\/?([\w:]+)/.exec(element)?.[1] ?? 'a'
      return text.replaceAll(
        name,
        chance.pick(['a', 'Body', 'n:data', 'xmlns', 'xml', `x:${name}`, name.toLowerCase(), 'Signature', 'request']),
      )
    }
    default:
      return mutateText(chance, text)
  }
}

const pieceOf = (chance: Chance, text: string): string => text.slice(...elementIn(chance, text))

/** Where an element begins and ends, as far as marks tell. */
function elementIn(chance: Chance, text: string): [from: number, until: number] {
  const starts = [...text.matchAll(/<([\w:]+)[^>]*>/g)]
  if (starts.length === 0) return [0, 0]
  const start = chance.pick(starts)
  const [tag, name = ''] = start
  if (tag.endsWith('/>')) return [start.index, start.index + tag.length]
  const end = text.indexOf(`</${name}>`, start.index)
  return [start.index, end < 0 ? start.index + tag.length : end + name.length + 3]
}

/** Before a mark, behind one, or inside a tag. */
function boundary(chance: Chance, text: string): number {
  const marks = [...text.matchAll(/<|(?<=>)|(?<=<[\w:]+)|(?=\/?>)/g)]
  return marks.length > 0 ? chance.pick(marks).index : 0
}

import { escapedText, escapedValue } from './canonical.ts'
import { forbiddenAt, isName } from './names.ts'

/** A piece of XML that was written by `element`, and so is whole; text becomes it only by being escaped. */
export interface Markup {
  readonly markup: string
}

export type Content = string | Markup | null | undefined | false | readonly Content[]
/** Attributes and `xmlns…`; null and undefined are left out. */
export type Attributes = Readonly<Record<string, string | null | undefined>>

/** A character that no XML can hold was to be written: whoever gives the text has to encode it first. */
export class XmlUnwritable extends Error {
  override name = 'XmlUnwritable'
}

/** One element; strings inside are text, null, undefined and false nothing. */
export function element(name: string, attributes: Attributes, ...content: readonly Content[]): Markup {
  let tag = named(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) tag += ` ${named(key)}="${escapedValue(writable(value))}"`
  const inside = content.map(written).join('')
  return { markup: inside === '' ? `<${tag}/>` : `<${tag}>${inside}</${name}>` }
}

/** An element that holds only text, or nothing where there is no text to hold. */
export const optional = (name: string, text: string | null | undefined): Markup | null =>
  text === null || text === undefined ? null : element(name, {}, text)

/** XML that is known to be well-formed where it will stand: a part of a document that was read, or of one that was written. */
export const verbatim = (markup: string): Markup => ({ markup })

/** The bytes of a document. */
export const documentBytes = (root: Markup): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}`, 'utf8')

function written(content: Content): string {
  if (content === null || content === undefined || content === false) return ''
  if (typeof content === 'string') return escapedText(writable(content))
  return 'markup' in content ? content.markup : content.map(written).join('')
}

function writable(text: string): string {
  const at = forbiddenAt(text)
  if (at >= 0) throw new XmlUnwritable(`character U+${(text.codePointAt(at) ?? 0).toString(16).padStart(4, '0')} at ${at}`)
  return text
}

function named(name: string): string {
  if (!name.split(':').every(isName) || name.split(':').length > 2) throw new XmlUnwritable(`${name} is no name`)
  return name
}

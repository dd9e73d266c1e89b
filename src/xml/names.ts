/** Characters of XML 1.0 (fifth edition), productions 2, 4 and 4a, and of NCName (Namespaces in XML 1.0, production 4). */
const nameStart =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const nameRest = `${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040`
const ncName = `[${nameStart}][${nameRest}]*`

/** Sticky: set `lastIndex` first. Group 1 is the prefix, group 2 the local name. */
export const qualifiedName = () => new RegExp(`(?:(${ncName}):)?(${ncName})`, 'uy')
/** A target of an instruction, sticky: no colon, by Namespaces in XML 1.0, 7. */
export const plainName = () => new RegExp(ncName, 'uy')

const wholeName = new RegExp(`^${ncName}$`, 'u')
export const isName = (text: string): boolean => wholeName.test(text)

/** What no XML 1.0 document may hold, neither as it is nor as a reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/u

/** Place of the first character that XML cannot hold, or -1. */
export const forbiddenAt = (text: string): number => text.search(forbidden)

/**
 * What nobody can see and nothing can keep: control characters but tab and line ends, halves of surrogate pairs, and marks that turn the
 * direction of the letters after them, so that a name reads otherwise than it is written. The database refuses U+0000, a hash half a pair.
 */
const invisible = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu

export const withoutInvisible = (text: string): string => text.replaceAll(invisible, '')

export const hasInvisible = (text: string): boolean => withoutInvisible(text) !== text

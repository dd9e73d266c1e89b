import { randomInt } from 'node:crypto'

/** Without letters that are read wrongly aloud or on paper. */
const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Told once, used once: at the next sign-in the person chooses their own. About 79 bits. */
export const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')

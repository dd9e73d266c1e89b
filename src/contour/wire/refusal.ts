import { randomUUID } from 'node:crypto'
import { faultMarkup, type ShepCode, shepCodes, wordsOf } from '../../gateway/shep/faults.ts'
import type { Operation } from '../../gateway/shep/names.ts'
import type { Markup } from '../../xml/write.ts'
import type { Note } from '../watch/watch.ts'

/** Why the gateway does not take a message. Ends the way of a message through the contour; only this folder sees it thrown. */
export class Refused extends Error {
  override name = 'Refused'
  readonly code: string
  readonly notes: readonly Note[]
  /** errorMessage; absent: the usual one of the code. */
  readonly words: string | undefined

  constructor(code: string, errorData: string, notes: readonly Note[], words?: string) {
    super(errorData)
    this.code = code
    this.notes = notes
    this.words = words
  }
}

/** Codes of ours, where no code of the gateway is public. All begin with DEMO. */
export const ownCodes = ['DEMO-SENDER', 'DEMO-FULL'] as const

const isPublic = (code: string): code is ShepCode => shepCodes.some((known) => known === code)

/** The gateway's own words in Russian, as practice has them; a code of ours is told by itself. */
export const messageOf = (code: string): string => (isPublic(code) ? wordsOf(code).ru : code)

export const newSession = () => `{${randomUUID()}}`

export function refusalMarkup(operation: Operation, namespace: string, { code, message, words }: Refused, at: string): Markup {
  return faultMarkup(operation, namespace, {
    errorCode: code,
    errorMessage: words ?? messageOf(code),
    ...(message === '' ? {} : { errorData: writable(message).slice(0, 500) }),
    errorDate: at,
    sessionId: newSession(),
  })
}

/** What a parser says may repeat signs that no XML holds. */
const writable = (text: string) => text.toWellFormed().replaceAll(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')

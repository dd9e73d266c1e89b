import { z } from 'zod'
import type { BilingualText, TechnicalFailure } from '../failure.ts'
import { technicalFailure } from '../failures.ts'
import { dictItem, type Person, person } from './person.ts'

/** The register's response after the envelope is taken off and the XML read: the same for every wire. */
const response = z.object({
  messageId: z.string(),
  messageDate: z.string(),
  requestId: z.string(),
  sender: dictItem,
  receiver: dictItem,
  messageResult: dictItem,
  persons: z.object({ person: z.array(z.unknown()).default([]) }).optional(),
})
export type RegisterResponse = z.input<typeof response>

export type Reading =
  | { readonly kind: 'found'; readonly person: Person; readonly answerId: string }
  | { readonly kind: 'notFound'; readonly code: string; readonly text: BilingualText; readonly answerId: string }
  | TechnicalFailure

/**
 * What a response says. The register publishes no code for "no such person": nobody in `persons` says so, whatever the code, and its words
 * are kept. Whatever is not an answer to this question - another request's, another person's, another shape - is a failure, never "no data".
 */
export function readResponse(raw: unknown, asked: { readonly requestId: string; readonly iin: string }): Reading {
  const read = response.safeParse(raw)
  if (!read.success || read.data.requestId !== asked.requestId) return unreadable()
  const { persons, messageResult, messageId } = read.data
  const [first, ...others] = persons?.person ?? []
  if (first === undefined) {
    const text = { kk: messageResult.nameKz, ru: messageResult.nameRu }
    return { kind: 'notFound', code: messageResult.code, text, answerId: messageId }
  }
  const who = person.safeParse(first)
  // One IIN is one person: two of them, or somebody else, is an answer that nobody may act upon.
  if (!who.success || who.data.iin !== asked.iin || others.length > 0) return unreadable()
  return { kind: 'found', person: who.data, answerId: messageId }
}

/** Asked again it would say the same: a person has to look. */
const unreadable = (): TechnicalFailure => technicalFailure('remote-service-error', false)

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { application, progress, refusal } from './payload.testing.ts'
import { payload, payloadDigest } from './payload.ts'
import { messageSchema } from './schema.ts'

describe('a message', () => {
  it('is read and told apart by its digest', () => {
    for (const said of [application(), progress(), refusal()]) expect(payloadDigest(payload.parse(said))).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the same wherever its files were laid', () => {
    const said = application()
    const [document] = said.documents
    if (document?.file === undefined) throw new Error('the sample has no file')
    const elsewhere = { ...said, documents: [{ ...document, file: { ...document.file, place: 'somewhere-else' } }] }
    expect(payloadDigest(elsewhere)).toBe(payloadDigest(said))
    const other = { ...said, documents: [{ ...document, file: { ...document.file, size: 1 } }] }
    expect(payloadDigest(other)).not.toBe(payloadDigest(said))
  })

  it('has its schema in docs/schema/message.json, as npm run docs writes it', () => {
    expect(readFileSync('docs/schema/message.json', 'utf8')).toBe(messageSchema())
  })

  // Found by fuzzing (test/fuzz): the shape was right, and the digest was refused by an exception.
  it('is none where its text has half a surrogate pair', () => {
    const said = progress()
    expect(payload.safeParse({ ...said, law: { ...said.law, regulation: '\udc00' } }).success).toBe(false)
    expect(payload.safeParse({ ...said, law: { ...said.law, regulation: '😀' } }).success).toBe(true)
  })
})

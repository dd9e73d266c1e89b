import { describe, expect, it } from 'vitest'
import { application, progress, refusal } from './payload.testing.ts'
import { payload, payloadDigest } from './payload.ts'

describe('a message', () => {
  it('is read and told apart by its digest', () => {
    for (const said of [application(), progress(), refusal()]) expect(payloadDigest(payload.parse(said))).toMatch(/^[0-9a-f]{64}$/)
  })

  // Found by fuzzing (test/fuzz): the shape was right, and the digest was refused by an exception.
  it('is none where its text has half a surrogate pair', () => {
    const said = progress()
    expect(payload.safeParse({ ...said, law: { ...said.law, regulation: '\udc00' } }).success).toBe(false)
    expect(payload.safeParse({ ...said, law: { ...said.law, regulation: '😀' } }).success).toBe(true)
  })
})

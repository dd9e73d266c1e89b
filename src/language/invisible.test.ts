import { describe, expect, it } from 'vitest'
import { hasInvisible, withoutInvisible } from './invisible.ts'

describe('what cannot be seen', () => {
  it('is taken out, and nothing else', () => {
    expect(withoutInvisible('Се\u0000рік\u202E оглу\ud800\u007f')).toBe('Серік оглу')
    const kept = 'Әйгүл\tҚұрманғазықызы 😀\r\nҺ'
    expect(withoutInvisible(kept)).toBe(kept)
    expect([hasInvisible(kept), hasInvisible('\udc00'), hasInvisible('a\u2067b')]).toEqual([false, true, true])
  })
})

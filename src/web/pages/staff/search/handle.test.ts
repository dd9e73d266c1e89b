import { describe, expect, it } from 'vitest'
import { openSearch, positionOf, sealSearch } from './handle.ts'

describe('the address of a search', () => {
  const asked = { typed: '730219497389', after: { opened: { openedAt: '2019-10-14T04:00:00Z', home: 750, case: '750-191014-00000-1' } } }

  it('opens to whoever made it, in their session alone', () => {
    const handle = sealSearch(asked, 'token')
    expect(openSearch(handle, 'token')).toEqual(asked)
    expect(openSearch(handle, 'another')).toBeNull()
    expect(openSearch(`${handle.slice(0, -2)}AA`, 'token')).toBeNull()
    expect(openSearch('', 'token')).toBeNull()
    expect(openSearch('AAAA', 'token')).toBeNull()
  })

  it('says nothing of what was searched, and is another each time', () => {
    const [one, other] = [sealSearch(asked, 'token'), sealSearch(asked, 'token')]
    expect(one).not.toBe(other)
    for (const text of [one, Buffer.from(one, 'base64url').toString('latin1')]) expect(text).not.toContain('7302')
    expect(one).toMatch(/^[\w-]+$/)
  })

  it('keeps of a row only what finds the next page', () => {
    const row = { word: { word: 'ahmetova', case: 'a', key: 'surname', iin: '730219497389', name: 'Ахметова' } }
    expect(positionOf(row)).toEqual({ word: { word: 'ahmetova', case: 'a', key: 'surname' } })
  })
})

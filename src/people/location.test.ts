import { describe, expect, it } from 'vitest'
import { location, settlementOf } from './location.ts'

const at = (kato: string) => ({ kato })

describe('the place of intake', () => {
  it('is the same for all districts of a city of republican significance', () => {
    expect(location(at('751410000'), at('751210000'))).toBe('local')
    expect(location(at('711110000'), at('751210000'))).toBe('nonLocal')
  })

  it('is the same within a city of regional significance, not between it and a district', () => {
    expect(location(at('151010000'), at('151020000'))).toBe('local')
    expect(location(at('151010000'), at('154630100'))).toBe('nonLocal')
  })

  it('is another in each village of a district', () => {
    expect(location(at('154630100'), at('154630100'))).toBe('local')
    expect(location(at('154630100'), at('154633100'))).toBe('nonLocal')
    expect(settlementOf('154630100')).toBe('154630100')
  })

  it('is not the same in two regions that number their cities alike', () => {
    expect(location(at('151010000'), at('111010000'))).toBe('nonLocal')
  })
})

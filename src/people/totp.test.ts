import { describe, expect, it } from 'vitest'
import { newRecoveryCodes, readRecoveryCode, recoveryDigest } from './recoveryCodes.ts'
import { codeAt, keyUri, newSecret, stepOf, typedSecret } from './totp.ts'

/** RFC 6238, appendix B: SHA-1; its codes have eight digits, of which ours are the last six. */
const secret = Buffer.from('12345678901234567890')
const vectors = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

describe('one-time codes', () => {
  it.each(vectors)('at %i s are those of RFC 6238', (seconds, eight) => {
    expect(codeAt(secret, seconds * 1000)).toBe(eight.slice(2))
    expect(stepOf(secret, eight.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
  })

  it('are taken one step before and after their own, and say which step it was', () => {
    const now = 1_234_567_890_000
    const code = codeAt(secret, now)
    const step = Math.floor(now / 30_000)
    const late = [-60, -30, 0, 30, 60].map((seconds) => stepOf(secret, code, now + seconds * 1000))
    expect(late).toEqual([null, step, step, step, null])
  })

  it.each(['', '12345', '1234567', '١٢٣٤٥٦', '12345a', ' 123456'])('are not %j', (typed) => {
    expect(stepOf(secret, typed, 0)).toBeNull()
  })

  it('come from 160 random bits, which a telephone reads or somebody types', () => {
    expect(newSecret()).toHaveLength(20)
    expect(newSecret().equals(newSecret())).toBe(false)
    expect(typedSecret(secret)).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
    const uri = new URL(keyUri(secret, 'Qyzmet qyzmet.example.kz', 'almaty.clerk'))
    expect(decodeURIComponent(uri.pathname)).toContain('Qyzmet qyzmet.example.kz:almaty.clerk')
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      ...{ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', algorithm: 'SHA1', digits: '6', period: '30' },
    })
  })
})

describe('recovery codes', () => {
  it('are ten, unlike each other, and are read however they were typed', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
      const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
      expect(readRecoveryCode(` ${typed} `)).toBe(code.replaceAll('-', ''))
    }
    for (const typed of ['', '123456', 'UUUU-UUUU-UUUU-UUUU', `${codes[0]}0`]) expect(readRecoveryCode(typed)).toBeNull()
  })

  it('are kept as digests that serve for one person alone', () => {
    const [code = ''] = newRecoveryCodes()
    expect(recoveryDigest('a', code).equals(recoveryDigest('a', readRecoveryCode(code) ?? ''))).toBe(true)
    expect(recoveryDigest('a', code).equals(recoveryDigest('b', code))).toBe(false)
  })
})

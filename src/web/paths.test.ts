import { describe, expect, it } from 'vitest'
import { casePath, localPath, paperPath, stepPath, tellingSince } from './paths.ts'

describe('addresses', () => {
  it('escapes what comes from data', () => {
    expect(stepPath('075-191014-00000-0', 'accept')).toBe('/cases/075-191014-00000-0/steps/accept')
    expect(casePath('../x')).toBe('/cases/..%2Fx')
    expect(paperPath('1', 'a/b?c')).toBe('/cases/1/papers/a%2Fb%3Fc')
    expect(tellingSince(casePath('1'), 7)).toBe('/cases/1?since=7')
  })

  it('leads nowhere but to this server after signing in', () => {
    expect(localPath('/work?after=x')).toBe('/work?after=x')
    const elsewhere = [
      '//evil.example/',
      '/\\evil.example',
      'https://evil.example/',
      'work',
      '',
      undefined,
      '/%',
      '/\t/evil.example',
      '/.//evil.example',
    ]
    const hosts = elsewhere.map((wanted) => new URL(localPath(wanted) ?? '/', 'http://here.invalid').host)
    expect(new Set(hosts)).toEqual(new Set(['here.invalid']))
  })
})

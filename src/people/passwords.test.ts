import { argon2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkPassword } from './passwordRules.ts'
import { isOutdated, nobodysPassword, opensPassword, sealPassword } from './passwords.ts'

describe('a sealed password', () => {
  it('opens to the same password alone, composed or decomposed, and is salted anew', async () => {
    const sealed = await sealPassword('Ыстық күнгі шай')
    expect(await opensPassword('Ыстық күнгі шай'.normalize('NFD'), sealed)).toBe(true)
    expect(await opensPassword('ыстық күнгі шай', sealed)).toBe(false)
    expect(await sealPassword('Ыстық күнгі шай')).not.toBe(sealed)
  })

  it('is argon2id with the parameters of the OWASP sheet', async () => {
    const sealed = await sealPassword('Ыстық күнгі шай')
    const [, algorithm, version, parameters, salt = '', tag = ''] = sealed.split('$')
    expect([algorithm, version, parameters]).toEqual(['argon2id', 'v=19', 'm=19456,t=2,p=1'])
    const nonce = Buffer.from(salt, 'base64')
    const expected = argon2Sync('argon2id', { message: 'Ыстық күнгі шай', nonce, memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 })
    expect(Buffer.from(tag, 'base64').equals(expected)).toBe(true)
  })

  it('is outdated when it was sealed with other parameters, and nobody has the password of nobody', async () => {
    const sealed = nobodysPassword()
    expect(isOutdated(sealed)).toBe(false)
    expect(isOutdated(sealed.replace('m=19456', 'm=9216'))).toBe(true)
    expect(await opensPassword('', sealed)).toBe(false)
  })

  it('in another form is a breakage, not a wrong password', async () => {
    await expect(opensPassword('x', 'plain')).rejects.toThrow()
  })
})

const of = { login: 'almaty.clerk', name: { surname: 'Қасымова', name: 'Айгүл' } }
const verdict = (password: string): string => {
  const answer = checkPassword(password, of)
  return answer.ok ? 'yes' : answer.error.code
}

describe('a new password', () => {
  it.each([
    ['тоғыз', 'passwordShort'],
    ['ә'.repeat(9), 'passwordShort'],
    ['x'.repeat(201), 'passwordLong'],
    ['aaaaaaaaaaaa', 'passwordMonotonous'],
    ['abababababab', 'passwordMonotonous'],
    ['1234567890', 'passwordMonotonous'],
    ['9876543210', 'passwordMonotonous'],
    ['Password123', 'passwordCommon'],
    ['қазақстан2019', 'passwordCommon'],
    ['almaty.clerk1', 'passwordOwnName'],
    ['Қасымова2019', 'passwordOwnName'],
    ['qyzmet-demo', 'passwordCommon'],
  ])('%s: %s', (password, code) => {
    expect(verdict(password)).toBe(code)
  })

  it.each(['жеті қазына тоғыз', 'correct horse battery', 'T7#mq2!xPz'])('%s may be set', (password) => {
    expect(verdict(password)).toBe('yes')
  })
})

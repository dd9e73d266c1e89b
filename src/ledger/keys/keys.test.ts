import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newKey, seal, unseal } from './cipher.ts'
import { keyRingIn, keyRingOf } from './keyRing.ts'

const folders: string[] = []

afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true })
})

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'qyzmet-keys-'))
  folders.push(made)
  return made
}

describe('sealing', () => {
  it('opens with the same key and context only', () => {
    const key = newKey()
    const sealed = seal(key, 'a', Buffer.from('қызмет'))
    expect(unseal(key, 'a', sealed).toString()).toBe('қызмет')
    expect(() => unseal(key, 'b', sealed)).toThrow()
    expect(() => unseal(newKey(), 'a', sealed)).toThrow()
  })

  it('notices every bent byte', () => {
    const key = newKey()
    const sealed = seal(key, 'a', Buffer.from('x'))
    for (let n = 0; n < sealed.length; n++) {
      const bent = Buffer.from(sealed)
      bent.writeUInt8((bent.readUInt8(n) + 1) % 256, n)
      expect(() => unseal(key, 'a', bent)).toThrow()
    }
  })

  it('refuses a shortened tag', () => {
    const key = newKey()
    expect(() => unseal(key, 'a', seal(key, 'a', Buffer.from('')).subarray(0, -4))).toThrow()
  })
})

describe('the installation’s key', () => {
  it('is made once, closed to others, and stays the same', async () => {
    const at = join(folder(), 'keys')
    const wrapped = await keyRingIn(at).wrap(Buffer.alloc(32, 5), '7/T-1')
    expect(await keyRingIn(at).unwrap(wrapped, '7/T-1')).toEqual(Buffer.alloc(32, 5))
    expect(statSync(join(at, 'master.key')).mode & 0o777).toBe(0o600)
    expect(statSync(at).mode & 0o777).toBe(0o700)
    expect(readdirSync(at)).toEqual(['master.key'])
  })

  it('does not open a key that was wrapped for another case', async () => {
    const ring = keyRingOf(newKey())
    const wrapped = await ring.wrap(newKey(), '7/T-1')
    expect(() => ring.unwrap(wrapped, '7/T-2')).toThrow()
  })

  it('is never replaced when it is damaged', () => {
    const at = folder()
    writeFileSync(join(at, 'master.key'), 'short')
    expect(() => keyRingIn(at)).toThrow(/32 bytes/)
  })
})

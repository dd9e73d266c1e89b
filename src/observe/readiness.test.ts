import { describe, expect, it } from 'vitest'
import { createReadiness } from './readiness.ts'

const reasons = async (readiness: ReturnType<typeof createReadiness>) => {
  const { ready, conditions } = await readiness.ask()
  return [ready, Object.fromEntries(conditions.map(({ name, reason }) => [name, reason]))]
}

describe('readiness', () => {
  it('holds when every condition does, and says which does not and why', async () => {
    const readiness = createReadiness({ keepMs: -1 })
    let away: string | null = null
    readiness.require('database', () => away)
    readiness.require('law', async () => null)
    expect(await reasons(readiness)).toEqual([true, { database: null, law: null }])
    away = 'away'
    expect(await reasons(readiness)).toEqual([false, { database: 'away', law: null }])
  })

  it('does not wait beyond its bound, nor begin a second look while one hangs', async () => {
    const readiness = createReadiness({ boundMs: 20, keepMs: -1 })
    let looks = 0
    const { promise, resolve } = Promise.withResolvers<null>()
    readiness.require('database', () => {
      looks += 1
      return promise
    })
    expect(await reasons(readiness)).toEqual([false, { database: 'noAnswer' }])
    expect(await reasons(readiness)).toEqual([false, { database: 'noAnswer' }])
    expect(looks).toBe(1)
    resolve(null)
    await promise
    expect(await reasons(readiness)).toEqual([true, { database: null }])
  })

  it('takes a look that throws for a condition that does not hold', async () => {
    const readiness = createReadiness({ keepMs: -1 })
    readiness.require('keys', () => {
      throw new Error('850412499913')
    })
    readiness.require('disk', () => Promise.reject(new Error('850412499913')))
    expect(await reasons(readiness)).toEqual([false, { keys: 'failed', disk: 'failed' }])
  })

  it('tells again what it saw a moment ago, but what is held at once', async () => {
    let now = 0
    let looks = 0
    const readiness = createReadiness({ keepMs: 500, machine: () => now })
    readiness.require('law', () => {
      looks += 1
      return null
    })
    await readiness.ask()
    now = 400
    const release = readiness.hold('draining', 'stopping')
    expect(await reasons(readiness)).toEqual([false, { law: null, draining: 'stopping' }])
    release()
    expect(await reasons(readiness)).toEqual([true, { law: null }])
    expect(looks).toBe(1)
    now = 1000
    await readiness.ask()
    expect(looks).toBe(2)
  })
})

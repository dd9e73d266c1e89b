import { describe, expect, it } from 'vitest'
import { isAway } from './database.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })
const thrownBy = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (cause) {
    return cause
  }
}

describe('a database that is away', () => {
  it('is told from every failure of the network and of the driver', () => {
    const driver = ['Connection terminated unexpectedly', 'Connection terminated', 'timeout expired', 'timeout exceeded when trying to connect', 'Client was closed and is not queryable'] // biome-ignore format: one list
    for (const message of driver) expect(isAway(new Error(message)), message).toBe(true)
    for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ETIMEDOUT']) expect(isAway(coded(code)), code).toBe(true)
  })

  // Found by fuzzing (test/fuzz): the import of an event that is cut off waited for the database to come back.
  it('is not seen in a failure of our own that happens to use its words', () => {
    expect(isAway(thrownBy(() => JSON.parse('{"a":"b')))).toBe(false)
    expect(isAway(new TypeError('the connection of undefined'))).toBe(false)
    expect(isAway(new Error('Undetermined'))).toBe(false)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ShiftedClock } from '../src/desk/clock.ts'
import { type OpenedHouse, openHouse } from '../src/main.ts'
import { demonstrationPassword } from '../src/people/demonstration.ts'
import { dropDatabase, newDatabase } from './ledger/database.ts'

export interface TestHouse extends OpenedHouse {
  readonly clock: ShiftedClock
  /** Folder of the installation's keys. */
  readonly keys: string
  /** A bearer token of somebody of the demonstration: `almaty.clerk`. */
  signIn(login: string): Promise<string>
}

/** A whole demonstration against a fresh database, opened as `npm start` opens it but without a socket. Whoever opens it closes it. */
export async function openTestHouse(): Promise<TestHouse> {
  const data = mkdtempSync(join(tmpdir(), 'qyzmet-house-'))
  const databaseUrl = await newDatabase()
  const remove = async () => {
    await dropDatabase(databaseUrl)
    rmSync(data, { recursive: true, force: true })
  }
  const opened = await openHouse({
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data,
    databaseUrl,
    publicUrl: 'http://127.0.0.1:8080',
    regulations: resolve(import.meta.dirname, '..', 'regulations'),
    keys: join(data, 'keys'),
  }).catch(async (cause) => {
    await remove()
    throw cause
  })
  const { house } = opened
  const clock = house.demonstration?.clock
  if (clock === undefined) throw new Error('the demonstration has no clock')
  return {
    ...opened,
    clock,
    keys: join(data, 'keys'),
    signIn: async (login) => {
      const signed = await house.people.signIn({ login, password: demonstrationPassword, address: '127.0.0.1' }, 'token')
      if (!signed.ok) throw new Error(`${login}: ${signed.error.code}`)
      return signed.value.token
    },
    close: async () => {
      await opened.close()
      await remove()
    },
  }
}

/** The same for one piece of work; gone afterwards. */
export async function withHouse<T>(work: (house: TestHouse) => Promise<T>): Promise<T> {
  const house = await openTestHouse()
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}

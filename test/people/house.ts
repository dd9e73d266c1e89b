import { resolve } from 'node:path'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { buildLibrary } from '../../src/law/library.ts'
import { rolesOf } from '../../src/law/roles.ts'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { migratePeople } from '../../src/people/migrate.ts'
import { openPeople, type People, type PeopleOptions } from '../../src/people/people.ts'
import { dropDatabase, newDatabase, testKeyRing } from '../ledger/database.ts'

export interface House {
  people: People
  /** Another server process over the same database. */
  another(options?: Pick<PeopleOptions, 'factorRequired'>): Promise<People>
  clock: { now: number; today: string }
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  database: ReturnType<typeof openDatabase>
}

const { library } = buildLibrary(await readLawFiles(resolve(import.meta.dirname, '..', '..', 'regulations')))
const roles = rolesOf(library?.regulations ?? [])

/** A fresh database with the tables of people, and people whose clocks the test moves. */
export async function withPeople(work: (house: House) => Promise<void>): Promise<void> {
  const url = await newDatabase()
  const clock = { now: Date.UTC(2026, 10, 23, 4), today: '2019-10-14' }
  const closing: (() => Promise<void>)[] = []
  const open = async (options: Pick<PeopleOptions, 'factorRequired'> = {}) => {
    const database = openDatabase({ url })
    await migratePeople(database)
    const people = await openPeople({
      ...{ database, keyRing: testKeyRing, machineClock: () => clock.now, today: () => clock.today, roles: () => roles },
      ...options,
    })
    closing.push(async () => {
      people.close()
      await database.close()
    })
    return { database, people }
  }
  const { database, people } = await open()
  try {
    const query = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows
    await work({ people, clock, database, query, another: async (options) => (await open(options)).people })
  } finally {
    for (const close of closing) await close()
    await dropDatabase(url)
  }
}

export const seed = { kind: 'seed' } as const
export const password = 'жеті қазына тоғыз'

export const directorate = {
  id: 'almaty.directorate',
  kind: 'directorate',
  at: 'provider',
  region: 'almaty',
  home: 75,
  name: { kk: 'Білім басқармасы', ru: 'Управление образования' },
  address: { kk: 'Республика алаңы, 4', ru: 'площадь Республики, 4' },
  phone: '+7 (727) 000-00-01',
  bin: '160440007161',
  kato: '750000000',
  units: [
    { id: 'office', title: { kk: 'Кеңсе', ru: 'Канцелярия' } },
    { id: 'section', title: { kk: 'Бөлім', ru: 'Отдел' } },
  ],
} as const

export const grant = (role: 'clerk' | 'head' | 'specialist' | 'administrator', more: { from?: string; until?: string } = {}) =>
  ({ role, organisation: 'almaty.directorate', unit: 'office', from: '2015-01-01', ...more }) as const

export const person = (login: string, ...grants: ReturnType<typeof grant>[]) => ({
  login,
  name: { surname: 'Сейітқали', name: 'Әсем', patronymic: 'Ерланқызы' },
  iin: null,
  post: { kk: 'кеңсе қызметкері', ru: 'сотрудник канцелярии' },
  grants,
})

/** The value of an answer that must be yes. */
export function value<T>(answer: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.value
}

export const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }): string => (answer.ok ? 'yes' : answer.error.code)

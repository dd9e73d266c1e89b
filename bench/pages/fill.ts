import { play } from '../../src/desk/demonstration/play.ts'
import { readStories } from '../../src/desk/demonstration/stories.ts'
import type { OpenedHouse } from '../../src/main.ts'
import type { SigningSeal } from '../../src/seal/seal.ts'
import { gather } from './gather.ts'
import { inventStories } from './invent.ts'

const setting = 'benchPages'
/** Cases that are in memory and on their way at a time. */
const together = 12

/** Plays so many cases through the real desk into the house's ledger, once in the life of a database; tells how many are there. */
export async function fill({ house, ledger }: OpenedHouse, seal: SigningSeal, count: number, until: number, tell: (done: number) => void) {
  const kept = await ledger.settings.get(setting)
  const done = typeof kept === 'number' ? kept : 0
  const paces = readStories()
  const told = inventStories(count, until).slice(done)
  const taken = new Set(await numbers(ledger.database))
  for (let from = 0; from < told.length; from += together) {
    const gathering = gather(ledger, taken)
    const parts = { ledger: gathering.ledger, statutes: house.statutes, people: house.people, seal, until }
    await Promise.all(told.slice(from, from + together).map(({ story, applicant }) => play(parts, paces, story, applicant)))
    await gathering.flush()
    const now = done + Math.min(from + together, told.length)
    await ledger.settings.set(setting, now)
    tell(now)
  }
  await ledger.database.query({ name: 'bench_analyze', text: 'analyze', values: [] })
  return Math.max(done, count)
}

async function numbers(database: OpenedHouse['ledger']['database']): Promise<string[]> {
  const rows = await database.query<{ number: string }>({ name: 'bench_numbers', text: 'select number from case_head', values: [] })
  return rows.map(({ number }) => number)
}

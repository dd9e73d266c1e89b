import { join, resolve } from 'node:path'
import { type OpenedHouse, openHouse } from '../../src/main.ts'

/** What million.ts left in the ledger. */
export interface Prepared {
  readonly cases: number
  readonly open: number
  /** The law's moment at which its history ends. */
  readonly until: string
}

/** The house over a data folder as it is served, its clock put to the end of the told history. */
export async function openPrepared(folder: string): Promise<{ opened: OpenedHouse; prepared: Prepared }> {
  const data = resolve(folder)
  const opened = await openHouse({
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data,
    databaseUrl: undefined,
    publicUrl: 'http://127.0.0.1:8080',
    regulations: resolve(import.meta.dirname, '../../regulations'),
    keys: join(data, 'keys'),
  })
  const prepared = await preparedIn(opened)
  if (prepared === null) {
    await opened.close()
    throw new Error(`${data} was not made by bench:million`)
  }
  return { opened, prepared }
}

/** null: the ledger was not made by million.ts. Puts the clock to its end otherwise. */
export async function preparedIn({ house, ledger }: OpenedHouse): Promise<Prepared | null> {
  const kept = await ledger.settings.get('benchMillion')
  if (kept === undefined) return null
  const prepared = kept as unknown as Prepared // as: written by million.ts
  const clock = house.demonstration?.clock
  if (clock !== undefined && clock.now() - Date.parse(prepared.until) > 600_000) await clock.set(Date.parse(prepared.until))
  return prepared
}

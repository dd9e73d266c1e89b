import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { draw, drawWhole } from '../draw.ts'
import { findFaketime } from '../house/able.ts'
import type { Installation } from '../house/installation.ts'
import type { Fault } from './fault.ts'

/** Days forward and back, or back and forward; hours and minutes too, so that it is another time of the day. */
function leaps(name: string): readonly number[] {
  const minutes = drawWhole(`${name}/leap`, 5, 4 * 24 * 60)
  const [there, back] = draw(`${name}/first`) < 0.5 ? [minutes, -minutes] : [-minutes, minutes]
  return [there, back]
}

const told = (minutes: readonly number[]) => minutes.map((one) => `${one > 0 ? '+' : ''}${one} min`).join(', ')

/** A server that has more than it can do sends everybody away for a while, also whoever would set the clock. */
async function asked(url: string, init?: RequestInit): Promise<{ now: string }> {
  for (let attempt = 1; ; attempt++) {
    const got = await fetch(url, init)
    if (got.ok) return (await got.json()) as { now: string } // as: the API's own description
    if (attempt === 100) throw new Error(`The clock does not answer: ${got.status} ${await got.text()}`)
    await sleep(100)
  }
}

/** The law's clock by its own port, as an administrator of the demonstration sets it. */
export const stepClock: Fault = {
  strike: async ({ servers: [first, second] }, { name }) => {
    const all = leaps(name)
    for (const [turn, minutes] of all.entries()) {
      const url = `${(draw(`${name}/${turn}`) < 0.5 ? first : second).url()}/api/v1/demo/clock`
      const { now } = await asked(url)
      const to = new Date(Date.parse(now) + minutes * 60_000).toISOString()
      await asked(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ now: to }) })
      await sleep(drawWhole(`${name}/${turn}/pause`, 400, 1400))
    }
    return { text: told(all) }
  },
}

const clockFile = ({ folder }: Installation) => join(folder, 'clock')
const setDatabaseClock = (house: Installation, minutes: number) =>
  writeFileSync(clockFile(house), `${minutes < 0 ? '-' : '+'}${Math.abs(minutes * 60)}\n`)

/** The database's clock alone: libfaketime in its processes reads how far to lie from a file. The machine's clock is never touched. */
export const stepDatabaseClock: Fault = {
  prepare: async (house) => {
    setDatabaseClock(house, 0)
    const env = {
      LD_PRELOAD: findFaketime() ?? '',
      FAKETIME_TIMESTAMP_FILE: clockFile(house),
      FAKETIME_NO_CACHE: '1',
      // What waits must not wait for days.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    }
    await house.postgres.stop()
    await house.postgres.start({ env })
    await house.raise()
  },
  strike: async (house, { name }) => {
    const [there = 0] = leaps(name)
    const seen: number[] = []
    for (const minutes of [there, 0]) {
      setDatabaseClock(house, minutes)
      const [row] = await house.database.query<{ now: string }>({ name: 'survive_now', text: 'select now() as now' })
      seen.push(Math.round((Date.parse(row?.now ?? '') - Date.now()) / 60_000))
      await sleep(drawWhole(`${name}/${minutes}/pause`, 400, 1400))
    }
    return seen[0] === there ? { text: told([there, -there]) } : { text: '', missed: `the database said ${seen[0]} min, not ${there}` }
  },
  undo: async (house) => {
    await house.postgres.stop()
    await house.postgres.start()
    await house.raise()
  },
}

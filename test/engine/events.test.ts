import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toCaseEvent, toNewEvents } from '../../src/desk/events.ts'
import { type CaseEvent, eventTypes } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import type { Law } from '../../src/law/model.ts'

/** Once written, an event is read for ever: a sample of each type and schema version stays here and is never edited. */
const folder = new URL('../samples/events/', import.meta.url)
const samples = readdirSync(folder).map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseEvent] as const)
const opening = samples.find(([name]) => name === 'CaseOpened.1.json')?.[1]
const stepped = samples.find(([name]) => name === 'StepOpened.1.json')?.[1]

describe.each(samples)('%s', (name, event) => {
  it('is named by its type and schema version', () => {
    expect(name).toBe(`${event.type}.${event.schema}.json`)
  })

  it('is folded into a state', () => {
    const before = [opening, stepped].reduce<CaseState | null>((s, e) => (e === undefined ? s : evolve(s, e)), null)
    const state = event.type === 'CaseOpened' ? evolve(null, event) : evolve(before, event)
    expect(state.version).toBeGreaterThan(0)
  })

  it('comes back from the ledger as it went in', () => {
    const law = { regulation: { id: 'r', edition: '2019-08-20' }, sha256: { regulation: 'f'.repeat(64) } } as unknown as Law // only the reference to the law is read
    const [written] = toNewEvents(law, [event])
    if (written === undefined) throw new Error('nothing was written')
    const stored = { ...written, data: { ...written.data, personal: { any: 'digest' } }, home: 75, case: 'x', seq: 1, hash: '', prev: '' }
    expect(JSON.parse(JSON.stringify(toCaseEvent(stored)))).toEqual(event)
  })
})

it('there is a sample of every type', () => {
  expect(new Set(samples.map(([, event]) => event.type))).toEqual(new Set(eventTypes))
})

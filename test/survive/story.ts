import { join } from 'node:path'
import { houseOf } from '../../src/cli/theatre.ts'
import { toNewEvents } from '../../src/desk/events.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes, type Statutes } from '../../src/desk/statutes.ts'
import { decide } from '../../src/engine/case/decide.ts'
import type { CaseEvent } from '../../src/engine/case/events.ts'
import { evolve } from '../../src/engine/case/evolve.ts'
import { noticesOf } from '../../src/engine/case/notices.ts'
import { isRefusal } from '../../src/engine/case/refusal.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import { enact } from '../../src/engine/examples/enact.ts'
import type { StoredEvent } from '../../src/ledger/ledger.ts'
import { ledgerKey } from '../../survive/check/commands.ts'
import type { CommandRow, NoticeRow, SeenCase } from '../../survive/check/seen.ts'
import type { Sent } from '../../survive/load/journal.ts'

/** One case as callers have sent it and as a sound ledger holds it: what a check must find nothing wrong with. */
export interface Sound {
  readonly statutes: Statutes
  readonly sent: Sent[]
  readonly seen: SeenCase
}

const home = 75
const number = '075-191014-48213-2'

/** An example from submission to result, played in memory. */
export async function soundCase(region: 'almaty' | 'aktobe'): Promise<Sound> {
  const files = await readLawFiles(join(import.meta.dirname, '../../regulations'))
  const statutes = openStatutes(
    files,
    () => undefined,
    async () => null,
  )
  const law = statutes.library.regulations.find(({ regulation }) => regulation.region === region)
  const example = law?.examples?.examples.find((one) => one.then.end === 'served' && one.given.channel === 'corporation')
  if (law === undefined || example === undefined) throw new Error(`${region} has no example that is served`)
  const bound = statutes.bind(law)
  const drama = enact(bound.court, example, { ...houseOf(bound, example), number })
  const [sent, commands, notices, events]: [Sent[], CommandRow[], NoticeRow[], CaseEvent[]] = [[], [], [], []]
  let state: CaseState | null = null
  for (let turn = drama.next(); !turn.done; ) {
    const { command, at } = turn.value
    const decided = decide(bound.court, state, command, at)
    if (!isRefusal(decided)) {
      const before: CaseState | null = state
      for (const event of decided.events) state = evolve(state, event)
      events.push(...decided.events)
      const version = events.length
      const own = { key: `key-${version}`, sender: command.actor.id }
      commands.push({ home, key: command.do === 'answer' ? `queryRegister/${version}` : ledgerKey(own), case: number, version })
      if (command.do === 'open') {
        const wanted = { do: 'open', channel: command.channel, provider: command.provider.id } as const
        sent.push({ ...own, round: 1, home, wanted, answers: [{ status: 201, number, version }] })
      } else if (command.do === 'step') {
        const { signature: _none, ...input } = command.input
        sent.push({
          ...own,
          round: 1,
          home,
          wanted: { do: 'step', number, step: command.step, input },
          answers: [{ status: 200, number, version }],
        })
      }
      if (state !== null)
        for (const kind of noticesOf({ law: bound.court, before, after: state, events: decided.events }))
          notices.push({ key: `${version}/${kind}`, channel: 'sms', state: 'delivered', tries: 1 })
    }
    turn = drama.next(decided)
  }
  const stored = toNewEvents(law, events).map(
    (event, index): StoredEvent => ({ ...event, home, case: number, seq: index + 1, hash: '', prev: '' }),
  )
  return { statutes, sent, seen: { home, number, version: stored.length, events: stored, commands, notices } }
}

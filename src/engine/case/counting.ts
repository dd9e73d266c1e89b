import { type Deadline, deadline } from '../../time/deadline.ts'
import type { OpeningHours } from '../../time/hours.ts'
import { deliverBy, warnAt } from '../../time/meter.ts'
import type { World } from '../../time/schedule.ts'
import type { Count, Party } from './law.ts'

/** A term that cannot be told: a year that no calendar covers, hours that nobody gave. Never guessed, so it stops the command. */
export class TermUnknown extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: string, params: Readonly<Record<string, string | number>>) {
    super(`The term cannot be counted: ${code} ${JSON.stringify(params)}`)
    this.name = 'TermUnknown'
    this.code = code
    this.params = params
  }
}

/** The region's arithmetic as the engine asks for it. `hoursOf` gives an organisation's own hours, where it has them. */
export function counting(world: World, region: string, hoursOf: (organisation: string) => readonly OpeningHours[] | undefined): Count {
  const zone = world.regions.regions[region]?.zone
  if (zone === undefined) throw new TermUnknown('regionUnknown', { region })
  const party = ({ kind, organisation }: Party) => ({ kind, region, hours: organisation === null ? undefined : hoursOf(organisation) })
  return ({ value, unit, clause, from, receiver, performer }) => {
    const counted = deadline(
      { id: clause, norm: { value, unit, clause }, receivedAt: from, zone, receiver: party(receiver), performer: party(performer) },
      world,
    )
    if (!counted.ok) throw new TermUnknown(counted.error.code, counted.error.params)
    const due: Deadline = counted.value
    const proof = { ...due, deliverBy: deliverBy(due, world) }
    return { proof, warnAt: warnAt(due, world)[0]?.at ?? due.dueAt }
  }
}

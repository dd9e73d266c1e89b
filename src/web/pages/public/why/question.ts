import { isInForce, type Library } from '../../../../law/model.ts'
import { type Deadline, deadline, type TermError } from '../../../../time/deadline.ts'
import type { World } from '../../../../time/schedule.ts'
import { isDay } from '../local.tsx'
import { findNorm } from './norms.ts'

/** As typed: `norm` names one of a regulation, else `region`, `value`, `unit`, `receiver` and `performer` make one. */
export type Typed = Readonly<
  Partial<Record<'norm' | 'region' | 'value' | 'unit' | 'receiver' | 'performer' | 'date' | 'time' | 'clause', string>>
>

export type WhyAnswer =
  | { readonly kind: 'asked'; readonly due: Deadline; readonly region: string; readonly outOfForce: boolean; readonly regulation?: string }
  | { readonly kind: 'wrong'; readonly field: 'norm' | 'region' | 'value' | 'date' | 'time' }
  | { readonly kind: 'cannot'; readonly error: TermError }

const kinds = ['provider', 'corporation'] as const
const units = ['min', 'wd', 'cd'] as const

/** The same arithmetic as `qyzmet deadline` and as every case. */
export function answer(typed: Typed, library: Library, world: World): WhyAnswer {
  const { date, time = '', value = '' } = typed
  if (!isDay(date)) return { kind: 'wrong', field: 'date' }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return { kind: 'wrong', field: 'time' }
  const found = typed.norm ? findNorm(library, typed.norm, date) : undefined
  if (typed.norm && found === undefined) return { kind: 'wrong', field: 'norm' }
  const region = found?.law.regulation.region ?? typed.region ?? ''
  const zone = world.regions.regions[region]?.zone
  if (zone === undefined) return { kind: 'wrong', field: 'region' }
  if (!found && !/^[1-9]\d{0,2}$/.test(value)) return { kind: 'wrong', field: 'value' }
  const norm = found?.norm ?? {
    value: Number(value),
    unit: units.find((one) => one === typed.unit) ?? 'wd',
    // Of a case's own due date: it names the clause that it came from.
    clause: typed.clause && /^[\d.()¶\p{L} -]{1,40}$/u.test(typed.clause) ? typed.clause : null,
    receiver: kinds.find((one) => one === typed.receiver) ?? 'provider',
    performer: kinds.find((one) => one === typed.performer) ?? 'provider',
  }
  const receivedAt = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).toString({ timeZoneName: 'never' })
  const counted = deadline(
    {
      id: typed.norm ?? null,
      norm: { value: norm.value, unit: norm.unit, clause: norm.clause },
      receivedAt,
      zone,
      receiver: { kind: norm.receiver, region },
      performer: { kind: norm.performer, region },
    },
    world,
  )
  if (!counted.ok) return { kind: 'cannot', error: counted.error }
  const { regulation } = found?.law ?? {}
  const outOfForce = regulation !== undefined && !isInForce(library.inForce(regulation.service, regulation.region, date))
  return { kind: 'asked', due: counted.value, region, outOfForce, ...(regulation === undefined ? {} : { regulation: regulation.id }) }
}

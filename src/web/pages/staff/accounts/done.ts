import type { Staff } from '../../../../people/model.ts'
import type { DoorContext } from '../../../door/door.ts'
import { staffPersonPath } from '../../../paths.ts'

const done = ['renamed', 'roleGiven', 'roleEnded', 'actingAppointed', 'left', 'returned', 'secondFactorReset'] as const
export type Done = (typeof done)[number]

export interface Told {
  /** A password just made: shown this once. */
  readonly password?: string
  readonly said?: string
  readonly line?: string
}

/** Where an act on a person leads: their card, which says what was done. */
export const afterwards = (person: Staff, code: Done, given = 0): string =>
  `${staffPersonPath(person.id)}?done=${code}${given > 0 ? `&given=${given}` : ''}`

/** What has just been done, from the address to which the act led. */
export function saidOf(c: DoorContext): Told {
  const code = done.find((one) => one === c.req.query('done'))
  const count = Number(c.req.query('given') ?? 0)
  if (code === undefined) return {}
  const { t } = c.get('speech')
  const given = Number.isInteger(count) && count > 0 ? ` ${t('admin.done.given', { count })}` : ''
  return { said: `${t(`admin.done.${code}`)}${given}` }
}

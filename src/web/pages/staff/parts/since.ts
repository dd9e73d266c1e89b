import type { DoorContext } from '../../../door/door.ts'

/** The version of the case before the command whose success this page tells, or null. */
export function sinceOf(c: DoorContext): number | null {
  const given = c.req.query('since') ?? ''
  return /^\d{1,6}$/.test(given) ? Number(given) : null
}

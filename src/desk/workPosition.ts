import { hasInvisible } from '../language/invisible.ts'
import type { WorkPosition } from '../ledger/ledger.ts'

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/
const highestHome = 2 ** 31 - 1

/** Where a page of the work list begins, as an address brought it back: `[dueAt, home, case, key]`, or undefined where it is not one of ours. */
export function workPosition(value: unknown): WorkPosition | undefined {
  if (!Array.isArray(value) || value.length !== 4) return undefined
  const [dueAt, home, number, key]: unknown[] = value
  if (dueAt !== null && (typeof dueAt !== 'string' || !moment.test(dueAt) || Number.isNaN(Date.parse(dueAt)))) return undefined
  if (typeof home !== 'number' || !Number.isInteger(home) || home < 0 || home > highestHome) return undefined
  if (typeof number !== 'string' || typeof key !== 'string' || hasInvisible(number) || hasInvisible(key)) return undefined
  return { dueAt, home, case: number, key }
}

import type { Deadline } from '../../../../time/deadline.ts'
import type { Path } from '../../../paths.ts'

/**
 * The page that tells a due date at length. Nothing of a case stands in the address: a norm, a moment and whose calendars count. An organisation that
 * keeps hours of its own cannot be asked about there, so its dates have no link: the page would count by other hours.
 */
export function whyPath(proof: Deadline): Path | undefined {
  const { norm, receivedAt, receiver, performer } = proof
  const region = performer.region ?? receiver.region
  if (region === undefined || receiver.hours !== undefined || performer.hours !== undefined) return undefined
  const query = new URLSearchParams({
    region,
    value: String(norm.value),
    unit: norm.unit,
    receiver: receiver.kind,
    performer: performer.kind,
    date: receivedAt.slice(0, 10),
    time: receivedAt.slice(11, 16),
    ...(norm.clause === null ? {} : { clause: norm.clause }),
  })
  return `/why?${query.toString()}`
}

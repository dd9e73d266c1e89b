import type { Speech } from '../../../../language/speech.ts'
import type { WorkItem } from '../../../../ledger/ledger.ts'
import { leftUntil } from '../../../../time/left.ts'
import { zoneOf } from '../../../../time/moments.ts'
import type { House } from '../../../house.ts'
import { leftWords } from '../../../wording/left.ts'

export type Tone = 'overdue' | 'soon'

/** What a list says of a case's time. */
export interface LeftShown {
  readonly words: string
  readonly tone: Tone | undefined
}

type Timed = Pick<WorkItem, 'organisation' | 'dueAt' | 'norm'>

/** By the calendar and hours of the organisation whose worker the case waits for, at the law's time. */
export function leftOf(
  house: Pick<House, 'people' | 'statutes' | 'clock'>,
  { organisation, dueAt, norm }: Timed,
  speech: Speech,
): LeftShown {
  if (dueAt === null) return { words: speech.t('lists.left.untimed'), tone: undefined }
  const performer = house.people.organisation(organisation)
  const zone = zoneOf(speech.zone)
  if (performer === undefined || zone === undefined) return { words: speech.shortDateTime(dueAt), tone: undefined }
  const { at: kind, region, hours } = performer
  const left = leftUntil({ kind, region, ...(hours ? { hours } : {}) }, zone, house.clock.now(), Date.parse(dueAt), house.statutes.world)
  const unit = norm !== null && typeof norm === 'object' && !Array.isArray(norm) && typeof norm.unit === 'string' ? norm.unit : undefined
  return { words: leftWords(left, unit, dueAt, speech), tone: left.late ? 'overdue' : left.calendarDays === 0 ? 'soon' : undefined }
}

import { momentIn } from '../../../../desk/clock.ts'
import type { History } from '../../../../desk/reading.ts'
import { partyOf } from '../../../../engine/case/dues.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import type { Step } from '../../../../law/schema/step.ts'
import { handedIn, mayBeDoneForSeveral } from '../../../../law/several.ts'
import type { Staff } from '../../../../people/model.ts'
import type { Signed } from '../../../door/door.ts'
import { type SectionName, sectionsOf } from '../../../forms/sections.ts'
import type { House } from '../../../house.ts'

/** More would be neither read before they are confirmed nor done while somebody waits. */
export const mostAtOnce = 50

/** A case that may be done together with others, and what its step asks. */
export interface Together {
  readonly history: History
  readonly number: string
  readonly version: number
  readonly step: Step
  /** Whether something is taken over that is not in the reader's hands yet. */
  readonly takes: boolean
  readonly signs: boolean
  /** Whom the head may name; undefined where nobody is named. */
  readonly performers: readonly Staff[] | undefined
}

export interface LeftOut {
  readonly number: string
  readonly why: 'notYours' | 'notTogether' | 'gone' | 'awaiting' | 'tooMany'
}

/** What a step may ask of many at once: the same answer for each, or one that is chosen for each. */
const asked: ReadonlySet<SectionName> = new Set(['taken', 'assignee', 'signature'])

/** Looks at each case as it is now: those whose state is another one than the list showed are left out, and told. */
export async function gather(
  house: House,
  { who }: Signed,
  numbers: readonly string[],
): Promise<{ together: Together[]; leftOut: LeftOut[] }> {
  const all = [...new Set(numbers)]
  const wanted = all.slice(0, mostAtOnce)
  const found = new Map((await house.reading.cases(wanted, who, 'step')).map((history) => [history.file.number, history]))
  const together: Together[] = []
  const leftOut: LeftOut[] = []
  for (const number of wanted) {
    const history = found.get(number)
    const looked = history === undefined ? 'gone' : look(house, history, who.actor)
    if (typeof looked === 'string') leftOut.push({ number, why: looked })
    else together.push(looked)
  }
  for (const number of all.slice(mostAtOnce)) leftOut.push({ number, why: 'tooMany' })
  return { together, leftOut }
}

function look(house: House, history: History, actor: Signed['who']['actor']): Together | LeftOut['why'] {
  const { number, version, state, bound } = history.file
  const open = state.step
  const step = open === null ? undefined : stepOf(bound.court, open.id)
  if (open === null || step === undefined || !isTheirs(open, actor)) return 'notYours'
  if (open.awaiting !== undefined) return 'awaiting'
  const now = momentIn(house.statutes.zoneOf(bound.law.regulation.region), house.clock.now())
  const names = sectionsOf(bound.court, state, step, now).map(({ name }) => name)
  if (!mayBeDoneForSeveral(step) || !names.every((name) => asked.has(name))) return 'notTogether'
  return {
    history,
    number,
    version,
    step,
    takes: names.includes('taken'),
    signs: step.does.some(({ act }) => act === 'sign'),
    performers: names.includes('assignee') ? performersOf(house, history, step) : undefined,
  }
}

/** Those who hold the next step's role at its organisation. */
function performersOf(house: House, { file }: History, step: Step): readonly Staff[] {
  const law = file.bound.court
  const follows = step.outcomes.done
  const role = follows !== undefined && 'next' in follows ? stepOf(law, follows.next)?.actor : undefined
  const organisation = role === undefined ? null : partyOf(law, file.state, role).organisation
  return role === undefined || organisation === null ? [] : house.people.staffOf(organisation, role)
}

/** From whom the step takes and to whom it gives, as roles and organisations of the case. */
export function sidesOf({ history: { file }, step, takes }: Together) {
  const given = handedIn(step)
  const item = step.does.find((act) => act.act === 'takeOver')
  const from = takes && item?.act === 'takeOver' ? file.state.custody[item.what]?.holder : undefined
  const to =
    given?.act === 'handOver'
      ? { role: given.to, organisation: partyOf(file.bound.court, file.state, given.to).organisation ?? '' }
      : undefined
  return { from, to }
}

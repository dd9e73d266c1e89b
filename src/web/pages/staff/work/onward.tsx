import { Hono } from 'hono'
import { homeOf } from '../../../../desk/numbers.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import type { Step } from '../../../../law/schema/step.ts'
import type { ListedItem } from '../../../../ledger/ledger.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Door, type Signed, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { type Path, paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { Told } from '../parts/telling.tsx'
import { type ListPlace, listPath, listTelling, nextPath, readPlace, readTold, stepFrom, toldOf } from './place.ts'

/** From case to case through the list that the reader came from: `/work/next?from=…&after=<number>` leads to the one that follows. */
export function onwardRoutes(house: House, _frameOf: FrameOf) {
  return new Hono<Door>().get(paths.workNext, async (c) => {
    const { who } = signedIn(c)
    if (!hasDesk(who.actor.role)) throw new Refused('forbidden')
    const place = readPlace(c.req.query('from')) ?? { list: 'work', filter: {} }
    const told = readTold(c.req.query('told'))
    const words = told === undefined ? undefined : toldOf(told.number, told.since)
    if (place.list === 'round') return c.redirect(listTelling(place, words), 303)
    const next = await nextOf(house, signedIn(c), place, c.req.query('after') ?? '')
    if (next === undefined) return c.redirect(listTelling(place, words), 303)
    const here = { ...place, at: next.dueAt ?? '' }
    return c.redirect(stepFrom(next.case, next.step, here, words === undefined ? {} : { told: words }), 303)
  })
}

/** What follows the case in the list; after the last one the list begins anew, for what was passed over or came meanwhile. */
async function nextOf(house: House, { who }: Signed, { filter, at }: ListPlace, after: string): Promise<ListedItem | undefined> {
  const home = homeOf(after)
  const position = home === null || at === undefined ? undefined : { dueAt: at === '' ? null : at, home, case: after, key: '\u{10ffff}' }
  const others = (items: readonly ListedItem[]) => items.find((item) => item.case !== after)
  const following = position === undefined ? undefined : others(await house.reading.work(who, 2, position, filter))
  return following ?? others(await house.reading.work(who, 2, undefined, filter))
}

interface DoneStep {
  readonly number: string
  /** The version before it. */
  readonly since: number
  readonly state: CaseState
  readonly law: Parameters<typeof stepOf>[0]
}

/** Where the reader goes from a step that they have done. */
export function afterStep(place: ListPlace, { number, since, state, law }: DoneStep, actor: Signed['who']['actor']): Path {
  const open = state.step
  const mine = open !== null && isTheirs(open, actor) ? stepOf(law, open.id) : undefined
  if (mine !== undefined && goesOn(mine, place)) return stepFrom(number, mine.id, place, { since: String(since) })
  return nextPath(place, number, toldOf(number, since))
}

/** The same person goes on with the same case, unless it now waits for somebody to come, or the list is of another step. */
const goesOn = (step: Step, { filter }: ListPlace) => filter.step === undefined && !step.does.some(({ act }) => act === 'appear')

/** What was done in the case before this one: `told` of an address. Undefined where there is nothing to tell. */
export async function noticeOf(house: House, { who, speech }: Signed, given: string | undefined) {
  const told = readTold(given)
  if (told === undefined) return undefined
  const history = await house.reading.case(told.number, who, 'case')
  if (history === null) return undefined
  return <Told history={history} naming={namingFor(house.people, speech)} viewer={who.actor} since={told.since} named />
}

/** The way back to the list and on to its next case; `back` alone where the page itself leads on. */
export const ListWay = ({ place, number, back }: { place: ListPlace; number: string; back?: boolean }) => {
  const { t } = useSpeech()
  return (
    <nav class="q-row q-way" aria-label={t('lists.tabs')}>
      <BackLink href={listPath(place)} text={t('lists.onward.back')} attributes={{ 'data-key-back': '' }} />
      {place.list === 'work' && !back ? (
        <a class="govuk-link" href={nextPath(place, number)} data-key="n">
          {t('lists.onward.next')} <Key name="n" />
        </a>
      ) : null}
    </nav>
  )
}

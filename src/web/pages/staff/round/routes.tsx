import { Hono } from 'hono'
import type { Regulation } from '../../../../law/schema/regulation.ts'
import type { Step } from '../../../../law/schema/step.ts'
import { handedIn, takenIn } from '../../../../law/several.ts'
import type { ListedItem } from '../../../../ledger/ledger.ts'
import { type Door, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { leftOf } from '../work/left.ts'
import { noticeOf } from '../work/onward.tsx'
import { carries } from '../work/routes.tsx'
import { lawOf } from '../work/WorkPage.tsx'
import { type Errand, RoundPage } from './RoundPage.tsx'
import { scannedNumber } from './scanned.ts'

/** One person carries no more; the rest is in the list. */
const mostCarried = 200

/** What somebody who carries takes and brings, by place. */
export function roundRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>().get(paths.round, async (c) => {
    const signed = signedIn(c)
    const { who, speech } = signed
    const { role = '' } = who.actor
    if (!carries(house, role)) return c.redirect(paths.work, 303)
    const [items, offered, notice] = await Promise.all([
      house.reading.work(who, mostCarried),
      house.reading.offered(who, mostCarried),
      noticeOf(house, signed, c.req.query('told')),
    ])
    const errands = items.flatMap((item) => errandOf(house, item))
    const scanned = c.req.query('scan') ?? ''
    const number = scannedNumber(scanned)
    const known = errands.some(({ item }) => item.case === number)
    const ticked = new Set([...(c.req.queries('case') ?? []), ...(known && number !== null ? [number] : [])])
    const says =
      scanned === ''
        ? undefined
        : number === null
          ? { wrong: true, text: speech.t('lists.round.wrong', { number: scanned.slice(0, 60) }) }
          : { wrong: !known, text: speech.t(known ? 'lists.round.ticked' : 'lists.round.unknown', { number }) }
    return c.html(
      <RoundPage
        frame={frameOf(c)}
        errands={errands}
        offered={offered}
        ticked={ticked}
        says={says}
        naming={namingFor(house.people, speech)}
        leftOf={(item) => leftOf(house, item, speech)}
        addressOf={(id) => house.people.organisation(id)?.address}
        notice={notice}
      />,
    )
  })
}

/** From whom the case's thing comes and to whom it goes: by the steps of its regulation and the two organisations of the case. */
function errandOf(house: House, item: ListedItem): Errand[] {
  const law = lawOf(item, house.statutes.library)?.regulation
  const step = law?.steps.find(({ id }) => id === item.step)
  if (law === undefined || step === undefined) return []
  const taken = takenIn(step)
  const given = handedIn(step)
  const side = (role: string) => ({ role, organisation: law.roles[role]?.at === 'corporation' ? item.branch : item.provider })
  const from = taken?.act === 'takeOver' ? giverOf(law, step, taken.what) : undefined
  const what = taken?.act === 'takeOver' ? taken.what : given?.act === 'handOver' ? given.what : 'package'
  return [
    {
      item,
      law,
      step,
      what,
      from: from === undefined ? undefined : side(from),
      to: given?.act === 'handOver' ? side(given.to) : undefined,
    },
  ]
}

/** The role of the step before, which offered the thing. */
const giverOf = ({ steps }: Regulation, step: Step, what: 'package' | 'answer'): string | undefined =>
  steps.find(
    ({ does, outcomes }) =>
      does.some((act) => act.act === 'handOver' && act.what === what && act.to === step.actor) &&
      Object.values(outcomes).some((outcome) => 'next' in outcome && outcome.next === step.id),
  )?.actor

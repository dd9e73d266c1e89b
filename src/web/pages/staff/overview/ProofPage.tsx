import type { History } from '../../../../desk/reading.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import type { Due } from '../../../../engine/case/state.ts'
import type { StoredEvent } from '../../../../ledger/ledger.ts'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, type Path } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Delays } from '../parts/delays.tsx'
import { Term } from '../parts/terms.tsx'
import { Numbers } from './Numbers.tsx'

interface ProofProps {
  frame: Frame
  history: History
  due: Due
  naming: Naming
  world: World
  now: string
  /** The list that led here; null: nobody's, and the way back is to the case. */
  back: Path | null
}

/** One term of one case: how its last moment was reckoned, and the entries of the ledger that began and ended it. */
export const ProofPage = (props: ProofProps) => {
  const { frame, history, due, naming, world, now, back } = props
  const { t, dateTime } = frame.speech
  const { state, number, bound } = history.file
  const title = due.step === null ? t('watch.wholeService') : naming.step(bound.court, due.step)
  const role = due.step === null ? undefined : stepOf(bound.court, due.step)?.actor
  const applicant = state.application
    ? [state.application.surname, state.application.name, state.application.patronymic].filter(Boolean).join(' ')
    : ''
  const facts = [
    [
      'number',
      <a class="govuk-link q-number" href={casePath(number)} data-key="c">
        {number} <Key name="c" />
      </a>,
    ],
    ['applicant', applicant],
    ['provider', naming.organisation(state.provider.id)],
    ['role', role === undefined ? '' : naming.role(role, bound.court)],
    ['since', dateTime(due.from)],
    ['due', dateTime(due.dueAt)],
    ['endedAt', due.endedAt === null ? t('watch.runs') : dateTime(due.endedAt)],
  ] as const
  return (
    <Page
      frame={frame}
      title={`${number} – ${title}`}
      before={back === null ? <BackLink href={casePath(number)} text={t('watch.wholeCase')} /> : <BackLink href={back} />}
    >
      <h1 class="govuk-heading-l">
        {title} <Clause number={due.clause} />
      </h1>
      <dl class="q-facts q-facts--row">
        {facts.map(([key, value]) =>
          value === '' ? null : (
            <div>
              <dt>{t(`watch.column.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <section class="q-card">
        <h2 class="govuk-heading-m">{t('watch.proof')}</h2>
        <Term due={due} world={world} now={now} />
        <Delays due={due} outages={state.outages} now={now} />
      </section>
      <h2 class="govuk-heading-m">{t('watch.entries')}</h2>
      <Entries {...props} />
    </Page>
  )
}

type Deed = 'set' | 'warned' | 'missed' | 'ended' | 'stopped' | 'outage'

/** What an entry of the ledger did to this term; undefined where it has nothing to do with it. */
export function deedOf({ type, data, at }: StoredEvent, due: Pick<Due, 'id' | 'from' | 'endedAt'>): Deed | undefined {
  const names = (key: string): boolean => {
    const listed = data[key]
    return (
      Array.isArray(listed) &&
      listed.some((one) => one === due.id || (typeof one === 'object' && one !== null && 'id' in one && one.id === due.id))
    )
  }
  if (names('dues')) return 'set'
  if (names('met')) return 'ended'
  if (names('stopped')) return 'stopped'
  if (type === 'DueWarned' && data.id === due.id) return 'warned'
  if (type === 'DueMissed' && data.id === due.id) return 'missed'
  const isWithin = Date.parse(at) >= Date.parse(due.from) && (due.endedAt === null || Date.parse(at) <= Date.parse(due.endedAt))
  return type === 'OutsideFailed' && isWithin ? 'outage' : undefined
}

const Entries = ({ history, due, naming }: ProofProps) => {
  const { t, shortDateTime } = useSpeech()
  const columns = (['entry', 'deed', 'at', 'by', 'hash'] as const).map((key) => ({ key, label: t(`watch.column.${key}`) }))
  return (
    <Numbers
      caption={t('watch.entries')}
      columns={columns}
      rows={history.events.flatMap((event) => {
        const deed = deedOf(event, due)
        if (deed === undefined) return []
        return [
          {
            entry: String(event.seq),
            deed: t(`watch.deed.${deed}`),
            at: <time datetime={event.at}>{shortDateTime(event.at)}</time>,
            by: naming.actor(event.actor, history.file.bound.court),
            hash: <code>{event.hash.slice(0, 16)}</code>,
          },
        ]
      })}
    />
  )
}

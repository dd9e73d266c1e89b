import type { Latest, Place, Todo, Tracker, Visit } from '../../../../desk/tracker/seen.ts'
import type { Stage } from '../../../../engine/case/stage.ts'
import { type Line, renderLine, renderWarning } from '../../../../time/words.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { DeadlineTag } from '../../../components/deadline/deadline.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { Hours } from '../Hours.tsx'
import { Say } from '../local.tsx'
import { whyPath } from '../why/link.ts'

/** Where it is and with whom, the latest lawful date and why, what you must do. */
export const Facts = ({ tracker }: { tracker: Tracker }) => {
  const { t } = useSpeech()
  return (
    <div class="q-three">
      <Fact id="where" title={t('public.track.where')}>
        <Where tracker={tracker} />
      </Fact>
      <Fact
        id="when"
        title={t(tracker.latest?.state === 'done' || tracker.latest?.state === 'doneLate' ? 'public.track.whenWas' : 'public.track.when')}
      >
        <When tracker={tracker} />
      </Fact>
      <Fact id="todo" title={t('public.track.todoTitle')}>
        <What todo={tracker.todo} />
      </Fact>
    </div>
  )
}

const Fact = ({ id, title, children }: { id: string; title: string; children?: unknown }) => (
  <section class="q-three__fact" aria-labelledby={id}>
    <h2 class="q-three__title" id={id}>
      {title}
    </h2>
    {children}
  </section>
)

const colours: Record<Stage, string> = {
  begun: 'govuk-tag--grey',
  inWork: '',
  waiting: 'govuk-tag--yellow',
  incomplete: 'govuk-tag--yellow',
  ready: 'govuk-tag--green',
  served: 'govuk-tag--green',
  refused: 'govuk-tag--red',
  notAccepted: 'govuk-tag--red',
  impossible: 'govuk-tag--orange',
  withdrawn: 'govuk-tag--grey',
}

const Who = ({ place }: { place: Place }) => (
  <>
    {place.organisation ? <Say text={place.organisation} /> : null}
    {place.organisation && place.role ? ', ' : ''}
    {place.role ? <Say text={place.role} /> : null}
  </>
)

const Where = ({ tracker }: { tracker: Tracker }) => {
  const { t, dateTime } = useSpeech()
  const over = tracker.ending !== null || tracker.stage === 'withdrawn'
  return (
    <>
      <p class="q-three__line">
        <Tag text={t(`public.stage.${tracker.stage}`)} classes={colours[tracker.stage]} />
      </p>
      {over ? (
        <p>
          {tracker.ending ? <Say text={tracker.ending} /> : null} <time datetime={tracker.since}>{dateTime(tracker.since)}</time>
        </p>
      ) : (
        <>
          <p class="q-three__main">
            <Who place={tracker.here} />
          </p>
          {tracker.doing ? (
            <p>
              {t('public.track.doing')}: <Say text={tracker.doing} />
              {tracker.clause ? (
                <>
                  {' '}
                  <Clause number={tracker.clause} />
                </>
              ) : null}
            </p>
          ) : null}
          <p class="q-soft">{t('public.track.since', { time: dateTime(tracker.since) })}</p>
          {tracker.papersAt ? (
            <p class="q-soft">
              {t('public.track.papersAt')}: <Who place={tracker.papersAt} />
            </p>
          ) : null}
        </>
      )}
    </>
  )
}

const When = ({ tracker }: { tracker: Tracker }) => {
  const { t, list, shortDateTime } = useSpeech()
  const spanOf = ({ from, until }: Tracker['outages'][number]) =>
    `${shortDateTime(from)} – ${until === null ? t('pages.case.outageGoesOn') : shortDateTime(until)}`
  const { latest, late } = tracker
  return (
    <>
      {latest ? <LatestDate latest={latest} /> : <p>{t(`public.track.noDate.${tracker.stage}`)}</p>}
      {late.length > 0 ? (
        <div class="q-late">
          <p>{t('public.track.late')}</p>
          <ul class="govuk-list govuk-list--bullet">
            {late.map((one) => (
              <li>
                {one.title ? <Say text={one.title} /> : t('public.track.term')} <Clause number={one.clause} />
              </li>
            ))}
          </ul>
          {tracker.outages.length > 0 ? <p>{t('public.track.lateOutage', { spans: list(tracker.outages.map(spanOf)) })}</p> : null}
        </div>
      ) : null}
    </>
  )
}

const LatestDate = ({ latest }: { latest: Latest }) => {
  const { t, weekdayDate, time, norm, length } = useSpeech()
  return (
    <>
      <p class="q-three__main">
        <time datetime={latest.at}>{t('components.deadline.dueAt', { date: weekdayDate(latest.date), time: time(latest.at) })}</time>
      </p>
      <p class="q-three__line">
        <DeadlineTag state={latest.state} />{' '}
        {latest.left ? <span class="q-soft">{t('components.deadline.left', { left: length(latest.left) })}</span> : null}
      </p>
      <p>
        {t(latest.summed ? 'public.track.fromNorms' : 'public.track.fromTerm', { norm: norm(latest.norm) })}{' '}
        <Clause number={latest.clause} />
      </p>
      {latest.without.length > 0 ? <p class="q-soft">{t('public.track.without', { count: latest.without.length })}</p> : null}
      <Why latest={latest} />
    </>
  )
}

/** The same lines as on the receipt. */
const Why = ({ latest }: { latest: Latest }) => {
  const { t } = useSpeech()
  const href = whyPath(latest.proof)
  return (
    <details class="q-why">
      <summary>{t('public.track.why')}</summary>
      <WhyLines lines={latest.lines} />
      {latest.warnings.map((warning) => (
        <p class="q-why__warning">{renderWarning(t, warning)}</p>
      ))}
      {href === undefined ? null : (
        <p>
          <a class="govuk-link" href={href}>
            {t('why.link')}
          </a>
        </p>
      )}
    </details>
  )
}

export const WhyLines = ({ lines }: { lines: readonly Line[] }) => {
  const { t } = useSpeech()
  return (
    <ol class="q-why__lines">
      {lines.map((line) => (
        <li class={line.code.startsWith('skipped') ? 'q-why__skipped' : undefined}>{renderLine(t, line)}</li>
      ))}
    </ol>
  )
}

const Go = ({ visit }: { visit: Visit }) => {
  const { t } = useSpeech()
  return (
    <dl class="q-facts">
      {visit.organisation ? (
        <div>
          <dt>{t('public.place')}</dt>
          <dd>
            <Say text={visit.organisation} />
            {visit.address ? (
              <>
                , <Say text={visit.address} />
              </>
            ) : null}
          </dd>
        </div>
      ) : null}
      {visit.hours ? (
        <div>
          <dt>{t('public.hours')}</dt>
          <dd>
            <Hours hours={visit.hours} />
          </dd>
        </div>
      ) : null}
      {visit.phone ? (
        <div>
          <dt>{t('public.phone')}</dt>
          <dd class="q-number">{visit.phone}</dd>
        </div>
      ) : null}
    </dl>
  )
}

const What = ({ todo }: { todo: Todo }) => {
  const { t } = useSpeech()
  const main = <p class="q-three__main">{t(`public.todo.${todo.kind}`)}</p>
  switch (todo.kind) {
    case 'collect':
      return (
        <>
          {main}
          <ul class="govuk-list govuk-list--bullet">
            <li>{t('public.bring.identity')}</li>
            {todo.receipt ? <li>{t('public.bring.receipt')}</li> : null}
            <li>{t(todo.representative ? 'public.bring.power' : 'public.bring.powerIfOther')}</li>
          </ul>
          <Go visit={todo.visit} />
        </>
      )
    case 'bringMissing':
    case 'clarify':
      return (
        <>
          {main}
          {todo.documents.length + todo.notes.length > 0 ? (
            <ul class="govuk-list govuk-list--bullet">
              {todo.documents.map((title) => (
                <li>
                  <Say text={title} />
                </li>
              ))}
              {todo.notes.map((note) => (
                <li>{note}</li>
              ))}
            </ul>
          ) : null}
          <Go visit={todo.visit} />
        </>
      )
    case 'removeCauses':
      return (
        <>
          {main}
          <ul class="govuk-list q-causes">
            {todo.causes.map((cause) => (
              <li>
                <strong>
                  <Say text={cause.ground} />
                </strong>{' '}
                <Clause number={cause.clause} />
                <br />
                {t('public.todo.fact')}: {cause.fact}
                <br />
                {t('public.todo.remedy')}: {cause.remedy}
              </li>
            ))}
          </ul>
        </>
      )
    default:
      return main
  }
}

import { pickText } from '../../../../language/translator.ts'
import type { Library } from '../../../../law/model.ts'
import type { WorkItem } from '../../../../ledger/ledger.ts'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths, stepPath, workAfter } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface WorkPageProps {
  frame: Frame
  items: readonly WorkItem[]
  count: { items: number; overdue: number }
  /** Cases that wait in the reader's other roles. */
  elsewhere: number
  /** Position of the next page. */
  next: string | undefined
  isFirst: boolean
  naming: Naming
  library: Library
  mayOpen: boolean
  now: string
}

/** What waits for the reader, the most urgent first. */
export const WorkPage = (props: WorkPageProps) => {
  const { t } = props.frame.speech
  const { count } = props
  return (
    <Page frame={props.frame} title={t('pages.work.title')}>
      <div class="q-row">
        <h1 class="govuk-heading-l">{t('pages.work.title')}</h1>
        {props.mayOpen ? <Button href={paths.newCase} text={t('pages.newCase.title')} /> : null}
      </div>
      {count.items === 0 ? null : (
        <p class="govuk-body">
          {t('pages.work.count', { count: count.items })}
          {count.overdue > 0 ? <> {t('pages.work.overdue', { count: count.overdue })}</> : null}
        </p>
      )}
      {props.elsewhere > 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={paths.grant}>
            {t('pages.work.elsewhere', { count: props.elsewhere })}
          </a>
        </p>
      ) : null}
      {props.items.length === 0 ? <NothingToDo mayOpen={props.mayOpen} /> : <List {...props} />}
      {props.isFirst && props.next === undefined ? null : (
        <Pagination
          {...(props.isFirst ? {} : { previous: { href: paths.work, text: t('pages.work.first') } })}
          {...(props.next === undefined ? {} : { next: { href: workAfter(props.next) } })}
        />
      )}
    </Page>
  )
}

const NothingToDo = ({ mayOpen }: { mayOpen: boolean }) => {
  const { t } = useSpeech()
  return (
    <EmptyState title={t('pages.work.empty')}>
      <p>{t(mayOpen ? 'pages.work.emptyMayOpen' : 'pages.work.emptyWait')}</p>
    </EmptyState>
  )
}

const List = ({ items, naming, library, now }: WorkPageProps) => {
  const { t } = useSpeech()
  const columns = (['number', 'applicant', 'step', 'since', 'due', 'norm', 'holder'] as const).map((key) => ({
    key,
    label: t(`pages.work.column.${key}`),
  }))
  return (
    <WorkList
      columns={columns}
      captionHidden
      rows={items.map((item) => {
        const tone = toneOf(item, now)
        return {
          number: item.case,
          href: stepPath(item.case, item.step),
          cells: cellsOf(item, naming, library, tone),
          ...(tone === 'overdue' || tone === 'soon' ? { tone } : {}),
        }
      })}
    />
  )
}

type Tone = 'overdue' | 'soon' | 'running'

function toneOf({ dueAt }: WorkItem, now: string): Tone | undefined {
  if (dueAt === null) return undefined
  if (Date.parse(dueAt) < Date.parse(now)) return 'overdue'
  const zone = Temporal.Instant.from(dueAt).toZonedDateTimeISO(now.slice(-6))
  return zone.toPlainDate().toString() === now.slice(0, 10) ? 'soon' : 'running'
}

const colours = { overdue: 'govuk-tag--red', soon: 'govuk-tag--yellow', running: 'govuk-tag--grey' } as const

function cellsOf(item: WorkItem, naming: Naming, library: Library, tone: Tone | undefined) {
  const name = typeof item.doc.name === 'string' ? item.doc.name : null
  return {
    applicant: name ?? <Words text="pages.work.noApplicant" />,
    step: <StepCell item={item} library={library} />,
    since: <When at={item.since} />,
    due: <Due item={item} tone={tone} />,
    norm: <Norm norm={item.norm} />,
    holder: item.assignee === null ? <Words text="pages.work.free" /> : naming.person(item.assignee),
  }
}

const Words = ({ text }: { text: string }) => <>{useSpeech().t(text)}</>

const When = ({ at }: { at: string }) => {
  const { shortDateTime } = useSpeech()
  return <time datetime={at}>{shortDateTime(at)}</time>
}

const Due = ({ item: { dueAt }, tone }: { item: WorkItem; tone: Tone | undefined }) => {
  const { t } = useSpeech()
  if (dueAt === null || tone === undefined) return <>{t('components.norm.untimed')}</>
  return (
    <>
      <When at={dueAt} /> <Tag text={t(`pages.work.tone.${tone}`)} classes={colours[tone]} />
    </>
  )
}

/** The step in the words of the regulation under which the case was opened, with its clause. */
const StepCell = ({ item, library }: { item: WorkItem; library: Library }) => {
  const { t, language } = useSpeech()
  const { sha256, regulation } = item.doc
  const law = library.bySha256(typeof sha256 === 'string' ? sha256 : '') ?? library.find(typeof regulation === 'string' ? regulation : '')
  const step = law?.regulation.steps.find(({ id }) => id === item.step)
  return (
    <>
      {step ? pickText(step.title, language).text : item.step} {step?.clauses[0] ? <Clause number={step.clauses[0]} /> : null}
      {item.doc.awaiting === true ? (
        <>
          {' '}
          <Tag text={t('pages.work.awaiting')} classes="govuk-tag--blue" />
        </>
      ) : null}
    </>
  )
}

const Norm = ({ norm }: { norm: WorkItem['norm'] }) => {
  const speech = useSpeech()
  if (norm === null || typeof norm !== 'object' || Array.isArray(norm)) return <>–</>
  const { value, unit } = norm
  if (typeof value !== 'number' || (unit !== 'min' && unit !== 'wd' && unit !== 'cd')) return <>–</>
  return <>{speech.norm({ value, unit })}</>
}

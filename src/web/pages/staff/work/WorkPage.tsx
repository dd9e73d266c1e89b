import type { Child } from 'hono/jsx'
import { filterQuery, isEverything, type WorkFilter } from '../../../../desk/lists/workFilter.ts'
import { pickText } from '../../../../language/translator.ts'
import type { Law, Library } from '../../../../law/model.ts'
import type { Step } from '../../../../law/schema/step.ts'
import { mayBeDoneForSeveral } from '../../../../law/several.ts'
import type { ListedItem } from '../../../../ledger/ledger.ts'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Live } from '../../../components/live/live.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SubNavigation } from '../../../components/sub-navigation/sub-navigation.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { type Path, paths, workPath } from '../../../paths.ts'
import { FilterForm, type FilterFormProps } from './FilterForm.tsx'
import type { LeftShown } from './left.ts'
import { stepFrom, writePlace } from './place.ts'
import type { Tab } from './tabs.ts'
import { WaitsTag } from './waits.tsx'

export interface WorkPageProps {
  frame: Frame
  items: readonly ListedItem[]
  leftOf: (item: ListedItem) => LeftShown
  filter: WorkFilter
  tabs: readonly Tab[]
  form: Omit<FilterFormProps, 'csrf' | 'kept' | 'filter'>
  count: { items: number; overdue: number }
  /** How many pass the filter. */
  shown: number
  /** Cases that wait in the reader's other roles. */
  elsewhere: number
  /** Address of the next page. */
  next: Path | undefined
  isFirst: boolean
  library: Library
  mayOpen: boolean
  /** The role only carries: it has a list by place as well. */
  carries: boolean
  /** Of the law's clock. */
  year: string
  /** What came after this moment (milliseconds) is new to the reader. */
  newSince: number
  /** Every box that may be ticked is: the way without script. */
  all: boolean
  /** What was done before the reader came back here. */
  notice?: Child
}

/** What waits for the reader, the most urgent first. */
export const WorkPage = (props: WorkPageProps) => {
  const { t } = props.frame.speech
  const { count, filter } = props
  const kept = props.tabs.find(({ active, id }) => active && id !== undefined)
  return (
    <Page
      frame={props.frame}
      title={t('pages.work.title')}
      hasError={props.form.error !== undefined}
      notice={
        <>
          {props.notice}
          <Live list />
        </>
      }
    >
      <div class="q-row q-work__head">
        <h1 class="govuk-heading-l">{t('pages.work.title')}</h1>
        <p class="govuk-body" data-live-count="">
          {count.items === 0 ? null : t('pages.work.count', { count: count.items })}
          {count.overdue > 0 ? <> {t('pages.work.overdue', { count: count.overdue })}</> : null}
        </p>
        {props.carries ? (
          <Button href={paths.round} classes="govuk-button--secondary" attributes={{ 'data-key': 'p' }}>
            {t('lists.round.byPlace')} <Key name="p" />
          </Button>
        ) : null}
        {props.mayOpen ? (
          <Button href={paths.newCase} attributes={{ 'data-key': 'n' }}>
            {t('pages.newCase.title')} <Key name="n" />
          </Button>
        ) : null}
      </div>
      <Elsewhere count={props.elsewhere} />
      {count.items === 0 && isEverything(filter) ? null : <Tabs tabs={props.tabs} />}
      {count.items === 0 && isEverything(filter) ? null : (
        <FilterForm {...props.form} filter={filter} kept={kept} csrf={props.frame.csrf ?? ''} />
      )}
      {props.items.length === 0 ? <NothingToDo {...props} /> : <Chosen {...props} />}
      {props.isFirst && props.next === undefined ? null : (
        <Pagination
          {...(props.isFirst ? {} : { previous: { href: workPath(filterQuery(filter)), text: t('pages.work.first') } })}
          {...(props.next === undefined ? {} : { next: { href: props.next } })}
        />
      )}
    </Page>
  )
}

const Elsewhere = ({ count }: { count: number }) => {
  const { t } = useSpeech()
  if (count === 0) return null
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={paths.grant}>
        {t('pages.work.elsewhere', { count })}
      </a>
    </p>
  )
}

const Tabs = ({ tabs }: { tabs: readonly Tab[] }) => {
  const { t, number } = useSpeech()
  return (
    <SubNavigation
      label={t('lists.tabs')}
      classes="q-tabs"
      items={tabs.map(({ name, href, count, active }) => ({
        href,
        active,
        text: (
          <>
            {name}{' '}
            <span class="q-tabs__count" data-tab={href}>
              {number(count)}
            </span>
          </>
        ),
      }))}
    />
  )
}

const NothingToDo = ({ mayOpen, count }: WorkPageProps) => {
  const { t } = useSpeech()
  if (count.items > 0) {
    return (
      <EmptyState title={t('lists.empty')}>
        <p>
          <a class="govuk-link" href={paths.work}>
            {t('lists.emptyAll')}
          </a>
        </p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('pages.work.empty')}>
      <p>{t(mayOpen ? 'pages.work.emptyMayOpen' : 'pages.work.emptyWait')}</p>
    </EmptyState>
  )
}

/** The list, in a form where some of its cases may be done together. */
const Chosen = (props: WorkPageProps) => {
  const { t } = useSpeech()
  const { filter, items } = props
  const fresh = items.filter(({ since }) => Date.parse(since) > props.newSince).length
  const may = items.some((item) => mayBeTogether(item, props.library))
  const news = fresh > 0 && fresh < items.length ? <p class="govuk-body">{t('lists.newSince', { count: fresh })}</p> : null
  if (!may) {
    return (
      <>
        {news}
        <List {...props} />
      </>
    )
  }
  const query = filterQuery(filter)
  return (
    <form method="get" action={paths.several}>
      <input type="hidden" name="from" value={writePlace({ list: 'work', filter })} />
      <div class="q-work__tools">
        <Button classes="govuk-button--secondary" attributes={{ 'data-key': 'b' }}>
          {t('lists.several.do')} <Key name="b" />
        </Button>
        <a class="govuk-link" href={props.all ? workPath(query) : workPath([query, 'all=1'].filter(Boolean).join('&'))}>
          {t(props.all ? 'lists.several.none' : 'lists.several.all')}
        </a>
        {news}
      </div>
      <List {...props} choose="case" />
    </form>
  )
}

const List = (props: WorkPageProps & { choose?: string }) => {
  const { t } = useSpeech()
  const { items, filter, library, form } = props
  const keys = ['number', 'applicant', 'asks', 'step', 'since', 'left', ...(form.shows.whose ? (['whose'] as const) : [])] as const
  const columns = keys.map((key) => ({ key, label: key === 'number' ? t('components.workList.number') : t(`lists.column.${key}`) }))
  return (
    <WorkList
      columns={columns}
      captionHidden
      {...(props.choose ? { choose: props.choose } : {})}
      live={{ fresh: `${paths.workFresh}?${filterQuery(filter)}`, count: props.shown }}
      rows={items.map((item) => {
        const left = props.leftOf(item)
        return {
          number: item.case,
          href: stepFrom(item.case, item.step, { list: 'work', filter, at: item.dueAt ?? '' }),
          asks: `${item.case}~${item.step}`,
          cells: cellsOf(item, library, left, props.year),
          choosable: mayBeTogether(item, library),
          chosen: props.all,
          ...(Date.parse(item.since) > props.newSince ? { mark: <New /> } : {}),
          ...(left.tone ? { tone: left.tone } : {}),
        }
      })}
    />
  )
}

const New = () => <Tag text={useSpeech().t('lists.new')} classes="govuk-tag--blue" />

function cellsOf(item: ListedItem, library: Library, left: LeftShown, year: string) {
  return {
    applicant: typeof item.doc.name === 'string' ? item.doc.name : <Words text="pages.work.noApplicant" />,
    asks: <Asks item={item} library={library} />,
    step: <StepCell item={item} library={library} />,
    since: <When at={item.since} year={year} />,
    left: <LeftCell item={item} left={left} year={year} />,
    whose: <Words text={item.assignee === null ? 'pages.work.free' : 'lists.mine'} />,
  }
}

const Words = ({ text }: { text: string }) => <>{useSpeech().t(text)}</>

/** Of this year without the year: a list is about now. */
const When = ({ at, year }: { at: string; year: string }) => {
  const { shortDateTime } = useSpeech()
  return <time datetime={at}>{shortDateTime(at).replace(`.${year}`, '')}</time>
}

const LeftCell = ({ item: { dueAt }, left, year }: { item: ListedItem; left: LeftShown; year: string }) => (
  <>
    <span class={left.tone ? `q-left q-left--${left.tone}` : 'q-left'} data-left="">
      {left.words}
    </span>
    {dueAt === null ? null : (
      <span class="q-left__at">
        <When at={dueAt} year={year} />
      </span>
    )}
  </>
)

/** The regulation under which the case was opened: by its file, or where that was corrected since, by its name. */
export function lawOf(item: ListedItem, library: Library): Law | undefined {
  const { sha256, regulation } = item.doc
  return library.bySha256(typeof sha256 === 'string' ? sha256 : '') ?? library.find(typeof regulation === 'string' ? regulation : '')
}

export const lawStepOf = (item: ListedItem, library: Library): Step | undefined =>
  lawOf(item, library)?.regulation.steps.find(({ id }) => id === item.step)

function mayBeTogether(item: ListedItem, library: Library): boolean {
  const step = lawStepOf(item, library)
  return step !== undefined && mayBeDoneForSeveral(step) && item.doc.awaiting !== true
}

const Asks = ({ item, library }: { item: ListedItem; library: Library }) => {
  const { language } = useSpeech()
  const option = lawOf(item, library)?.edition.options.find(({ id }) => id === item.doc.asks)
  return <>{option ? pickText(option.title, language).text : '–'}</>
}

/** The step in the words of the regulation under which the case was opened, with its clause. */
const StepCell = ({ item, library }: { item: ListedItem; library: Library }) => {
  const { t, language } = useSpeech()
  const step = lawStepOf(item, library)
  return (
    <>
      {step ? pickText(step.title, language).text : item.step} {step?.clauses[0] ? <Clause number={step.clauses[0]} /> : null}
      <WaitsTag waits={item.doc.waits} />
      {item.doc.handed === undefined ? null : (
        <>
          {' '}
          <Tag text={t('admin.performers.handed')} classes="govuk-tag--blue" />
        </>
      )}
    </>
  )
}

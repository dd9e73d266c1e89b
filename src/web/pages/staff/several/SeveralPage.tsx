import type { Child } from 'hono/jsx'
import { nameOf } from '../../../../engine/case/rows.ts'
import { fullName } from '../../../../people/model.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Live } from '../../../components/live/live.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, type Path, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { ByKey, type SigningWays, SignNote } from '../signing/Ways.tsx'
import { type LeftOut, mostAtOnce, sidesOf, type Together } from './gather.ts'

/** What was typed, for a form that comes back. */
export interface Typed {
  readonly assignee: string
  readonly assignees: ReadonlyMap<string, string>
  readonly chosen: ReadonlySet<string>
  readonly taken: boolean
}

export interface SeveralPageProps {
  frame: Frame
  together: readonly Together[]
  leftOut: readonly LeftOut[]
  naming: Naming
  /** The list that the reader came from, and as the form carries it. */
  back: Path
  from: string
  /** Names of the requests, one for each case. */
  keyOf: (number: string) => string
  ways: SigningWays
  errors?: readonly { readonly text: string; readonly href: string }[]
  typed?: Typed | undefined
}

/** One look before several cases are done: each with what is answered in it. Nobody signs blind. */
export const SeveralPage = (props: SeveralPageProps) => {
  const { t } = props.frame.speech
  const errors = props.errors ?? []
  return (
    <Page
      frame={props.frame}
      title={t('lists.several.title')}
      hasError={errors.length > 0}
      before={<BackLink href={props.back} text={t('lists.onward.back')} attributes={{ 'data-key-back': '' }} />}
      notice={<Live cases={props.together.map(({ number, version }) => ({ number, version }))} />}
    >
      {errors.length > 0 ? <ErrorSummary errorList={errors} /> : null}
      <h1 class="govuk-heading-l">{t('lists.several.title')}</h1>
      <LeftOutCases leftOut={props.leftOut} />
      {props.together.length === 0 ? (
        <EmptyState title={t('lists.several.nothing')}>
          <p>{t('lists.several.nothingText')}</p>
        </EmptyState>
      ) : (
        <Confirmation {...props} />
      )}
    </Page>
  )
}

/** Cases that moved meanwhile, or that are done one by one. */
export const LeftOutCases = ({ leftOut }: { leftOut: readonly LeftOut[] }) => {
  const { t } = useSpeech()
  if (leftOut.length === 0) return null
  return (
    <InsetText
      text={
        <>
          <p>
            <strong>{t('lists.several.leftOut', { count: leftOut.length })}</strong>
          </p>
          <ul class="govuk-list">
            {leftOut.map(({ number, why }) => (
              <li>
                <span class="q-number">{number}</span>: {t(`lists.several.why.${why}`, { most: mostAtOnce })}
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}

const Confirmation = (props: SeveralPageProps) => {
  const { t } = useSpeech()
  const { together, frame, typed } = props
  const signs = together.some((one) => one.signs)
  const takes = together.some((one) => one.takes)
  const error = (field: string) => props.errors?.find(({ href }) => href === `#${field}`)?.text
  return (
    <form method="post" action={paths.several} novalidate>
      <input type="hidden" name="_csrf" value={frame.csrf} />
      <input type="hidden" name="_from" value={props.from} />
      <p class="govuk-body">{t('lists.several.lead', { count: together.length })}</p>
      <Performer {...props} error={error('assignee')} />
      <div class="q-several" data-keys="list">
        <table class="govuk-table q-work__table">
          <caption class="govuk-visually-hidden">{t('lists.several.caption')}</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                <span class="govuk-visually-hidden">{t('components.workList.choice')}</span>
              </th>
              <th scope="col" class="govuk-table__header">
                {t('components.workList.number')}
              </th>
              <th scope="col" class="govuk-table__header">
                {t('lists.column.applicant')}
              </th>
              <th scope="col" class="govuk-table__header">
                {t('lists.column.step')}
              </th>
              <th scope="col" class="govuk-table__header">
                {t(signs ? 'lists.several.answer' : 'lists.column.place')}
              </th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {together.map((one, index) => (
              <Row one={one} first={index === 0} props={props} />
            ))}
          </tbody>
        </table>
      </div>
      {takes ? (
        <Checkboxes
          name="taken"
          classes="govuk-checkboxes--small"
          values={typed?.taken ? ['yes'] : []}
          errorMessage={error('taken')}
          items={[{ value: 'yes', text: t('lists.several.taken'), attributes: { 'data-key': 't' } }]}
        />
      ) : null}
      {signs ? <p class="govuk-body">{t('lists.several.signature')}</p> : null}
      {signs ? <SignNote ways={props.ways} /> : null}
      <div class="govuk-button-group">
        <Button preventDoubleClick attributes={{ 'data-key': 's' }}>
          {t(signs ? 'lists.several.sign' : 'lists.several.confirm', { count: together.length })} <Key name="s" />
        </Button>
        {signs ? <ByKey ways={props.ways} /> : null}
      </div>
    </form>
  )
}

/** One specialist for all; beside each case another one may be chosen. */
const Performer = ({ together, typed, error }: SeveralPageProps & { error: string | undefined }) => {
  const { t, language } = useSpeech()
  const known = new Map(together.flatMap(({ performers = [] }) => performers.map((staff) => [staff.id, staff] as const)))
  if (!together.some(({ performers }) => performers !== undefined)) return null
  return (
    <Radios
      name="assignee"
      value={typed?.assignee}
      classes="govuk-radios--small govuk-radios--inline"
      fieldset={{ legend: t('lists.several.assignee'), attributes: { 'data-keys': 'choice' } }}
      errorMessage={error}
      hint={known.size === 0 ? t('steps.noPerformers') : undefined}
      items={[...known.values()].map(({ id, name, post }) => ({
        value: id,
        text: fullName(name),
        hint: language === 'ru' ? post.ru : post.kk,
      }))}
    />
  )
}

const Row = ({ one, first, props }: { one: Together; first: boolean; props: SeveralPageProps }) => {
  const { t } = useSpeech()
  const { number, version, step, history } = one
  const { naming, typed } = props
  const { application } = history.file.state
  const chosen = typed === undefined || typed.chosen.has(number)
  const cell = (label: string, child: Child) => (
    <td class="govuk-table__cell" data-label={label}>
      {child}
    </td>
  )
  return (
    <tr class="govuk-table__row" data-keys-row="" data-live-case={number}>
      <td class="govuk-table__cell q-work__choice">
        <input
          type="checkbox"
          id={first ? 'case' : undefined}
          name="case"
          value={number}
          checked={chosen}
          aria-label={t('lists.several.include', { number })}
        />
        <input type="hidden" name={`seen.${number}`} value={version} />
        <input type="hidden" name={`step.${number}`} value={step.id} />
        <input type="hidden" name={`key.${number}`} value={props.keyOf(number)} />
      </td>
      {cell(
        t('components.workList.number'),
        <a class="govuk-link q-number" href={casePath(number)}>
          {number}
        </a>,
      )}
      {cell(t('lists.column.applicant'), application ? nameOf(application) : t('pages.work.noApplicant'))}
      {cell(
        t('lists.column.step'),
        <>
          {naming.text(step.title)} {step.clauses[0] ? <Clause number={step.clauses[0]} /> : null}
        </>,
      )}
      {cell(
        t(one.signs ? 'lists.several.answer' : 'lists.column.place'),
        <>
          {one.signs ? <Answer one={one} naming={naming} /> : <Sides one={one} naming={naming} />}
          <OwnPerformer one={one} typed={typed} />
        </>,
      )}
    </tr>
  )
}

const OwnPerformer = ({ one, typed }: { one: Together; typed: Typed | undefined }) => {
  const { t } = useSpeech()
  if (one.performers === undefined || one.performers.length < 2) return null
  const chosen = typed?.assignees.get(one.number) ?? ''
  return (
    <select
      class="govuk-select q-several__own"
      name={`assignee.${one.number}`}
      aria-label={t('lists.several.assigneeOf', { number: one.number })}
    >
      <option value="">{t('lists.several.asAll')}</option>
      {one.performers.map(({ id, name }) => (
        <option value={id} selected={id === chosen}>
          {fullName(name)}
        </option>
      ))}
    </select>
  )
}

/** What is about to be signed: the result, or the refusal with each ground, its clause, the fact and the remedy. */
const Answer = ({ one: { history }, naming }: { one: Together; naming: Naming }) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const answer = state.answer
  if (answer === null) return <>–</>
  if (answer.kind === 'result') return <Tag text={t('lists.several.result')} classes="govuk-tag--green" />
  return (
    <>
      <Tag text={t('lists.several.refusal')} classes="govuk-tag--red" />
      {answer.grounds.map(({ ground, document, fact, remedy }) => {
        const rule = bound.law.edition.grounds.find(({ id }) => id === ground)
        const title = naming.text(bound.law.edition.documents.find(({ id }) => id === document)?.title)
        return (
          <div class="q-several__ground">
            <p>
              {naming.text(rule?.title) || ground} {rule ? <Clause number={rule.clause} /> : null}
            </p>
            <p>
              <strong>{t('lists.several.fact')}:</strong> {[title, fact].filter((part) => part !== '').join(': ')}
            </p>
            <p>
              <strong>{t('lists.several.remedy')}:</strong> {remedy}
            </p>
          </div>
        )
      })}
    </>
  )
}

/** Both sides of what changes hands. */
const Sides = ({ one, naming }: { one: Together; naming: Naming }) => {
  const { t } = useSpeech()
  const { from, to } = sidesOf(one)
  const named = (side: { role: string; organisation: string }) =>
    [naming.role(side.role, one.history.file.bound.court), naming.organisation(side.organisation)].filter(Boolean).join(', ')
  return (
    <>
      {from ? <span class="q-several__side">{t('lists.several.from', { from: named(from) })}</span> : null}
      {to ? <span class="q-several__side">{t('lists.several.to', { to: named(to) })}</span> : null}
    </>
  )
}

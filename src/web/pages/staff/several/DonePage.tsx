import type { Child } from 'hono/jsx'
import { Button } from '../../../components/button/button.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, type Path, paths } from '../../../paths.ts'

/** What came of one of the cases. */
export interface CaseOutcome {
  readonly number: string
  readonly ok: boolean
  /** What was not done and why, or what follows. */
  readonly says: string
}

export interface DonePageProps {
  frame: Frame
  outcomes: readonly CaseOutcome[]
  back: Path
  /** What was asked for the cases whose signature was not taken, to be signed once more without being typed again. */
  again?: readonly (readonly [string, string])[] | undefined
}

/** Case by case: what was done, what was not and why. The same form sent again shows the same page: each case is done once. */
export const DonePage = ({ frame, outcomes, back, again }: DonePageProps) => {
  const { t } = frame.speech
  const [failed, done] = [outcomes.filter(({ ok }) => !ok), outcomes.filter(({ ok }) => ok)]
  const title = failed.length === 0 ? t('lists.several.done', { count: done.length }) : t('lists.several.failed', { count: failed.length })
  return (
    <Page frame={frame} title={title} hasError={failed.length > 0}>
      <h1 class="govuk-heading-l" tabindex={-1} autofocus>
        {title}
      </h1>
      {failed.length > 0 && done.length > 0 ? <p class="govuk-body">{t('lists.several.done', { count: done.length })}</p> : null}
      {again === undefined ? <ToList back={back} /> : <Again typed={again} csrf={frame.csrf} back={back} />}
      <Outcomes>
        {[...failed, ...done].map((outcome) => (
          <Outcome outcome={outcome} />
        ))}
      </Outcomes>
    </Page>
  )
}

const ToList = ({ back, classes }: { back: Path; classes?: string }) => {
  const { t } = useSpeech()
  return (
    <Button href={back} classes={classes} attributes={{ 'data-key-back': '', 'data-key': 'l' }}>
      {t('lists.several.toList')} <Key name="l" />
    </Button>
  )
}

interface AgainProps {
  typed: readonly (readonly [string, string])[]
  csrf: string | undefined
  back: Path
}

const Again = ({ typed, csrf, back }: AgainProps) => {
  const { t } = useSpeech()
  const count = typed.filter(([name]) => name === 'case').length
  return (
    <form method="post" action={paths.several} novalidate>
      <input type="hidden" name="_csrf" value={csrf ?? ''} />
      {typed.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="govuk-button-group">
        <Button name="_sign" value="key" preventDoubleClick attributes={{ 'data-key': 's' }}>
          {t('lists.several.signAgain', { count })} <Key name="s" />
        </Button>
        <ToList back={back} classes="govuk-button--secondary" />
      </div>
    </form>
  )
}

const Outcomes = ({ children }: { children: Child }) => {
  const { t } = useSpeech()
  return (
    <table class="govuk-table q-work__table q-several">
      <caption class="govuk-visually-hidden">{t('lists.several.outcome')}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          <th scope="col" class="govuk-table__header">
            {t('components.workList.number')}
          </th>
          <th scope="col" class="govuk-table__header">
            {t('lists.several.outcome')}
          </th>
        </tr>
      </thead>
      <tbody class="govuk-table__body">{children}</tbody>
    </table>
  )
}

const Outcome = ({ outcome: { number, ok, says } }: { outcome: CaseOutcome }) => {
  const { t } = useSpeech()
  return (
    <tr class="govuk-table__row">
      <td class="govuk-table__cell" data-label={t('components.workList.number')}>
        <a class="govuk-link q-number" href={casePath(number)}>
          {number}
        </a>
      </td>
      <td class="govuk-table__cell" data-label={t('lists.several.outcome')}>
        <span>
          {ok ? (
            <Tag text={t('lists.several.ok')} classes="govuk-tag--green" />
          ) : (
            <Tag text={t('components.error')} classes="govuk-tag--red" />
          )}{' '}
          {says}
        </span>
      </td>
    </tr>
  )
}

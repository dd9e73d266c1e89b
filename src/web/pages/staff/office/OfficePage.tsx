import type { Child } from 'hono/jsx'
import type { History } from '../../../../desk/reading.ts'
import { entryOf } from '../../../../engine/case/office.ts'
import { type Correctable, correctable } from '../../../../engine/case/state.ts'
import { inventedOf } from '../../../../law/invented.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { ReasonPicker } from '../../../components/reason-picker/reason-picker.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, correctPath, type Path, reissuePath, replacePath, returnPath, withdrawPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { reasonChoices } from '../../../wording/reasons.ts'
import type { Wanted } from './routes.tsx'

interface OfficeProps {
  frame: Frame
  what: Wanted
  history: History
  form: FormView
  naming: Naming
  requestKey: string
  paper: string
  notice?: Child
}

const addressOf = (what: Wanted, number: string, paper: string): Path =>
  what === 'correct'
    ? correctPath(number)
    : what === 'return'
      ? returnPath(number)
      : what === 'withdraw'
        ? withdrawPath(number)
        : what === 'replace'
          ? replacePath(number)
          : reissuePath(number, paper)

export const OfficePage = (props: OfficeProps) => {
  const { frame, what, history, form, requestKey } = props
  const { t } = frame.speech
  const { number, version } = history.file
  const title = t(`pages.office.${what}.title`)
  return (
    <Page
      frame={frame}
      title={`${title} – ${number}`}
      hasError={form.errors.length > 0}
      before={<BackLink href={casePath(number)} text={t('pages.case.back', { number })} />}
      notice={
        <>
          <Invented text={inventedOf(history.file.bound.law)} />
          {props.notice}
        </>
      }
    >
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t(`pages.office.${what}.text`)}</p>
      <form method="post" action={addressOf(what, number, props.paper)} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input type="hidden" name="_key" value={requestKey} />
        <input type="hidden" name="_seen" value={version} />
        {what === 'correct' ? <Entry {...props} /> : null}
        {what === 'reissue' ? <PaperTitle {...props} /> : null}
        <ReasonPicker
          name="reason"
          legend={t('steps.field.reason')}
          hint={t(`pages.office.${what}.reasonHint`)}
          choices={reasonChoices(t, what)}
          picked={form.value('reason.pick')}
          value={form.value('reason')}
          errorMessage={form.error('reason')}
          autofocus={what !== 'correct' && form.errors.length === 0}
        />
        <Button
          text={t(`pages.office.${what}.do`)}
          classes={what === 'withdraw' || what === 'replace' ? 'govuk-button--warning' : undefined}
          preventDoubleClick
        />
      </form>
    </Page>
  )
}

const Entry = ({ form, history }: OfficeProps) => {
  const { t } = useSpeech()
  const present = (entry: Correctable): string => entryOf(history.file.state, entry) ?? t('common.none')
  return (
    <>
      <Select
        name="entry"
        label={t('steps.field.entry')}
        value={form.value('entry')}
        errorMessage={form.error('entry')}
        items={[
          { value: '', text: t('steps.choose') },
          ...correctable.map((entry) => ({ value: entry, text: `${t(`steps.field.${entry.split('.')[1] ?? ''}`)}: ${present(entry)}` })),
        ]}
      />
      <Input
        name="value"
        label={t('steps.field.after')}
        value={form.value('value')}
        errorMessage={form.error('value')}
        autocomplete="off"
        spellcheck={false}
      />
    </>
  )
}

const PaperTitle = ({ history, naming, paper }: OfficeProps) => {
  const { state, bound } = history.file
  const form = state.papers.find(({ id }) => id === paper)?.form
  return (
    <p class="govuk-body">
      <strong>{naming.text(bound.law.regulation.papers.find(({ id }) => id === form)?.title)}</strong>
    </p>
  )
}

import type { DueRow } from '../../../../ledger/ledger.ts'
import type { OpeningHours } from '../../../../time/hours.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Table } from '../../../components/table/table.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { organisationPart, organisationPath } from '../../../paths.ts'
import { DayField, Text } from '../accounts/FormPage.tsx'
import { hoursWords } from '../accounts/words.ts'
import type { Compared } from './preview.ts'

export interface Preview {
  readonly hours: OpeningHours
  readonly compared: readonly Compared[]
  /** Terms that run and end on or after the first day of the new hours; `more` where they were not all looked at. */
  readonly running: number
  readonly more: boolean
  /** Of these, terms whose last moment falls where the organisation will be closed. */
  readonly closed: readonly DueRow[]
}

interface HoursProps {
  frame: Frame
  form: FormView
  id: string
  name: string
  timeline: readonly OpeningHours[]
  seen: string
  preview?: Preview
}

/** New hours from a day on: first looked at, then saved. */
export const HoursPage = (props: HoursProps) => {
  const { frame, form, id, name, timeline, preview } = props
  const speech = frame.speech
  const { t } = speech
  return (
    <Page
      frame={frame}
      title={`${t('admin.hours.title')} – ${name}`}
      hasError={form.errors.length > 0}
      before={<BackLink href={organisationPath(id)} text={name} attributes={{ 'data-key-back': '' }} />}
    >
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <span class="govuk-caption-l">{name}</span>
      <h1 class="govuk-heading-l">{t('admin.hours.title')}</h1>
      <ul class="govuk-list">
        {timeline.map((one) => (
          <li>{hoursWords(one, speech)}</li>
        ))}
      </ul>
      <form method="post" action={organisationPart(id, 'hours')} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input type="hidden" name="_seen" value={props.seen} />
        <Fields form={form} />
        {preview === undefined ? null : <Changes preview={preview} />}
        <div class="govuk-button-group">
          <Button
            name="do"
            value="preview"
            text={t('admin.hours.preview')}
            {...(preview === undefined ? {} : { classes: 'govuk-button--secondary' })}
          />
          {preview === undefined ? null : <Button name="do" value="save" text={t('admin.hours.save')} preventDoubleClick />}
        </div>
      </form>
    </Page>
  )
}

const pairs = [
  ['openFrom', 'openUntil'],
  ['saturdayFrom', 'saturdayUntil'],
  ['lunchFrom', 'lunchUntil'],
] as const

const Fields = ({ form }: { form: FormView }) => {
  const { t } = useSpeech()
  return (
    <>
      <DayField form={form} name="from" label="admin.field.from" hint={t('admin.hours.fromHint')} focus />
      {pairs.map(([from, until]) => (
        <div class="q-line">
          <Text form={form} name={from} label={`admin.field.${from}`} classes="govuk-input--width-5" />
          <Text form={form} name={until} label={`admin.field.${until}`} classes="govuk-input--width-5" />
        </div>
      ))}
      <Text form={form} name="intakeUntil" label="admin.field.intakeUntil" classes="govuk-input--width-5" />
      <Text form={form} name="source" label="admin.field.source" hint={t('admin.hours.sourceHint')} />
    </>
  )
}

const Changes = ({ preview }: { preview: Preview }) => {
  const speech = useSpeech()
  const { t, norm, shortDateTime } = speech
  const { hours, compared, running, more, closed } = preview
  const different = compared.filter(({ was, is }) => was !== is)
  const when = (at: string | null) => (at === null ? t('admin.hours.cannotTell') : shortDateTime(at))
  return (
    <section aria-live="polite">
      <h2 class="govuk-heading-m" id="preview">
        {t('admin.hours.change')}
      </h2>
      <p class="govuk-body">
        <strong>{hoursWords(hours, speech)}</strong>
      </p>
      <InsetText text={t('admin.hours.law')} />
      <p class="govuk-body">{t(more ? 'admin.hours.runningMore' : 'admin.hours.running', { count: running })}</p>
      {closed.length === 0 ? null : (
        <WarningText>
          {t('admin.hours.closed', { count: closed.length })} {closed.map((row) => `${row.case} (${shortDateTime(row.dueAt)})`).join(', ')}
        </WarningText>
      )}
      {different.length === 0 ? (
        <p class="govuk-body">{t('admin.hours.same')}</p>
      ) : (
        <Table
          caption={t('admin.hours.compared')}
          captionClasses="govuk-table__caption--s"
          head={[
            { text: t('admin.hours.norm') },
            { text: t('admin.hours.begins') },
            { text: t('admin.hours.was') },
            { text: t('admin.hours.is') },
          ]}
          rows={different.map((one) => [
            { text: `${norm(one)} (${t('components.clause.clause', { number: one.clause })})` },
            { text: shortDateTime(one.begins) },
            { text: when(one.was) },
            { text: when(one.is) },
          ])}
        />
      )}
    </section>
  )
}

import type { DocumentRule } from '../../../../../law/schema/standard.ts'
import { Clause } from '../../../../components/clause/clause.tsx'
import { classes } from '../../../../components/common.ts'
import { AttachScans, ScanField } from '../../../../components/scans/scans.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { documentsAsked, waysPresented } from '../../../../forms/sections.ts'
import type { StepView } from '../view.ts'

/** The package by clause 9: what was handed in, how, how much of it, and until when it is valid. */
export const DocumentsSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  return (
    <>
      <p class="govuk-hint">{t('steps.hint.documents')}</p>
      <ol class="q-checklist__list q-package">
        {documentsAsked(view.law, view.state).map((rule) => (
          <DocumentRow rule={rule} view={view} />
        ))}
      </ol>
      <AttachScans />
    </>
  )
}

const DocumentRow = ({ rule, view }: { rule: DocumentRule; view: StepView }) => {
  const { form, naming } = view
  const of = `documents.${rule.id}`
  const title = naming.text(rule.title)
  const error = ['in', 'pages', 'count', 'validUntil'].map((part) => form.error(`${of}.${part}`)).find((text) => text !== undefined)
  return (
    <li class={classes('q-checklist__item', error && 'q-checklist__item--error')}>
      <div class="q-checklist__title">
        <strong>{title}</strong>
        <Need view={view} rule={rule} />
        {error ? (
          <p class="govuk-error-message" id={`${of}-error`}>
            {error}
          </p>
        ) : null}
      </div>
      <div class="q-checklist__controls">
        <Tick view={view} name={`${of}.in`} words="in" about={title} />
        <Way view={view} rule={rule} about={title} />
        <Tick view={view} name={`${of}.originalSeen`} words="originalSeen" about={title} />
        <Small view={view} name={`${of}.pages`} label="pages" about={title} size={3} />
        <Small view={view} name={`${of}.count`} label="count" about={title} size={3} />
        {rule.expires ? <Small view={view} name={`${of}.validUntil`} label="validUntil" about={title} size={10} /> : null}
        <ScanField
          number={view.number}
          document={rule.id}
          about={title}
          file={form.value(`${of}.file`)}
          scans={view.scans}
          error={form.error(`scan.${rule.id}`)}
        />
      </div>
    </li>
  )
}

const Need = ({ view, rule }: { view: StepView; rule: DocumentRule }) => {
  const { t } = useSpeech()
  const who = rule.applicants?.includes('representative') && !rule.applicants.includes('self') ? ` ${t('steps.need.ofRepresentative')}` : ''
  return (
    <span class="q-checklist__need">
      {t(`steps.need.${rule.requirement}`, rule.requirement === 'forHolders' ? { holders: view.holders ?? '' } : {})}
      {who}. <Clause number={rule.clause} unconfirmed={rule.unconfirmed !== undefined} />
    </span>
  )
}

const Tick = ({ view, name, words, about }: { view: StepView; name: string; words: string; about: string }) => {
  const { t } = useSpeech()
  return (
    <label class="q-checklist__tick">
      <input type="checkbox" id={name} name={name} value="yes" checked={view.form.ticked(name)} />{' '}
      <span>{t(`steps.document.${words}`)}</span>
      <span class="govuk-visually-hidden"> – {about}</span>
    </label>
  )
}

const Way = ({ view, rule, about }: { view: StepView; rule: DocumentRule; about: string }) => {
  const { t } = useSpeech()
  const name = `documents.${rule.id}.presented`
  const chosen = view.form.value(name) || rule.presented
  return (
    <label class="q-checklist__field">
      <span>
        {t('steps.field.presented')}
        <span class="govuk-visually-hidden"> – {about}</span>
      </span>
      <select class="govuk-select" id={name} name={name}>
        {waysPresented.map((way) => (
          <option value={way} selected={way === chosen}>
            {t(`steps.presented.${way}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

const Small = ({ view, name, label, about, size }: { view: StepView; name: string; label: string; about: string; size: number }) => {
  const { t } = useSpeech()
  const error = view.form.error(name)
  return (
    <label class="q-checklist__field">
      <span>
        {t(`steps.field.${label}`)}
        <span class="govuk-visually-hidden"> – {about}</span>
      </span>
      <input
        class={classes('govuk-input', error && 'govuk-input--error')}
        id={name}
        name={name}
        value={view.form.value(name)}
        inputmode={label === 'validUntil' ? 'text' : 'numeric'}
        size={size}
        autocomplete="off"
        placeholder={label === 'validUntil' ? t('steps.hint.dayShort') : undefined}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${name.slice(0, name.lastIndexOf('.'))}-error` : undefined}
      />
    </label>
  )
}

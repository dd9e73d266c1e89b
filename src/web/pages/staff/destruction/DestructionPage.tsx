import type { DestructionPreview } from '../../../../desk/destruction.ts'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { Textarea } from '../../../components/textarea/textarea.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { destructionPath, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { FormPage, OrderFields, Text } from '../accounts/FormPage.tsx'

interface DestructionProps {
  frame: Frame
  form: FormView
  preview: DestructionPreview
  naming: Naming
}

/** What goes and what stays, the order that demands it, and words that nobody types by mistake. */
export const DestructionPage = ({ frame, form, preview, naming }: DestructionProps) => {
  const { t } = frame.speech
  const { number, endedAt } = preview
  return (
    <FormPage
      frame={frame}
      form={form}
      title={t('destruction.title')}
      about={t('components.caseHeader.case', { number })}
      back={{ href: paths.destruction, text: t('destruction.title') }}
      action={destructionPath(number)}
      do={t('destruction.do')}
      warning
      before={
        <>
          <About preview={preview} naming={naming} />
          <Goes preview={preview} />
          <Stays preview={preview} />
          <WarningText text={t('destruction.forEver')} iconFallbackText={t('destruction.warning')} />
        </>
      }
    >
      <h2 class="govuk-heading-m">{t('destruction.order')}</h2>
      <OrderFields form={form} />
      <Textarea
        name="ground"
        rows={2}
        label={t('destruction.ground')}
        hint={t('destruction.groundHint')}
        value={form.value('ground')}
        errorMessage={form.error('ground')}
      />
      {endedAt === null ? (
        <Checkboxes
          name="evenOpen"
          errorMessage={form.error('evenOpen')}
          items={[
            {
              value: 'yes',
              text: t('destruction.evenOpen'),
              hint: t('destruction.evenOpenHint'),
              checked: form.value('evenOpen') === 'yes',
            },
          ]}
        />
      ) : null}
      <Text
        form={form}
        name="words"
        label="destruction.confirm"
        hint={t('destruction.confirmHint', { words: t('destruction.words') })}
        classes="govuk-input--width-20"
      />
    </FormPage>
  )
}

const About = ({ preview, naming }: Pick<DestructionProps, 'preview' | 'naming'>) => {
  const { t, dateTime } = useSpeech()
  const { provider, endedAt } = preview
  const rows = [
    { key: t('destruction.provider'), value: naming.organisation(provider) },
    { key: t('destruction.state'), value: endedAt === null ? t('destruction.open') : t('destruction.ended', { at: dateTime(endedAt) }) },
  ]
  return (
    <>
      <SummaryList rows={rows.map(({ key, value }) => ({ key: { text: key }, value: { text: value } }))} />
      {endedAt === null ? <InsetText text={t('destruction.openText')} /> : null}
    </>
  )
}

/** Whole kibibytes; a few bytes are one. */
const kibibytes = (bytes: number): number => Math.ceil(bytes / 1024)

const Goes = ({ preview: { counts } }: Pick<DestructionProps, 'preview'>) => {
  const { t, number } = useSpeech()
  return (
    <section class="q-card">
      <h2 class="govuk-heading-m">{t('destruction.goes')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('destruction.values', { count: counts.values })}</li>
        {counts.files > 0 ? <li>{t('destruction.files', { count: counts.files, size: number(kibibytes(counts.bytes)) })}</li> : null}
        <li>{t('destruction.rows', { count: counts.rows })}</li>
        {counts.forms > 0 ? <li>{t('destruction.forms', { count: counts.forms })}</li> : null}
        <li>{t('destruction.key')}</li>
      </ul>
    </section>
  )
}

const Stays = ({ preview: { counts } }: Pick<DestructionProps, 'preview'>) => {
  const { t } = useSpeech()
  return (
    <section class="q-card">
      <h2 class="govuk-heading-m">{t('destruction.stays')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{t('destruction.chain', { count: counts.events })}</li>
        <li>{t('destruction.act')}</li>
        <li>{t('destruction.exchanges')}</li>
        <li>{t('destruction.receipt')}</li>
      </ul>
      <p class="govuk-body">{t('destruction.elsewhere')}</p>
    </section>
  )
}

import type { Child } from 'hono/jsx'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import type { Path } from '../../../paths.ts'

interface FormPageProps {
  frame: Frame
  form: FormView
  title: string
  /** Whom or what it is about; stands under the title. */
  about?: string
  back: { href: Path; text: string }
  action: Path
  do: string
  warning?: boolean
  before?: Child
  children: Child
}

/** One act, one form: what is wrong stands above, the way back on top. */
export const FormPage = (props: FormPageProps) => {
  const { frame, form, back } = props
  return (
    <Page
      frame={frame}
      title={props.about === undefined ? props.title : `${props.title} – ${props.about}`}
      hasError={form.errors.length > 0}
      before={<BackLink href={back.href} text={back.text} attributes={{ 'data-key-back': '' }} />}
    >
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      {props.about === undefined ? null : <span class="govuk-caption-l">{props.about}</span>}
      <h1 class="govuk-heading-l">{props.title}</h1>
      {props.before}
      <form method="post" action={props.action} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        {props.children}
        <Button text={props.do} classes={props.warning ? 'govuk-button--warning' : undefined} preventDoubleClick />
      </form>
    </Page>
  )
}

interface FieldProps {
  form: FormView
  name: string
  /** The whole key of its words. */
  label: string
  hint?: string
  classes?: string
  focus?: boolean
}

export const Text = ({ form, name, label, hint, classes, focus }: FieldProps) => {
  const { t } = useSpeech()
  return (
    <Input
      name={name}
      label={t(label)}
      hint={hint}
      value={form.value(name)}
      errorMessage={form.error(name)}
      autocomplete="off"
      spellcheck={false}
      classes={classes}
      attributes={focus ? { autofocus: true } : {}}
    />
  )
}

/** A day, as people type it: `31.12.2019`. */
export const DayField = (props: FieldProps) => {
  const { t } = useSpeech()
  return <Text {...props} hint={props.hint ?? t('admin.dayHint')} classes="govuk-input--width-10" />
}

/** Number and date of an order of the organisation. */
export const OrderFields = ({ form }: { form: FormView }) => (
  <div class="q-line">
    <Text form={form} name="order.number" label="admin.field.orderNumber" />
    <DayField form={form} name="order.date" label="admin.field.orderDate" />
  </div>
)

export const Choice = ({
  form,
  name,
  label,
  hint,
  items,
  focus,
}: FieldProps & { items: readonly { readonly value: string; readonly text: string }[] }) => {
  const { t } = useSpeech()
  return (
    <Select
      name={name}
      label={t(label)}
      hint={hint}
      value={form.value(name)}
      errorMessage={form.error(name)}
      items={[{ value: '', text: t('steps.choose') }, ...items]}
      attributes={focus ? { autofocus: true } : {}}
    />
  )
}

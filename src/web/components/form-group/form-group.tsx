import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, describedBy, type Worded, words } from '../common.ts'
import { ErrorMessage, type ErrorMessageProps } from '../error-message/error-message.tsx'
import { Hint } from '../hint/hint.tsx'
import { Label, type LabelProps } from '../label/label.tsx'

/** What every field has in common: label, hint, error and what stands before or after the control. */
export interface FieldProps {
  name: string
  /** Default: the name. */
  id?: string
  label?: LabelProps | string
  hint?: Worded
  errorMessage?: ErrorMessageProps | string
  describedBy?: string
  formGroup?: {
    classes?: string
    attributes?: Attributes
    beforeInput?: Worded
    afterInput?: Worded
    beforeInputs?: Worded
    afterInputs?: Worded
  }
}

/** Ids of hint and error for `aria-describedby`, in the order a screen reader should say them. */
export const describing = (id: string, props: Pick<FieldProps, 'hint' | 'errorMessage' | 'describedBy'>): string | undefined =>
  describedBy(props.describedBy, props.hint && `${id}-hint`, props.errorMessage && `${id}-error`)

export const HintAndError = ({ id, hint, errorMessage }: { id: string } & Pick<FieldProps, 'hint' | 'errorMessage'>) => (
  <>
    {hint ? <Hint {...words(hint)} id={`${id}-hint`} /> : null}
    {errorMessage ? <ErrorMessage {...words(errorMessage)} id={`${id}-error`} /> : null}
  </>
)

export const FormGroup = ({ props, children }: { props: Pick<FieldProps, 'errorMessage' | 'formGroup'>; children?: Child }) => (
  <div
    class={classes('govuk-form-group', props.errorMessage && 'govuk-form-group--error', props.formGroup?.classes)}
    {...attributesOf(props.formGroup?.attributes)}
  >
    {children}
  </div>
)

/** Label, hint and error above one control. */
export const Field = ({ id, props, children }: { id: string; props: FieldProps; children?: Child }) => (
  <FormGroup props={props}>
    {props.label ? <Label {...words(props.label)} for={id} /> : null}
    <HintAndError id={id} hint={props.hint} errorMessage={props.errorMessage} />
    {children}
  </FormGroup>
)

export const Around = ({ before, after, children }: { before?: Worded; after?: Worded; children?: Child }) => (
  <>
    {before ? words(before).text : null}
    {children}
    {after ? words(after).text : null}
  </>
)

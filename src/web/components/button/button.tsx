import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'

/** Parameters of GOV.UK's button; with `href` it is a link that looks like one. */
export interface ButtonProps {
  text?: Child
  children?: Child
  type?: 'submit' | 'button' | 'reset'
  name?: string
  value?: string
  href?: string
  id?: string
  disabled?: boolean
  isStartButton?: boolean
  preventDoubleClick?: boolean
  classes?: string
  attributes?: Attributes
}

const startIcon = (
  <svg
    class="govuk-button__start-icon"
    xmlns="http://www.w3.org/2000/svg"
    width="17.5"
    height="19"
    viewBox="0 0 33 40"
    aria-hidden="true"
    focusable="false"
  >
    <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
  </svg>
)

export const Button = (props: ButtonProps) => {
  const shared = {
    class: classes('govuk-button', props.classes, props.isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    ...attributesOf(props.attributes),
    ...(props.id ? { id: props.id } : {}),
  }
  const words = props.text ?? props.children
  // Flexbox of the start button drops the spaces between inline elements, hence the span.
  const inside = (
    <>
      {props.isStartButton && typeof words !== 'string' ? <span>{words}</span> : words}
      {props.isStartButton ? startIcon : null}
    </>
  )
  if (props.href) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: a link that looks like a button is GOV.UK's own; it navigates, so it stays a link
      <a href={props.href} role="button" draggable="false" {...shared}>
        {inside}
      </a>
    )
  }
  return (
    <button
      type={props.type ?? 'submit'}
      value={props.value || undefined}
      name={props.name || undefined}
      disabled={props.disabled}
      aria-disabled={props.disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick === undefined ? undefined : String(props.preventDoubleClick)}
      {...shared}
    >
      {inside}
    </button>
  )
}

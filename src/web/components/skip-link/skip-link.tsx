import { attributesOf, classes, type Words } from '../common.ts'

export const SkipLink = (props: Words & { href?: string }) => (
  <a
    href={props.href || '#content'}
    class={classes('govuk-skip-link', props.classes)}
    {...attributesOf(props.attributes)}
    data-module="govuk-skip-link"
  >
    {props.text}
  </a>
)

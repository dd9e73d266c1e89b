import { attributesOf, classes, type Words } from '../common.ts'

/** A state in words; colour only repeats what the words say. */
export const Tag = (props: Words) => (
  <strong class={classes('govuk-tag', props.classes)} {...attributesOf(props.attributes)}>
    {props.text}
  </strong>
)

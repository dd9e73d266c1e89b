import { attributesOf, classes, type Words } from '../common.ts'

export const Badge = (props: Words) => (
  <span class={classes('moj-badge', props.classes)} {...attributesOf(props.attributes)}>
    {props.text}
  </span>
)

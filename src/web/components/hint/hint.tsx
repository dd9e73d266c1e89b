import { attributesOf, classes, type Words } from '../common.ts'

export interface HintProps extends Words {
  id?: string
}

export const Hint = (props: HintProps) => (
  <div id={props.id || undefined} class={classes('govuk-hint', props.classes)} {...attributesOf(props.attributes)}>
    {props.text}
  </div>
)

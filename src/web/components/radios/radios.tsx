import { Choices, type ChoicesProps } from '../choices/choices.tsx'

export interface RadiosProps extends ChoicesProps {
  value?: string | number
}

export const Radios = (props: RadiosProps) => (
  <Choices
    props={props}
    kind="radios"
    type="radio"
    isChecked={(item) => item.checked || (Boolean(props.value) && item.value === props.value && item.checked !== false)}
  />
)

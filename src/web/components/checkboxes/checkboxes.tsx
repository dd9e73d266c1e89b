import { Choices, type ChoicesProps } from '../choices/choices.tsx'

export interface CheckboxesProps extends ChoicesProps {
  values?: readonly (string | number)[]
}

export const Checkboxes = (props: CheckboxesProps) => (
  <Choices
    props={props}
    kind="checkboxes"
    type="checkbox"
    isChecked={(item) => item.checked || (item.value !== undefined && (props.values ?? []).includes(item.value) && item.checked !== false)}
  />
)

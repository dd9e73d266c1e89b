import { type Attributes, attributesOf, classes } from '../common.ts'
import { Around, describing, Field, type FieldProps } from '../form-group/form-group.tsx'

export interface FileUploadProps extends FieldProps {
  multiple?: boolean
  disabled?: boolean
  classes?: string
  attributes?: Attributes
}

/** The plain file field: the browser's own control works without script and speaks the reader's language. */
export const FileUpload = (props: FileUploadProps) => {
  const id = props.id || props.name
  return (
    <Field id={id} props={props}>
      <Around before={props.formGroup?.beforeInput} after={props.formGroup?.afterInput}>
        <input
          class={classes('govuk-file-upload', props.classes, props.errorMessage && 'govuk-file-upload--error')}
          id={id}
          name={props.name}
          type="file"
          disabled={props.disabled}
          multiple={props.multiple}
          aria-describedby={describing(id, props)}
          {...attributesOf(props.attributes)}
        />
      </Around>
    </Field>
  )
}

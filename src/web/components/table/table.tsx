import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type Words } from '../common.ts'

export interface TableCell extends Partial<Words> {
  format?: 'numeric'
  colspan?: number
  rowspan?: number
}

export interface TableProps {
  caption?: Child
  captionClasses?: string
  head?: readonly TableCell[]
  rows: readonly (readonly TableCell[] | null | undefined | false)[]
  firstCellIsHeader?: boolean
  classes?: string
  attributes?: Attributes
}

const Header = ({ cell, scope }: { cell: TableCell; scope: 'col' | 'row' }) => (
  <th
    scope={scope}
    class={classes('govuk-table__header', scope === 'col' && cell.format && `govuk-table__header--${cell.format}`, cell.classes)}
    colspan={cell.colspan}
    rowspan={cell.rowspan}
    {...attributesOf(cell.attributes)}
  >
    {cell.text}
  </th>
)

const Cell = ({ cell }: { cell: TableCell }) => (
  <td
    class={classes('govuk-table__cell', cell.format && `govuk-table__cell--${cell.format}`, cell.classes)}
    colspan={cell.colspan}
    rowspan={cell.rowspan}
    {...attributesOf(cell.attributes)}
  >
    {cell.text}
  </td>
)

export const Table = (props: TableProps) => (
  <table class={classes('govuk-table', props.classes)} {...attributesOf(props.attributes)}>
    {props.caption ? <caption class={classes('govuk-table__caption', props.captionClasses)}>{props.caption}</caption> : null}
    {props.head ? (
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {props.head.map((cell) => (
            <Header cell={cell} scope="col" />
          ))}
        </tr>
      </thead>
    ) : null}
    <tbody class="govuk-table__body">
      {props.rows.map((row) =>
        row ? (
          <tr class="govuk-table__row">
            {row.map((cell, index) => (index === 0 && props.firstCellIsHeader ? <Header cell={cell} scope="row" /> : <Cell cell={cell} />))}
          </tr>
        ) : null,
      )}
    </tbody>
  </table>
)

import type { Child } from 'hono/jsx'
import { classes } from '../../../components/common.ts'

export interface NumbersColumn {
  readonly key: string
  readonly label: string
  readonly numeric?: boolean
}

interface NumbersProps {
  caption: string
  columns: readonly NumbersColumn[]
  rows: readonly Readonly<Record<string, Child>>[]
}

/** A table of numbers that lead on: cards on a phone, rows for the keys. */
export const Numbers = ({ caption, columns, rows }: NumbersProps) => (
  <div class="q-work" data-keys="list">
    <table class="govuk-table q-work__table">
      <caption class="govuk-visually-hidden">{caption}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {columns.map(({ label, numeric }) => (
            <th scope="col" class={classes('govuk-table__header', numeric && 'govuk-table__header--numeric')}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {rows.map((row) => (
          <tr class="govuk-table__row" data-keys-row="">
            {columns.map(({ key, label, numeric }) => (
              <td class={classes('govuk-table__cell', numeric && 'govuk-table__cell--numeric')} data-label={label}>
                {row[key]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

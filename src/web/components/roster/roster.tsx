import type { Child } from 'hono/jsx'
import { classes } from '../common.ts'

export interface RosterColumn {
  key: string
  label: string
  numeric?: boolean
}

export interface RosterRow {
  /** Absent: the row leads nowhere. */
  href?: string
  title: Child
  /** By column key; the first column is the title. */
  cells: Readonly<Record<string, Child>>
  /** Value and name of the row's check box, where rows can be chosen. */
  choice?: { value: string; label: string; checked?: boolean }
}

export interface RosterProps {
  caption: string
  /** The first one is the title's. */
  columns: readonly RosterColumn[]
  rows: readonly RosterRow[]
  /** Name of the check boxes. */
  choose?: string
  chooseLabel?: string
}

/** A list of people, places or entries: gone through by the keys of the office, cards on a phone. */
export const Roster = ({ caption, columns, rows, choose, chooseLabel }: RosterProps) => (
  <table class="govuk-table q-roster">
    <caption class="govuk-visually-hidden">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {choose ? (
          <th scope="col" class="govuk-table__header">
            <span class="govuk-visually-hidden">{chooseLabel}</span>
          </th>
        ) : null}
        {columns.map(({ label, numeric }) => (
          <th scope="col" class={classes('govuk-table__header', numeric && 'govuk-table__header--numeric')}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="govuk-table__body" data-keys="list">
      {rows.map((row) => (
        <tr class="govuk-table__row" data-keys-row>
          {choose ? (
            <td class="govuk-table__cell q-roster__choice">{row.choice ? <Box name={choose} choice={row.choice} /> : null}</td>
          ) : null}
          {columns.map(({ key, label, numeric }, index) => (
            <td
              class={classes('govuk-table__cell', index === 0 && 'q-roster__title', numeric && 'govuk-table__cell--numeric')}
              data-label={index === 0 ? undefined : label}
            >
              {index === 0 ? <Title row={row} /> : row.cells[key]}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

const Title = ({ row: { href, title } }: { row: RosterRow }) =>
  href === undefined ? (
    <span>{title}</span>
  ) : (
    <a class="govuk-link" href={href}>
      {title}
    </a>
  )

const Box = ({ name, choice }: { name: string; choice: NonNullable<RosterRow['choice']> }) => (
  <input type="checkbox" name={name} value={choice.value} checked={choice.checked} aria-label={choice.label} />
)

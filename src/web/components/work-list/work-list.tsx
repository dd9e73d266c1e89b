import type { Child } from 'hono/jsx'
import { classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface WorkColumn {
  key: string
  label: string
  /** Address that sorts by this column; the column in use gets the address of the other direction. */
  sortHref?: string
  sorted?: 'ascending' | 'descending'
  numeric?: boolean
}

export interface WorkRow {
  /** Case number: the link's words and the value of the check box. */
  number: string
  href: string
  /** By column key; the column "number" is filled by the link itself. */
  cells: Readonly<Record<string, Child>>
  /** Marks the row at its edge; the cell must say it in words as well. */
  tone?: 'soon' | 'overdue'
  /** Said after the number: "new". */
  mark?: Child
  /** False: this case is not among those that may be chosen. */
  choosable?: boolean
  chosen?: boolean
  /** What the list's island asks the server about: `<number>~<step>`. */
  asks?: string
}

export interface WorkListProps {
  columns: readonly WorkColumn[]
  rows: readonly WorkRow[]
  caption?: string
  captionHidden?: boolean
  /** Name of the check boxes, where the regulation allows several at once. */
  choose?: string
  /** Where the list asks whether it is still true, and its words for what it is told; without it the list stands still. */
  live?: { readonly fresh: string; readonly count: number }
}

const Head = ({ column }: { column: WorkColumn }) => {
  const { t } = useSpeech()
  const arrow = column.sorted === 'ascending' ? '▲' : column.sorted === 'descending' ? '▼' : ''
  return (
    <th scope="col" class={classes('govuk-table__header', column.numeric && 'govuk-table__header--numeric')} aria-sort={column.sorted}>
      {column.sortHref ? (
        <a class="q-work__sort" href={column.sortHref} title={t('components.workList.sortBy', { column: column.label })}>
          {column.label}
          {arrow ? <span aria-hidden="true"> {arrow}</span> : null}
        </a>
      ) : (
        column.label
      )}
    </th>
  )
}

const Choice = ({ name, row }: { name: string; row: WorkRow }) => {
  const { t } = useSpeech()
  return (
    <td class="govuk-table__cell q-work__choice">
      {row.choosable === false ? null : (
        <input
          type="checkbox"
          name={name}
          value={row.number}
          checked={row.chosen}
          aria-label={t('components.workList.choose', { number: row.number })}
        />
      )}
    </td>
  )
}

/** Dense list of cases; sorts by links, becomes cards on a phone. The number opens the case, and Ctrl-click a tab. */
export const WorkList = ({ columns, rows, caption, captionHidden, choose, live }: WorkListProps) => {
  const { t } = useSpeech()
  return (
    <div
      class="q-work"
      data-keys="list"
      data-island={live ? 'work-list' : undefined}
      data-fresh={live?.fresh}
      data-count={live?.count}
      data-gone={live ? t('components.workList.gone') : undefined}
    >
      <table class="govuk-table q-work__table">
        <caption class={captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption'}>
          {caption ?? t('components.workList.caption')}
        </caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {choose ? (
              <th scope="col" class="govuk-table__header">
                <span class="govuk-visually-hidden">{t('components.workList.choice')}</span>
              </th>
            ) : null}
            {columns.map((column) => (
              <Head column={column} />
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {rows.map((row) => (
            <tr class={classes('govuk-table__row', row.tone && `q-work__row--${row.tone}`)} data-keys-row="" data-row={row.asks}>
              {choose ? <Choice name={choose} row={row} /> : null}
              {columns.map((column) => (
                <td class={classes('govuk-table__cell', column.numeric && 'govuk-table__cell--numeric')} data-label={column.label}>
                  {column.key === 'number' ? (
                    <>
                      <a class="govuk-link q-number" href={row.href}>
                        {row.number}
                      </a>
                      {row.mark ? <> {row.mark}</> : null}
                    </>
                  ) : (
                    // One thing beside its label on a phone, however many words, clauses and tags it is made of.
                    <span>{row.cells[column.key]}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

import type { Child } from 'hono/jsx'
import { Button } from '../button/button.tsx'
import { Clause } from '../clause/clause.tsx'
import { classes } from '../common.ts'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

/** One document of the list of the Standard, as the desk takes it in. Values are as they were typed. */
export interface PackageRow {
  /** Code in the Standard; fields are `<name>.<code>.in` and so on. */
  code: string
  title: string
  clause: string
  unconfirmed?: boolean
  /** From whom it is asked, in the reader's words. */
  need: Child
  /** Only of those who say so in the same form: who hold something already, or who come for another. */
  only?: 'holders' | 'representative'
  in: boolean
  originalSeen: boolean
  copyTaken: boolean
  returned: boolean
  presented: string
  pages: string
  count: string
  /** Absent: the document never expires, or its day is asked for elsewhere. */
  validUntil?: string
  /** State systems may hold it; true where somebody has looked and they do. */
  held?: boolean
  /** What was missing or wrong with it before, in words. */
  before?: string
  error?: string
  wrong?: readonly ('pages' | 'count' | 'validUntil')[]
  /** What stands in a line of its own below: scans. */
  below?: Child
}

export interface PackageTableProps {
  rows: readonly PackageRow[]
  ways: readonly string[]
  name?: string
  /** A button that says, in one key, that everything asked for is here; absent where the form knows none. */
  all?: { name: string; value: string; text: string }
}

const ticks = ['in', 'originalSeen', 'copyTaken', 'returned'] as const

/** The package, one line a document: handed in, original seen, copy taken, given back; how, how many sheets and copies, until when. */
export const PackageTable = ({ rows, ways, name = 'documents', all }: PackageTableProps) => {
  const { t } = useSpeech()
  return (
    <div class="q-pack">
      {all ? (
        <div class="q-pack__all">
          <Button
            name={all.name}
            value={all.value}
            classes="govuk-button--secondary"
            attributes={{ 'data-key': 'd' }}
            text={
              <>
                {all.text} <Key name="d" />
              </>
            }
          />
        </div>
      ) : null}
      <table class="q-pack__table">
        <thead>
          <tr>
            <th scope="col">{t('intake.pack.document')}</th>
            {ticks.map((tick) => (
              <th scope="col" class="q-pack__tick">
                {t(`intake.pack.${tick}`)}
              </th>
            ))}
            <th scope="col">{t('steps.field.presented')}</th>
            <th scope="col">{t('intake.pack.pages')}</th>
            <th scope="col">{t('intake.pack.count')}</th>
            <th scope="col">{t('intake.pack.validUntil')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} of={`${name}.${row.code}`} ways={ways} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: PackageRow
  of: string
}

const Row = ({ row, of, ways }: RowProps & { ways: readonly string[] }) => (
  <>
    <Line row={row} of={of} ways={ways} />
    {row.below ? (
      <tr class="q-pack__below" data-only={row.only}>
        <td colspan={9}>{row.below}</td>
      </tr>
    ) : null}
  </>
)

const Line = ({ row, of, ways }: RowProps & { ways: readonly string[] }) => (
  <tr class={classes('q-pack__row', row.error && 'q-pack__row--error')} data-only={row.only}>
    <th scope="row" class="q-pack__title" id={`${of}-title`}>
      <Title row={row} of={of} />
    </th>
    {ticks.map((tick) => (
      <Tick row={row} of={of} tick={tick} />
    ))}
    <Way row={row} of={of} ways={ways} />
    {(['pages', 'count', 'validUntil'] as const).map((field) => (
      <Small row={row} of={of} field={field} />
    ))}
  </tr>
)

const Title = ({ row, of }: RowProps) => {
  const { t } = useSpeech()
  return (
    <>
      <span class="q-pack__name">{row.title}</span>
      <span class="q-pack__need">
        {row.need} <Clause number={row.clause} unconfirmed={row.unconfirmed} />
      </span>
      {row.before ? <span class="q-pack__before">{t('intake.again.before', { what: row.before })}</span> : null}
      {row.held === undefined ? null : (
        <label class="q-pack__held">
          <input type="checkbox" name={`${of}.held`} id={`${of}.held`} value="yes" checked={row.held} />{' '}
          <span>{t('intake.pack.held')}</span>
        </label>
      )}
      {row.error ? (
        <span class="govuk-error-message" id={`${of}-error`}>
          {row.error}
        </span>
      ) : null}
    </>
  )
}

const Tick = ({ row, of, tick }: RowProps & { tick: (typeof ticks)[number] }) => {
  const { t } = useSpeech()
  const id = `${of}.${tick}`
  return (
    <td class="q-pack__tick">
      <label>
        <input type="checkbox" id={id} name={id} value="yes" checked={row[tick]} aria-describedby={row.error ? `${of}-error` : undefined} />
        <span class="q-pack__words">
          {t(`intake.pack.${tick}`)}
          <span class="govuk-visually-hidden"> – {row.title}</span>
        </span>
      </label>
    </td>
  )
}

const Way = ({ row, of, ways }: RowProps & { ways: readonly string[] }) => {
  const { t } = useSpeech()
  return (
    <td>
      <select
        class="govuk-select"
        name={`${of}.presented`}
        id={`${of}.presented`}
        aria-label={`${t('steps.field.presented')} – ${row.title}`}
      >
        {ways.map((way) => (
          <option value={way} selected={way === row.presented}>
            {t(`steps.presented.${way}`)}
          </option>
        ))}
      </select>
    </td>
  )
}

const Small = ({ row, of, field }: RowProps & { field: 'pages' | 'count' | 'validUntil' }) => {
  const { t } = useSpeech()
  const value = row[field]
  if (value === undefined) return <td class="q-pack__small" />
  const [id, isWrong] = [`${of}.${field}`, row.wrong?.includes(field)]
  return (
    <td class="q-pack__small">
      <input
        class={classes('govuk-input', isWrong && 'govuk-input--error')}
        id={id}
        name={id}
        value={value}
        inputmode={field === 'validUntil' ? 'text' : 'numeric'}
        size={field === 'validUntil' ? 10 : 2}
        autocomplete="off"
        placeholder={field === 'validUntil' ? t('steps.hint.dayShort') : undefined}
        aria-label={`${t(`steps.field.${field}`)} – ${row.title}`}
        aria-invalid={isWrong ? 'true' : undefined}
        aria-describedby={row.error ? `${of}-error` : undefined}
      />
    </td>
  )
}

import type { Child } from 'hono/jsx'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Select } from '../../../components/select/select.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import type { Path } from '../../../paths.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'
import { DayField } from '../accounts/FormPage.tsx'

/** What every page of a book is given. */
export interface BookProps<Row> {
  frame: Frame
  form: FormView
  rows: readonly Row[]
  /** Where the reader may choose among regions. */
  regions: ReadonlyMap<string, string>
  administers: boolean
  /** Addresses of the following page and of the first one. */
  next?: string
  first?: string
}

interface Book extends BookProps<unknown> {
  path: Path
  /** Words under it: `<words>.title`, `.text`, `.nothing`, `.nothingText`. */
  words: string
  /** Fields between the region and the days. */
  fields: Child
  children: Child
}

/** A book that is read by days: of readings, of exchanges. Narrowed by a form, the newest first, a page at a time; looking into it is written down as well. */
export const BookPage = ({ frame, form, rows, administers, path, words, fields, children, regions, next, first }: Book) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t(`${words}.title`)} hasError={form.errors.length > 0}>
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{t(`${words}.title`)}</h1>
      {administers ? <AdminTabs current={path} /> : null}
      <p class="govuk-body">{t(`${words}.text`)}</p>
      <form method="get" action={path} class="q-narrow" novalidate>
        {regions.size > 1 ? (
          <Select
            name="region"
            label={t('admin.field.region')}
            value={form.value('region')}
            items={[...regions].map(([value, text]) => ({ value, text }))}
          />
        ) : null}
        {fields}
        <DayField form={form} name="from" label="admin.field.from" />
        <DayField form={form} name="until" label="admin.field.until" />
        <Button text={t('admin.show')} classes="govuk-button--secondary" />
      </form>
      {rows.length === 0 ? (
        <EmptyState title={t(`${words}.nothing`)}>
          <p>{t(`${words}.nothingText`)}</p>
        </EmptyState>
      ) : (
        children
      )}
      {next === undefined && first === undefined ? null : (
        <Pagination
          {...(first === undefined ? {} : { previous: { href: first, text: t('pages.work.first') } })}
          {...(next === undefined ? {} : { next: { href: next } })}
        />
      )}
    </Page>
  )
}

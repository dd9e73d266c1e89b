import { awaitingChoices, dueChoices, filterQuery, isEverything, type WorkFilter, whoseChoices } from '../../../../desk/lists/workFilter.ts'
import { longestName } from '../../../../people/workFilters.ts'
import { Button } from '../../../components/button/button.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { paths } from '../../../paths.ts'
import type { Tab } from './tabs.ts'

export interface FilterFormProps {
  filter: WorkFilter
  /** The tab that shows the filter, where the person kept it. */
  kept: Tab | undefined
  steps: readonly { readonly value: string; readonly text: string }[]
  channels: readonly { readonly value: string; readonly text: string }[]
  /** Whether the head names performers here, and whether outside systems are waited for. */
  shows: { readonly whose: boolean; readonly awaiting: boolean }
  csrf: string
  /** What is wrong with the name that was typed. */
  error?: string | undefined
  typed?: string | undefined
}

/** Chooses what the list shows, and keeps it under a name: a tab of the person's own. */
export const FilterForm = (props: FilterFormProps) => {
  const { t } = useSpeech()
  const { filter } = props
  return (
    <details class="govuk-details q-filter" open={props.error !== undefined}>
      <summary class="govuk-details__summary" data-key="f">
        <span class="govuk-details__summary-text">{t('lists.filter.summary')}</span> <Key name="f" />
      </summary>
      <div class="govuk-details__text">
        <form method="get" action={paths.work} class="q-filter__choices">
          <Choice name="step" value={filter.step} items={props.steps} />
          <Choice name="channel" value={filter.channel} items={props.channels} />
          <Choice name="due" value={filter.due} items={dueChoices.map((value) => ({ value, text: t(`lists.due.${value}`) }))} />
          {props.shows.whose ? (
            <Choice name="whose" value={filter.whose} items={whoseChoices.map((value) => ({ value, text: t(`lists.whose.${value}`) }))} />
          ) : null}
          {props.shows.awaiting ? (
            <Choice
              name="awaiting"
              value={filter.awaiting}
              items={awaitingChoices.map((value) => ({ value, text: t(`lists.awaiting.${value}`) }))}
            />
          ) : null}
          <Button text={t('lists.filter.show')} classes="govuk-button--secondary" />
          {isEverything(filter) ? null : (
            <a class="govuk-link" href={paths.work}>
              {t('lists.filter.everything')}
            </a>
          )}
        </form>
        <Keeping {...props} />
      </div>
    </details>
  )
}

const Choice = ({ name, value, items }: { name: keyof WorkFilter; value: string | undefined; items: FilterFormProps['steps'] }) => {
  const { t } = useSpeech()
  if (items.length < 2 && value === undefined) return null
  return (
    <Select
      name={name}
      id={`filter-${name}`}
      label={t(`lists.filter.${name}`)}
      value={value}
      items={[{ value: '', text: t('lists.filter.any') }, ...items]}
    />
  )
}

const Keeping = ({ filter, kept, csrf, error, typed }: FilterFormProps) => {
  const { t } = useSpeech()
  if (isEverything(filter)) return null
  return (
    <form method="post" action={paths.workFilters} class="q-filter__keep" novalidate>
      <input type="hidden" name="_csrf" value={csrf} />
      <input type="hidden" name="filter" value={filterQuery(filter)} />
      {kept?.id ? (
        <>
          <input type="hidden" name="drop" value={kept.id} />
          <Button text={t('lists.filter.drop', { name: kept.name })} classes="govuk-button--secondary" />
        </>
      ) : (
        <>
          <Input
            name="name"
            id="filter-name"
            label={t('lists.filter.name')}
            hint={t('lists.filter.nameHint')}
            value={typed}
            errorMessage={error}
            attributes={{ maxlength: longestName }}
            autocomplete="off"
          />
          <Button text={t('lists.filter.keep')} classes="govuk-button--secondary" />
        </>
      )}
    </form>
  )
}

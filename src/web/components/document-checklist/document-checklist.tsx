import { classes } from '../common.ts'
import { useSpeech } from '../speech.ts'
import { Tag } from '../tag/tag.tsx'

export type DocumentNeed = 'required' | 'ifAny' | 'ifNotInIS' | 'forHolders'

export interface ChecklistItem {
  /** Code of the document in the Standard; the fields are `<name>.<code>.original` and so on. */
  code: string
  /** In the reader's words, from the Standard. */
  title: string
  clause?: string
  need: DocumentNeed
  /** A state system has it: it may not be demanded, and no field is shown. */
  held?: boolean
  original?: boolean
  copy?: boolean
  returned?: boolean
  pages?: number | string
  number?: string
  /** YYYY-MM-DD as typed; a date that does not exist comes back as it was typed. */
  validUntil?: string
  expired?: boolean
  error?: string
}

export interface DocumentChecklistProps {
  items: readonly ChecklistItem[]
  /** Prefix of the fields; default "documents". */
  name?: string
  /** Shown without fields. */
  readOnly?: boolean
  caption?: string
}

const ticks = ['original', 'copy', 'returned'] as const

const Tick = ({ item, field, name }: { item: ChecklistItem; field: (typeof ticks)[number]; name: string }) => {
  const { t } = useSpeech()
  const words = t(`components.checklist.${field}`)
  return (
    <label class="q-checklist__tick">
      <input type="checkbox" name={`${name}.${item.code}.${field}`} value="yes" checked={item[field]} /> <span>{words}</span>
      <span class="govuk-visually-hidden"> – {item.title}</span>
    </label>
  )
}

const fields = [
  { key: 'number', mode: 'text', size: 12 },
  { key: 'pages', mode: 'numeric', size: 3 },
  { key: 'validUntil', mode: 'text', size: 10 },
] as const

const Fields = ({ item, name }: { item: ChecklistItem; name: string }) => {
  const { t } = useSpeech()
  return (
    <>
      {fields.map(({ key, mode, size }) => (
        <label class="q-checklist__field">
          <span>
            {t(`components.checklist.${key}`)}
            <span class="govuk-visually-hidden"> – {item.title}</span>
          </span>
          <input
            class="govuk-input"
            id={`${name}.${item.code}.${key}`}
            name={`${name}.${item.code}.${key}`}
            value={item[key] ?? ''}
            inputmode={mode}
            size={size}
            autocomplete="off"
            placeholder={key === 'validUntil' ? t('components.checklist.dateForm') : undefined}
            aria-invalid={item.error && key === 'validUntil' ? 'true' : undefined}
          />
        </label>
      ))}
    </>
  )
}

const Seen = ({ item }: { item: ChecklistItem }) => {
  const { t, shortDate } = useSpeech()
  const facts = [
    ...ticks.filter((field) => item[field]).map((field) => t(`components.checklist.${field}`)),
    ...(item.number ? [`${t('components.checklist.number')}: ${item.number}`] : []),
    ...(item.pages ? [`${t('components.checklist.pages')}: ${item.pages}`] : []),
    ...(item.validUntil ? [`${t('components.checklist.validUntil')}: ${shortDate(item.validUntil)}`] : []),
  ]
  return <p class="q-checklist__seen">{facts.length > 0 ? facts.join(' · ') : t('components.checklist.missing')}</p>
}

const State = ({ item }: { item: ChecklistItem }) => {
  const { t } = useSpeech()
  if (item.held) return <Tag text={t('components.checklist.held')} classes="govuk-tag--blue" />
  if (item.expired) return <Tag text={t('components.checklist.expired')} classes="govuk-tag--red" />
  return null
}

const Item = ({ item, name, readOnly }: { item: ChecklistItem; name: string; readOnly?: boolean }) => {
  const { t } = useSpeech()
  return (
    <li class={classes('q-checklist__item', item.error && 'q-checklist__item--error')} id={`${name}.${item.code}`}>
      <div class="q-checklist__title">
        <strong>{item.title}</strong>
        <span class="q-checklist__need">
          {t(`components.checklist.${item.need}`)}
          {item.clause ? `, ${t('components.clause.clause', { number: item.clause })}` : ''}
        </span>
        <State item={item} />
        {item.error ? <p class="govuk-error-message">{item.error}</p> : null}
      </div>
      {item.held ? null : readOnly ? (
        <Seen item={item} />
      ) : (
        <div class="q-checklist__controls">
          {ticks.map((field) => (
            <Tick item={item} field={field} name={name} />
          ))}
          <Fields item={item} name={name} />
        </div>
      )}
    </li>
  )
}

/** The package, document by document: original seen, copy taken, returned, number, sheets, valid until. */
export const DocumentChecklist = ({ items, name = 'documents', readOnly, caption }: DocumentChecklistProps) => {
  const { t } = useSpeech()
  return (
    <fieldset class="govuk-fieldset q-checklist">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{caption ?? t('components.checklist.caption')}</legend>
      <ol class="q-checklist__list">
        {items.map((item) => (
          <Item item={item} name={name} readOnly={readOnly} />
        ))}
      </ol>
    </fieldset>
  )
}

import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type HeadingLevel, heading, type Worded, type Words, words } from '../common.ts'

export interface SummaryAction extends Words {
  href: string
  visuallyHiddenText?: string
}

interface Actions {
  items?: readonly SummaryAction[]
  classes?: string
}

export interface SummaryRow {
  key: Worded
  value: Words | Child
  actions?: Actions
  classes?: string
}

export interface SummaryListProps {
  rows: readonly (SummaryRow | null | undefined | false)[]
  card?: { title?: Words & { headingLevel?: HeadingLevel }; actions?: Actions; classes?: string; attributes?: Attributes }
  classes?: string
  attributes?: Attributes
}

const isWords = (value: Words | Child): value is Words =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'text' in value && !('tag' in value)

const ActionLink = ({ action, card }: { action: SummaryAction; card?: Words }) => (
  <a class={classes('govuk-link', action.classes)} href={action.href} {...attributesOf(action.attributes)}>
    {action.text}
    {action.visuallyHiddenText || card ? (
      <span class="govuk-visually-hidden">
        {action.visuallyHiddenText ? ` ${action.visuallyHiddenText}` : ''}
        {card ? <> ({card.text})</> : null}
      </span>
    ) : null}
  </a>
)

const RowActions = ({ actions, card }: { actions: Actions; card?: Words }) => {
  const items = actions.items ?? []
  return (
    <dd class={classes('govuk-summary-list__actions', actions.classes)}>
      {items.length === 1 ? (
        items.map((action) => <ActionLink action={action} card={card} />)
      ) : (
        <ul class="govuk-summary-list__actions-list">
          {items.map((action) => (
            <li class="govuk-summary-list__actions-list-item">
              <ActionLink action={action} card={card} />
            </li>
          ))}
        </ul>
      )}
    </dd>
  )
}

const Row = ({ row, anyActions, card }: { row: SummaryRow; anyActions: boolean; card?: Words }) => {
  const key = words(row.key)
  const value = isWords(row.value) ? row.value : { text: row.value }
  const names = classes('govuk-summary-list__row', anyActions && !row.actions?.items && 'govuk-summary-list__row--no-actions', row.classes)
  return (
    <div class={names}>
      <dt class={classes('govuk-summary-list__key', key.classes)}>{key.text}</dt>
      <dd class={classes('govuk-summary-list__value', value.classes)}>{value.text}</dd>
      {row.actions?.items?.length ? <RowActions actions={row.actions} card={card} /> : null}
    </div>
  )
}

const CardActions = ({ actions, title }: { actions: Actions; title?: Words }) => {
  const items = actions.items ?? []
  const names = classes('govuk-summary-card__actions', actions.classes)
  if (items.length === 1)
    return (
      <div class={names}>
        {items.map((action) => (
          <ActionLink action={action} card={title} />
        ))}
      </div>
    )
  return (
    <ul class={names}>
      {items.map((action) => (
        <li class="govuk-summary-card__action">
          <ActionLink action={action} card={title} />
        </li>
      ))}
    </ul>
  )
}

const Card = ({ card, children }: { card: NonNullable<SummaryListProps['card']>; children?: Child }) => {
  const Heading = heading(card.title?.headingLevel || 2)
  return (
    <div class={classes('govuk-summary-card', card.classes)} {...attributesOf(card.attributes)}>
      <div class="govuk-summary-card__title-wrapper">
        {card.title ? <Heading class={classes('govuk-summary-card__title', card.title.classes)}>{card.title.text}</Heading> : null}
        {card.actions?.items?.length ? <CardActions actions={card.actions} title={card.title} /> : null}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  )
}

export const SummaryList = (props: SummaryListProps) => {
  const anyActions = props.rows.some((row) => (row ? row.actions?.items?.length : false))
  const list = (
    <dl class={classes('govuk-summary-list', props.classes)} {...attributesOf(props.attributes)}>
      {props.rows.map((row) => (row ? <Row row={row} anyActions={Boolean(anyActions)} card={props.card?.title} /> : null))}
    </dl>
  )
  return props.card ? <Card card={props.card}>{list}</Card> : list
}

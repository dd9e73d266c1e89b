import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface PaginationLink {
  href: string
  text?: Child
  labelText?: string
  attributes?: Attributes
}

export interface PaginationItem {
  number?: string | number
  href?: string
  current?: boolean
  ellipsis?: boolean
  visuallyHiddenText?: string
  attributes?: Attributes
}

export interface PaginationProps {
  items?: readonly (PaginationItem | null | undefined | false)[]
  previous?: PaginationLink
  next?: PaginationLink
  landmarkLabel?: string
  classes?: string
  attributes?: Attributes
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
}

const Arrow = ({ side }: { side: 'prev' | 'next' }) => (
  <svg
    class={`govuk-pagination__icon govuk-pagination__icon--${side}`}
    xmlns="http://www.w3.org/2000/svg"
    height="13"
    width="15"
    aria-hidden="true"
    focusable="false"
    viewBox="0 0 15 13"
  >
    <path d={arrows[side]} />
  </svg>
)

const Step = ({ link, side, block }: { link: PaginationLink; side: 'prev' | 'next'; block: boolean }) => {
  const { t } = useSpeech()
  return (
    <div class={`govuk-pagination__${side}`}>
      <a class="govuk-link govuk-pagination__link" href={link.href} rel={side} {...attributesOf(link.attributes)}>
        {block || side === 'prev' ? <Arrow side={side} /> : null}
        <span class={classes('govuk-pagination__link-title', block && !link.labelText && 'govuk-pagination__link-title--decorated')}>
          {link.text || (
            <>
              {side === 'prev' ? t('components.pagination.previous') : t('components.pagination.next')}
              <span class="govuk-visually-hidden"> {t('components.pagination.pageWord')}</span>
            </>
          )}
        </span>
        {link.labelText && block ? (
          <>
            <span class="govuk-visually-hidden">:</span>
            <span class="govuk-pagination__link-label">{link.labelText}</span>
          </>
        ) : null}
        {!block && side === 'next' ? <Arrow side={side} /> : null}
      </a>
    </div>
  )
}

const Item = ({ item }: { item: PaginationItem }) => {
  const { t } = useSpeech()
  const names = classes(
    'govuk-pagination__item',
    item.current && 'govuk-pagination__item--current',
    item.ellipsis && 'govuk-pagination__item--ellipsis',
  )
  if (item.ellipsis) return <li class={names}>⋯</li>
  return (
    <li class={names}>
      <a
        class="govuk-link govuk-pagination__link"
        href={item.href ?? ''}
        aria-label={item.visuallyHiddenText ?? t('components.pagination.page', { number: item.number ?? '' })}
        aria-current={item.current ? 'page' : undefined}
        {...attributesOf(item.attributes)}
      >
        {item.number}
      </a>
    </li>
  )
}

export const Pagination = (props: PaginationProps) => {
  const { t } = useSpeech()
  const block = !props.items && Boolean(props.next || props.previous)
  return (
    <nav
      class={classes('govuk-pagination', block && 'govuk-pagination--block', props.classes)}
      aria-label={props.landmarkLabel || t('components.pagination.label')}
      {...attributesOf(props.attributes)}
    >
      {props.previous?.href ? <Step link={props.previous} side="prev" block={block} /> : null}
      {props.items ? (
        <ul class="govuk-pagination__list">
          {props.items.map((item) => (item && (item.ellipsis || item.number !== undefined) ? <Item item={item} /> : null))}
        </ul>
      ) : null}
      {props.next?.href ? <Step link={props.next} side="next" block={block} /> : null}
    </nav>
  )
}

import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface ServiceNavigationItem {
  text?: Child
  href?: string
  /** This very page. */
  current?: boolean
  /** A page below this one. */
  active?: boolean
  attributes?: Attributes
}

export interface ServiceNavigationProps {
  serviceName?: string
  serviceUrl?: string
  navigation?: readonly (ServiceNavigationItem | null | undefined | false)[]
  navigationLabel?: string
  navigationId?: string
  navigationClasses?: string
  menuButtonText?: string
  menuButtonLabel?: string
  collapseNavigationOnMobile?: boolean
  ariaLabel?: string
  slots?: { start?: Child; navigationStart?: Child; navigationEnd?: Child; end?: Child; endInline?: boolean }
  classes?: string
  attributes?: Attributes
}

const Item = ({ item }: { item: ServiceNavigationItem }) => {
  const lit = item.active || item.current
  const aria = lit ? { 'aria-current': item.current ? ('page' as const) : ('true' as const) } : {}
  const inside = lit ? <strong class="govuk-service-navigation__active-fallback">{item.text}</strong> : item.text
  return (
    <li class={classes('govuk-service-navigation__item', lit && 'govuk-service-navigation__item--active')}>
      {item.href ? (
        <a class="govuk-service-navigation__link" href={item.href} {...aria} {...attributesOf(item.attributes)}>
          {inside}
        </a>
      ) : item.text ? (
        <span class="govuk-service-navigation__text" {...aria}>
          {inside}
        </span>
      ) : null}
    </li>
  )
}

/** Without its island the button does nothing, so nobody should meet it. */
const untilScript = { hidden: true, 'aria-hidden': 'true' } as const

const Navigation = ({ props }: { props: ServiceNavigationProps }) => {
  const { t } = useSpeech()
  const menuText = props.menuButtonText || t('components.menu')
  const id = props.navigationId || 'navigation'
  const items = (props.navigation ?? []).flatMap((item) => (item ? [item] : []))
  if (items.length === 0 && !props.slots?.navigationStart && !props.slots?.navigationEnd) return null
  return (
    <nav aria-label={props.navigationLabel || menuText} class={classes('govuk-service-navigation__wrapper', props.navigationClasses)}>
      {(props.collapseNavigationOnMobile ?? items.length > 1) ? (
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={id}
          aria-label={props.menuButtonLabel && props.menuButtonLabel !== menuText ? props.menuButtonLabel : undefined}
          {...untilScript}
        >
          {menuText}
        </button>
      ) : null}
      <ul class="govuk-service-navigation__list" id={id}>
        {props.slots?.navigationStart}
        {items.map((item) => (
          <Item item={item} />
        ))}
        {props.slots?.navigationEnd}
      </ul>
    </nav>
  )
}

const ServiceName = ({ name, url }: { name: string; url?: string }) => (
  <span class="govuk-service-navigation__service-name">
    {url ? (
      <a href={url} class="govuk-service-navigation__link">
        {name}
      </a>
    ) : (
      <span class="govuk-service-navigation__text">{name}</span>
    )}
  </span>
)

export const ServiceNavigation = (props: ServiceNavigationProps) => {
  const { t } = useSpeech()
  const shared = {
    class: classes('govuk-service-navigation', props.classes),
    'data-module': 'govuk-service-navigation',
    ...attributesOf(props.attributes),
  }
  const inside = (
    <div class={classes('govuk-width-container', props.slots?.endInline && 'govuk-service-navigation__inlining-container')}>
      {props.slots?.start}
      <div class="govuk-service-navigation__container">
        {props.serviceName ? <ServiceName name={props.serviceName} url={props.serviceUrl} /> : null}
        <Navigation props={props} />
      </div>
      {props.slots?.end}
    </div>
  )
  if (!props.serviceName && !props.slots?.start && !props.slots?.end) return <div {...shared}>{inside}</div>
  return (
    <section aria-label={props.ariaLabel ?? t('components.serviceInformation')} {...shared}>
      {inside}
    </section>
  )
}

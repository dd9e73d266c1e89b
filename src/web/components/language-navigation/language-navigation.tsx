import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface LanguageNavigationItem {
  text: Child
  href?: string
  current?: boolean
  lang?: string
  hrefLang?: string
  dir?: 'ltr' | 'rtl'
  languageDescriptionText?: string
  classes?: string
  attributes?: Attributes
}

export interface LanguageNavigationProps {
  items: readonly LanguageNavigationItem[]
  ariaLabel?: string
  classes?: string
  attributes?: Attributes
}

const Item = ({ item }: { item: LanguageNavigationItem }) => {
  const shared = { lang: item.lang || undefined, dir: item.dir || undefined, ...attributesOf(item.attributes) }
  if (item.current || !item.href) {
    return (
      <li class="govuk-language-navigation__list-item">
        <span class={classes('govuk-language-navigation__text', item.classes)} aria-current="true" {...shared}>
          {item.text}
        </span>
      </li>
    )
  }
  return (
    <li class="govuk-language-navigation__list-item">
      <a
        class={classes('govuk-language-navigation__link', item.classes)}
        href={item.href}
        rel="alternate"
        hreflang={item.hrefLang || item.lang || undefined}
        {...shared}
      >
        {item.text}
        {item.languageDescriptionText ? <span class="govuk-visually-hidden"> {item.languageDescriptionText}</span> : null}
      </a>
    </li>
  )
}

export const LanguageNavigation = (props: LanguageNavigationProps) => {
  const { t } = useSpeech()
  return (
    <nav
      class={classes('govuk-language-navigation', props.classes)}
      {...attributesOf(props.attributes)}
      aria-label={props.ariaLabel ?? t('components.language')}
    >
      <ul class="govuk-language-navigation__list">
        {props.items.map((item) => (
          <Item item={item} />
        ))}
      </ul>
    </nav>
  )
}

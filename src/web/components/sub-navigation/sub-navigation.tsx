import { type Attributes, attributesOf, classes, type Words } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface SubNavigationProps {
  items: readonly (Words & { href: string; active?: boolean })[]
  label?: string
  classes?: string
  attributes?: Attributes
}

export const SubNavigation = (props: SubNavigationProps) => {
  const { t } = useSpeech()
  return (
    <nav
      class={classes('moj-sub-navigation', props.classes)}
      aria-label={props.label ?? t('components.subNavigation')}
      {...attributesOf(props.attributes)}
    >
      <ul class="moj-sub-navigation__list">
        {props.items.map((item) => (
          <li class={classes('moj-sub-navigation__item', item.classes)}>
            <a
              class="moj-sub-navigation__link"
              aria-current={item.active ? 'page' : undefined}
              href={item.href}
              {...attributesOf(item.attributes)}
            >
              {item.text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

import { type Attributes, attributesOf, classes, type Words } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface BreadcrumbsProps {
  /** The last one, without `href`, is the page itself. */
  items: readonly (Words & { href?: string })[]
  collapseOnMobile?: boolean
  labelText?: string
  classes?: string
  attributes?: Attributes
}

export const Breadcrumbs = (props: BreadcrumbsProps) => {
  const { t } = useSpeech()
  const names = classes('govuk-breadcrumbs', props.classes, props.collapseOnMobile && 'govuk-breadcrumbs--collapse-on-mobile')
  return (
    <nav class={names} {...attributesOf(props.attributes)} aria-label={props.labelText ?? t('components.breadcrumbs')}>
      <ol class="govuk-breadcrumbs__list">
        {props.items.map((item) =>
          item.href ? (
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href={item.href} {...attributesOf(item.attributes)}>
                {item.text}
              </a>
            </li>
          ) : (
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              {item.text}
            </li>
          ),
        )}
      </ol>
    </nav>
  )
}

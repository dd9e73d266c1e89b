import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type HeadingLevel, heading } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface TimelineItem {
  label: Child
  byline?: Child
  /** RFC 3339; shown as `shown`, which the caller words in the zone of the case. */
  timestamp: string
  shown: Child
  text?: Child
  children?: Child
  classes?: string
  attributes?: Attributes
}

export interface TimelineProps {
  items: readonly TimelineItem[]
  headingLevel?: HeadingLevel
  classes?: string
  attributes?: Attributes
}

const Item = ({ item, level }: { item: TimelineItem; level: HeadingLevel }) => {
  const { t } = useSpeech()
  const Heading = heading(level)
  return (
    <div class={classes('moj-timeline__item', item.classes)} {...attributesOf(item.attributes)}>
      <div class="moj-timeline__header">
        <Heading class="moj-timeline__title">{item.label}</Heading>
        {item.byline ? (
          <p class="moj-timeline__byline">
            {typeof item.byline === 'string' ? t('components.timeline.by', { name: item.byline }) : item.byline}
          </p>
        ) : null}
      </div>
      <p class="moj-timeline__date">
        <time datetime={item.timestamp}>{item.shown}</time>
      </p>
      <div class="moj-timeline__description">{item.text ?? item.children}</div>
    </div>
  )
}

export const Timeline = (props: TimelineProps) => (
  <div class={classes('moj-timeline', props.classes)} {...attributesOf(props.attributes)}>
    {props.items.map((item) => (
      <Item item={item} level={props.headingLevel ?? 2} />
    ))}
  </div>
)

import { type Attributes, attributesOf, classes, describedBy, type Worded, type Words, words } from '../common.ts'
import { Tag } from '../tag/tag.tsx'

export interface TaskListItem {
  title: Worded
  hint?: Worded
  status: Partial<Words> & { tag?: Words }
  href?: string
  classes?: string
}

export interface TaskListProps {
  items: readonly (TaskListItem | null | undefined | false)[]
  idPrefix?: string
  classes?: string
  attributes?: Attributes
}

const Item = ({ item, prefix }: { item: TaskListItem; prefix: string }) => {
  const title = words(item.title)
  const hintId = item.hint ? `${prefix}-hint` : undefined
  const statusId = `${prefix}-status`
  return (
    <li class={classes('govuk-task-list__item', item.href && 'govuk-task-list__item--with-link', item.classes)}>
      <div class="govuk-task-list__name-and-hint">
        {item.href ? (
          <a
            class={classes('govuk-link', 'govuk-task-list__link', title.classes)}
            href={item.href}
            aria-describedby={describedBy(hintId, statusId)}
          >
            {title.text}
          </a>
        ) : (
          <div class={title.classes || undefined}>{title.text}</div>
        )}
        {item.hint ? (
          <div id={hintId} class="govuk-task-list__hint">
            {words(item.hint).text}
          </div>
        ) : null}
      </div>
      <div class={classes('govuk-task-list__status', item.status.classes)} id={statusId}>
        {item.status.tag ? <Tag {...item.status.tag} /> : item.status.text}
      </div>
    </li>
  )
}

export const TaskList = (props: TaskListProps) => (
  <ul class={classes('govuk-task-list', props.classes)} {...attributesOf(props.attributes)}>
    {props.items.map((item, index) => (item ? <Item item={item} prefix={`${props.idPrefix || 'task-list'}-${index + 1}`} /> : null))}
  </ul>
)

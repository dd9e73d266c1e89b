import type { Example } from '../gallery/gallery.ts'
import { Tag } from './tag.tsx'

const tagColours = ['', 'grey', 'green', 'yellow', 'orange', 'red', 'blue'] as const

export const examples = (): readonly Example[] =>
  tagColours.map((colour) => ({
    name: colour || 'default',
    element: <Tag text="тексерілуде" classes={colour && `govuk-tag--${colour}`} />,
  }))

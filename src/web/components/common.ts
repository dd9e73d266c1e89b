import type { Child } from 'hono/jsx'

/** Further attributes of an element: `undefined` leaves the attribute out, `true` is written "true" (as ARIA wants it). */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** Words with their own classes; a plain string (or any JSX) is enough where no class is needed. JSX escapes every string. */
export interface Words {
  text: Child
  classes?: string
  attributes?: Attributes
}
export type Worded = Words | string

export const words = (value: Worded): Words => (typeof value === 'string' ? { text: value } : value)

export const classes = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')

export const attributesOf = (attributes: Attributes = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))

/** Ids for `aria-describedby`, or undefined when there is none. */
export const describedBy = (...ids: (string | false | null | undefined)[]): string | undefined => classes(...ids) || undefined

export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6
export const heading = (level: HeadingLevel) => `h${level}` as const

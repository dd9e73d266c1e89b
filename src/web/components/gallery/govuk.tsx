import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { raw } from 'hono/html'
import type { Child, FC } from 'hono/jsx'
import { BackLink } from '../back-link/back-link.tsx'
import { Breadcrumbs } from '../breadcrumbs/breadcrumbs.tsx'
import { Button } from '../button/button.tsx'
import { Checkboxes } from '../checkboxes/checkboxes.tsx'
import { DateInput } from '../date-input/date-input.tsx'
import { Details } from '../details/details.tsx'
import { ErrorMessage } from '../error-message/error-message.tsx'
import { ErrorSummary } from '../error-summary/error-summary.tsx'
import { Fieldset } from '../fieldset/fieldset.tsx'
import { FileUpload } from '../file-upload/file-upload.tsx'
import { Hint } from '../hint/hint.tsx'
import { Input } from '../input/input.tsx'
import { InsetText } from '../inset-text/inset-text.tsx'
import { Label } from '../label/label.tsx'
import { LanguageNavigation } from '../language-navigation/language-navigation.tsx'
import { NotificationBanner } from '../notification-banner/notification-banner.tsx'
import { Pagination } from '../pagination/pagination.tsx'
import { Panel } from '../panel/panel.tsx'
import { PasswordInput } from '../password-input/password-input.tsx'
import { PhaseBanner } from '../phase-banner/phase-banner.tsx'
import { Radios } from '../radios/radios.tsx'
import { Select } from '../select/select.tsx'
import { ServiceNavigation } from '../service-navigation/service-navigation.tsx'
import { SkipLink } from '../skip-link/skip-link.tsx'
import { SummaryList } from '../summary-list/summary-list.tsx'
import { Table } from '../table/table.tsx'
import { Tag } from '../tag/tag.tsx'
import { TaskList } from '../task-list/task-list.tsx'
import { Textarea } from '../textarea/textarea.tsx'
import { WarningText } from '../warning-text/warning-text.tsx'

export type Options = Record<string, unknown>
// biome-ignore lint/suspicious/noExplicitAny: fixtures are foreign JSON; each component's own props are checked where pages use it
type Anything = any

const govuk = join(createRequire(import.meta.url).resolve('govuk-frontend/package.json'), '../dist/govuk/components')

export const govukComponents: Record<string, FC<Anything>> = {
  'back-link': BackLink,
  breadcrumbs: Breadcrumbs,
  button: Button,
  checkboxes: Checkboxes,
  'date-input': DateInput,
  details: Details,
  'error-message': ErrorMessage,
  'error-summary': ErrorSummary,
  fieldset: Fieldset,
  'file-upload': FileUpload,
  hint: Hint,
  input: Input,
  'inset-text': InsetText,
  label: Label,
  'language-navigation': LanguageNavigation,
  'notification-banner': NotificationBanner,
  pagination: Pagination,
  panel: Panel,
  'password-input': PasswordInput,
  'phase-banner': PhaseBanner,
  radios: Radios,
  select: Select,
  'service-navigation': ServiceNavigation,
  'skip-link': SkipLink,
  'summary-list': SummaryList,
  table: Table,
  tag: Tag,
  'task-list': TaskList,
  textarea: Textarea,
  'warning-text': WarningText,
}

/** Fixtures we do not offer, each with its reason. */
const skipped: { fixtures: RegExp; reason: string }[] = [
  { fixtures: /^panel: interruption/, reason: 'a staff page is not interrupted by a panel; its actions are not offered' },
  { fixtures: /^file-upload: (enhanced|translated)/, reason: "the browser's own control works without script in the reader's language" },
  { fixtures: /^password-input: with translations/, reason: 'translations come from the language files, not from parameters' },
]

const renames: Record<string, string> = { titleHtml: 'titleText', summaryHtml: 'summaryText', descriptionHtml: 'descriptionText' }

/** GOV.UK tells text from trusted HTML by the key; here both are children, and HTML must be made trusted on purpose. */
const adapt = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(adapt)
  if (typeof value !== 'object' || value === null) return value
  const out: Options = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'html' || key in renames) continue
    out[key] = adapt(inner)
  }
  const options = value as Options // an object was just excluded to be anything else
  if (typeof options.html === 'string' && options.html) out.text = raw(options.html)
  for (const [key, ours] of Object.entries(renames)) if (typeof options[key] === 'string') out[ours] = raw(String(options[key]))
  return out
}

/** Where our component takes children or slots in another shape than GOV.UK's macro. */
const adaptFor = (name: string, options: Options): Options => {
  const out = adapt(options) as Options // adapt keeps an object an object
  if (name === 'notification-banner' && typeof options.html === 'string') return { ...out, text: undefined, children: out.text }
  if (name === 'service-navigation' && options.slots) {
    const slots = options.slots as Record<string, string | { html: string; align?: string }> // the shape of GOV.UK's own fixtures
    const made = Object.entries(slots).map(([slot, value]) => [slot, raw(typeof value === 'string' ? value : value.html)])
    return { ...out, slots: { ...Object.fromEntries(made), endInline: typeof slots.end === 'object' && slots.end.align === 'inline' } }
  }
  return out
}

export interface Fixture {
  name: string
  /** GOV.UK hides from its own review what only tests need. */
  hidden: boolean
  options: Options
  /** What GOV.UK's macro gives for the options. */
  html: string
  /** What our component makes of them. */
  element: Child
  /** Why we do not offer it; absent for nearly all. */
  reason?: string
}

export const isOfGovuk = (name: string): boolean => name in govukComponents

/** What `govuk-frontend` publishes to test its components by: options and the HTML they must give. */
export function fixturesOf(name: string): Fixture[] {
  const Component = govukComponents[name]
  if (Component === undefined) throw new Error(`no component for ${name}`)
  const { fixtures }: { fixtures: Omit<Fixture, 'element' | 'reason'>[] } = JSON.parse(
    readFileSync(join(govuk, name, 'fixtures.json'), 'utf8'),
  )
  return fixtures.map((fixture) => {
    const reason = skipped.find(({ fixtures: names }) => names.test(`${name}: ${fixture.name}`))?.reason
    return { ...fixture, element: <Component {...adaptFor(name, fixture.options)} />, ...(reason === undefined ? {} : { reason }) }
  })
}

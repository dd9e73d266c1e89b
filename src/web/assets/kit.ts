import type { Carving } from './carve.ts'

/** What our pages use of the two libraries. A component's folder name is its block's name. */
const govuk = [
  'back-link breadcrumbs button button-group checkboxes date-input details error-message error-summary fieldset file-upload form-group hint',
  'input inset-text label label-wrapper language-navigation notification-banner pagination panel password-input phase-banner radios select',
  'service-navigation skip-link summary-list summary-card table tag task-list textarea warning-text',
  'link list body body-m body-s body-l heading-xl heading-l heading-m heading-s caption-xl caption-l caption-m section-break',
  'width-container main-wrapper grid-row grid-column-full grid-column-one-half grid-column-two-thirds grid-column-one-third visually-hidden',
]
const moj = ['timeline badge alert sub-navigation']

const named = (prefix: string, lists: readonly string[]): string[] =>
  lists
    .join(' ')
    .split(' ')
    .map((name) => `${prefix}-${name}`)

/** Desk screens hold much: GOV.UK's 19 px body becomes 16 px, headings follow. Papers of the browser keep points. */
const fontSizes = {
  '3rem': '2rem',
  '2.25rem': '1.75rem',
  '2rem': '1.625rem',
  '1.6875rem': '1.375rem',
  '1.5rem': '1.25rem',
  '1.3125rem': '1.125rem',
  '1.1875rem': '1rem',
  '1rem': '0.9375rem',
  '0.875rem': '0.8125rem',
}

const colours = {
  '#0b0c0c': 'var(--govuk-text-colour)',
  '#484949': 'var(--govuk-secondary-text-colour)',
  '#cecece': 'var(--govuk-border-colour)',
  '#fd0': 'var(--govuk-focus-colour)',
  '#f3f3f3': 'var(--q-shade)',
  '#f4f8fb': 'var(--q-shade)',
  '#1d70b8': 'var(--govuk-brand-colour)',
  '#1a65a6': 'var(--govuk-link-colour)',
  '#0f385c': 'var(--govuk-link-hover-colour)',
  '#54319f': 'var(--govuk-link-visited-colour)',
  '#ca3535': 'var(--govuk-error-colour)',
  '#0f7a52': 'var(--q-button)',
  '#0b5c3e': 'var(--q-button-hover)',
  '#083d29': 'var(--q-button-edge)',
}

export const kit: Carving = { blocks: new Set([...named('govuk', govuk), ...named('moj', moj)]), fontSizes, colours }

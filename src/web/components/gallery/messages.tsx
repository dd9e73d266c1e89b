import { Alert } from '../alert/alert.tsx'
import { Badge } from '../badge/badge.tsx'
import { Details } from '../details/details.tsx'
import { EmptyState } from '../empty-state/empty-state.tsx'
import { ErrorPage } from '../error-page/error-page.tsx'
import { ErrorSummary } from '../error-summary/error-summary.tsx'
import { InsetText } from '../inset-text/inset-text.tsx'
import { NotificationBanner } from '../notification-banner/notification-banner.tsx'
import { Panel } from '../panel/panel.tsx'
import { PhaseBanner } from '../phase-banner/phase-banner.tsx'
import { Tag } from '../tag/tag.tsx'
import { WarningText } from '../warning-text/warning-text.tsx'
import type { GalleryEntry } from './gallery.tsx'

const tagColours = ['', 'grey', 'green', 'yellow', 'orange', 'red', 'blue'] as const

export const messages = (): GalleryEntry[] => [
  {
    name: 'alert',
    examples: (['information', 'success', 'warning', 'error'] as const).map((variant) => ({
      name: variant,
      element: <Alert variant={variant} title="Іс басқа қызметкерге өтті" text="Іс басқа қызметкерге өтті" />,
    })),
  },
  { name: 'badge', examples: [{ name: 'default', element: <Badge text="көшірме" /> }] },
  {
    name: 'details',
    examples: [
      { name: 'default', element: <Details summaryText="Нотариалды сенімхат қашан керек?" text="Құжаттарды өкіл тапсырғанда." /> },
    ],
  },
  {
    name: 'empty-state',
    examples: [{ name: 'default', element: <EmptyState title="Бүгінге іс жоқ">Жаңа өтініш келгенде ол осы жерде көрінеді.</EmptyState> }],
  },
  {
    name: 'error-page',
    examples: [
      { name: 'conflict', element: <ErrorPage kind="conflict" /> },
      { name: 'failure', element: <ErrorPage kind="failure" code="7f3a-21" /> },
    ],
  },
  {
    name: 'error-summary',
    examples: [
      {
        name: 'links',
        element: <ErrorSummary disableAutoFocus errorList={[{ text: 'ЖСН-ның бақылау саны дұрыс емес', href: '#iin-wrong' }]} />,
      },
    ],
  },
  { name: 'inset-text', examples: [{ name: 'default', element: <InsetText text="Қабылдаған күн мерзімге кірмейді." /> }] },
  {
    name: 'notification-banner',
    examples: [
      { name: 'important', element: <NotificationBanner titleId="banner-important" text="2 іс бүгін мерзіміне жетеді" /> },
      { name: 'success', element: <NotificationBanner titleId="banner-success" type="success" role="region" text="Қолхат берілді" /> },
    ],
  },
  { name: 'panel', examples: [{ name: 'number', element: <Panel headingLevel={2} titleText="Өтініш қабылданды" text="15-000042" /> }] },
  {
    name: 'phase-banner',
    examples: [{ name: 'default', element: <PhaseBanner tag={{ text: 'сынақ' }} text="Бұл бетте жаңа тәртіп тексеріліп жатыр." /> }],
  },
  {
    name: 'tag',
    examples: tagColours.map((colour) => ({
      name: colour || 'default',
      element: <Tag text="тексерілуде" classes={colour && `govuk-tag--${colour}`} />,
    })),
  },
  { name: 'warning-text', examples: [{ name: 'default', element: <WarningText text="Берілген бас тарту өзгертілмейді." /> }] },
]

import type { Example } from '../gallery/gallery.ts'
import { NotificationBanner } from './notification-banner.tsx'

export const examples = (): readonly Example[] => [
  { name: 'important', element: <NotificationBanner titleId="banner-important" text="2 іс бүгін мерзіміне жетеді" /> },
  { name: 'success', element: <NotificationBanner titleId="banner-success" type="success" role="region" text="Қолхат берілді" /> },
]

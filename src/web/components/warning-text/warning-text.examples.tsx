import type { Example } from '../gallery/gallery.ts'
import { WarningText } from './warning-text.tsx'

export const examples = (): readonly Example[] => [{ name: 'default', element: <WarningText text="Берілген бас тарту өзгертілмейді." /> }]

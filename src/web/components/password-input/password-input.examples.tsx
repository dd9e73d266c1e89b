import type { Example } from '../gallery/gallery.ts'
import { PasswordInput } from './password-input.tsx'

export const examples = (): readonly Example[] => [{ name: 'default', element: <PasswordInput name="password" label="Құпиясөз" /> }]

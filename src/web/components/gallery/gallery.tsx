import type { Child } from 'hono/jsx'
import { controls } from './controls.tsx'
import { desk } from './desk.tsx'
import { messages } from './messages.tsx'

export interface Example {
  name: string
  element: Child
}

export interface GalleryEntry {
  /** The component's folder. */
  name: string
  examples: readonly Example[]
}

/**
 * Every component in its states, in order of folder name; elements speak inside `<Page>` or a SpeechContext.
 * Their sample words are Kazakh data (invented people), as regulations and people bring it; the kit's own words follow the reader.
 */
export const gallery = (): readonly GalleryEntry[] => [...controls(), ...messages(), ...desk()].sort((a, b) => (a.name < b.name ? -1 : 1))

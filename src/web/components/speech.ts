import { createContext, useContext } from 'hono/jsx'
import type { Speech } from '../../language/speech.ts'

/** The reader's language for everything inside a page; `<Page>` provides it, so components take no words as props but their own. */
export const SpeechContext = createContext<Speech | undefined>(undefined)

export const useSpeech = (): Speech => {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('a component that speaks stands outside <Page> or <SpeechContext.Provider>')
  return speech
}

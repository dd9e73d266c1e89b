import { type LocalText, pickText } from '../../../language/translator.ts'
import { Alert } from '../alert/alert.tsx'
import { useSpeech } from '../speech.ts'

export interface InventedProps {
  /** What the file says of itself; absent where the act is real, and then nothing is shown. */
  text: LocalText | undefined
}

/** An act that nobody ever adopted says so on every page on which it is followed. */
export const Invented = ({ text }: InventedProps) => {
  const { t, language } = useSpeech()
  if (text === undefined) return null
  const found = pickText(text, language)
  return (
    <Alert variant="warning" title={t('public.invented')} classes="q-invented-act">
      <strong>{t('public.invented')}.</strong> <span lang={found.lang === language ? undefined : found.lang}>{found.text}</span>
    </Alert>
  )
}

import { Again } from '../../../components/again/again.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { earlierPath } from '../../../paths.ts'
import type { IntakeView } from './view.ts'

/** Told by the server once the number was sent, and with script as soon as it is whole. Whoever looks leaves a row in the journal. */
export const EarlierApplication = ({ view: { again, number } }: { view: IntakeView }) => {
  const { t, date } = useSpeech()
  const found = again === null ? null : t('intake.again.found', { number: again.number, day: date(again.endedAt) })
  return <Again address={earlierPath(number)} found={found} {...(again?.taken ? { taken: again.number } : {})} />
}

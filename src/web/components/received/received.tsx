import type { Child } from 'hono/jsx'
import { Clause } from '../clause/clause.tsx'
import { useSpeech } from '../speech.ts'

export interface ReceivedDocument {
  /** In the reader's words, from the Standard. */
  readonly title: Child
  readonly clause?: string
  readonly original: boolean
  readonly copy: boolean
  readonly returned: boolean
  readonly pages: number
  /** YYYY-MM-DD. */
  readonly validUntil?: string
}

/** What was handed in, document by document: what was seen, what stayed, what was given back. */
export const Received = ({ documents }: { documents: readonly ReceivedDocument[] }) => (
  <ol class="q-received">
    {documents.map((one) => (
      <li>
        <span class="q-received__title">
          {one.title} {one.clause ? <Clause number={one.clause} /> : null}
        </span>
        <Marks of={one} />
      </li>
    ))}
  </ol>
)

/** The tick repeats the words for the eye alone. */
const Marks = ({ of }: { of: ReceivedDocument }) => {
  const { t, shortDate } = useSpeech()
  const { original, copy, returned, pages, validUntil } = of
  const marks = [
    ...(original ? [t('track.received.original')] : []),
    ...(copy ? [t('track.received.copy', { count: pages })] : []),
    ...(returned ? [t('track.received.returned')] : []),
    ...(original || copy || returned ? [] : [t('track.received.received')]),
    ...(validUntil === undefined ? [] : [t('track.received.validUntil', { date: shortDate(validUntil) })]),
  ]
  return (
    <span class="q-received__marks">
      {marks.map((mark) => (
        <span class="q-received__mark">{mark}</span>
      ))}
    </span>
  )
}

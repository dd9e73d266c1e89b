import type { Context } from 'hono'
import { momentIn } from '../../../desk/clock.ts'
import { createSpeech } from '../../../language/speech.ts'
import { type LocalText, pickText } from '../../../language/translator.ts'
import type { GeneralLaw } from '../../../law/schema/general.ts'
import type { Unconfirmed } from '../../../law/schema/text.ts'
import { Clause } from '../../components/clause/clause.tsx'
import { useSpeech } from '../../components/speech.ts'
import type { House } from '../../house.ts'
import type { Frame } from '../../layout/Page.tsx'

/** What every page of this folder stands on. */
export interface Public {
  readonly house: House
  readonly frameOf: (c: Context) => Frame
}

/** Words of the law or of an organisation; marked where they are not in the reader's language. */
export const Say = ({ text }: { text: LocalText }) => {
  const { language } = useSpeech()
  const found = pickText(text, language)
  return found.lang === language ? found.text : <span lang={found.lang}>{found.text}</span>
}

/** The same words where only a string fits: titles, labels. */
export const said = (text: LocalText, frame: Frame): string => pickText(text, frame.speech.language).text

/** A frame that speaks in the zone of a region: a case of Aktobe is told in the time of Aktobe. */
export function frameIn({ house }: Public, frame: Frame, region: string): Frame {
  const { language } = frame.speech
  return { ...frame, speech: createSpeech(house.languages[language], language, house.statutes.zoneOf(region)) }
}

/** Now in the region, by the law's clock. */
export const nowIn = ({ house }: Public, region: string): string => momentIn(house.statutes.zoneOf(region), house.clock.now())

export const isDay = (text: string | undefined): text is string => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch (cause) {
    if (cause instanceof RangeError) return false
    throw cause
  }
}

/** What is not certain says so, why, and where it was seen. */
export const Doubt = ({ of }: { of: Unconfirmed | undefined }) => {
  const { t } = useSpeech()
  if (of === undefined) return null
  return (
    <details class="q-doubt">
      <summary>{t('public.unconfirmed')}</summary>
      <p>
        <Say text={of.why} />
      </p>
      <p>{t('public.seenIn', { source: of.source })}</p>
    </details>
  )
}

/**
 * A clause with the act it stands in: of this very regulation the number alone; of another act, `law-88-V:25(2)`, with the act's own name.
 * An act of which no clause was seen is cited by its name.
 */
export const Cited = ({ clause, general, here }: { clause: string; general: readonly GeneralLaw[]; here?: string }) => {
  const { language } = useSpeech()
  const colon = clause.indexOf(':')
  const law = general.find(({ id }) => id === (colon < 0 ? clause : clause.slice(0, colon)))
  if (law === undefined) return <Clause number={clause} href={here} />
  const number = colon < 0 ? law.id : clause.slice(colon + 1)
  const source = pickText(law.title, language).text
  return number === law.id ? <cite class="q-clause">{source}</cite> : <Clause number={number} source={source} href={`/law#${law.id}`} />
}

export const Csrf = ({ frame }: { frame: Frame }) =>
  frame.csrf === undefined ? null : <input type="hidden" name="_csrf" value={frame.csrf} />

export const Section = ({ id, title, children }: { id: string; title: string; children?: unknown }) => (
  <section class="q-section" aria-labelledby={id}>
    <h2 class="govuk-heading-m" id={id}>
      {title}
    </h2>
    {children}
  </section>
)

import { clauseWords } from '../../wording/clauses.ts'
import { useSpeech } from '../speech.ts'

export interface ClauseProps {
  /** As the act numbers it: "8.5", "9.2 ¶1". */
  number: string
  /** The act, in the reader's words: "Ақтөбе регламенті". */
  source?: string
  /** The public page of the regulation at this clause. */
  href?: string
  /** What the clause means, in plain words; opens below. */
  meaning?: string
  unconfirmed?: boolean
}

/** A citation: every step, norm and refusal shows the clause it stands on. */
export const Clause = (props: ClauseProps) => {
  const { t } = useSpeech()
  // A number alone stays on one line; the name of an act may be long.
  const link = props.source ? 'q-clause__link q-clause__link--long' : 'q-clause__link'
  const cited = (
    <>
      {clauseWords(props.number, t)}
      {props.source ? <>, {props.source}</> : null}
    </>
  )
  return (
    <span class="q-clause">
      {props.href ? (
        <a class={`govuk-link ${link}`} href={props.href}>
          {cited}
        </a>
      ) : (
        <cite class={link}>{cited}</cite>
      )}
      {props.unconfirmed ? <span class="q-clause__mark"> ({t('components.clause.unconfirmed')})</span> : null}
      {props.meaning ? (
        <details class="q-clause__meaning">
          <summary>{t('components.clause.meaning')}</summary>
          <span>{props.meaning}</span>
        </details>
      ) : null}
    </span>
  )
}

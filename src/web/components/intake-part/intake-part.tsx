import type { Child } from 'hono/jsx'
import { Clause } from '../clause/clause.tsx'
import { useSpeech } from '../speech.ts'

export interface IntakePartProps {
  state: 'done' | 'open' | 'ahead'
  title: string
  clause: string
  /** When it was done, in the reader's words; how it came out, where it could come out in more than one way. */
  at?: string
  outcome?: string
  /** Its time was over. */
  late?: boolean
  /** The page begins here, where no field of the part does. */
  focus?: boolean
  children?: Child
}

/** A step of an intake among the others: done with its answers, open with its form, still ahead with its title alone. The state is said in words. */
export const IntakePart = ({ state, title, clause, at, outcome, late, focus, children }: IntakePartProps) => {
  const { t } = useSpeech()
  return (
    <li class={`q-intake__part q-intake__part--${state}`}>
      <h2 class="q-intake__title" {...(focus ? { tabindex: -1, autofocus: true } : {})}>
        <span class="q-intake__mark" aria-hidden="true" />
        <span class="q-intake__clause">
          <Clause number={clause} />
        </span>{' '}
        <span>{title}</span>{' '}
        <span class="q-intake__state">
          {[t(`intake.part.${state}`), outcome, at].filter(Boolean).join(' · ')}
          {late ? <strong class="q-intake__late"> · {t('intake.late')}</strong> : null}
        </span>
      </h2>
      {children}
    </li>
  )
}

export interface AnswersProps {
  answers: readonly {
    key: string
    value: string
    warn?: boolean
    /** Where this answer is corrected. */
    change?: { href: string; text: string }
    /** The field in which it is being corrected. */
    field?: Child
  }[]
}

/** Answers side by side, each with the way to correct it. */
export const Answers = ({ answers }: AnswersProps) => {
  const { t } = useSpeech()
  return (
    <dl class="q-answers">
      {answers.map(({ key, value, warn, change, field }) => (
        <div class={field ? 'q-answers__row q-answers__row--wide' : 'q-answers__row'}>
          <dt>{key}</dt>
          <dd>
            {warn ? <strong class="q-answers__warn">{value}</strong> : value}{' '}
            {change ? (
              <a class="govuk-link q-answers__change" href={change.href}>
                {t('intake.change')}
                <span class="govuk-visually-hidden"> – {change.text}</span>
              </a>
            ) : null}
          </dd>
          {field ? <dd class="q-answers__field">{field}</dd> : null}
        </div>
      ))}
    </dl>
  )
}

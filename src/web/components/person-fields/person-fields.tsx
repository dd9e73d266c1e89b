import { parseIin } from '../../../law/identifiers.ts'
import type { Attributes } from '../common.ts'
import { useSpeech } from '../speech.ts'

/**
 * What a number says by itself: the day of birth and the sex. The server says it for what was typed; the island says it while it is being typed,
 * and moves on to the field `next` once the number is whole.
 */
export const IinFacts = ({ field, typed, next }: { field: string; typed: string; next?: string }) => {
  const speech = useSpeech()
  const { t } = speech
  return (
    <output
      class={iinWords(speech, typed) === '' ? 'q-read' : 'q-read q-read--said'}
      id={`${field}-read`}
      for={field}
      data-island="iin-facts"
      data-field={field}
      data-next={next}
      data-male={t('intake.iin.male', { day: '%' })}
      data-female={t('intake.iin.female', { day: '%' })}
      data-unknown={t('intake.iin.unknown')}
      data-wrong={t('identifier.wrongCheckDigit')}
      data-date={t('intake.iin.noDate')}
      data-hint={t('intake.iin.hint')}
    >
      {iinWords(speech, typed) || t('intake.iin.hint')}
    </output>
  )
}

/** Words for a whole number; nothing for what is not one yet. */
export function iinWords({ t, shortDate }: Pick<ReturnType<typeof useSpeech>, 't' | 'shortDate'>, typed: string): string {
  const answer = parseIin(typed)
  if (!answer.ok) return ''
  const { born, sex } = answer.value
  return born === null || sex === null ? t('intake.iin.unknown') : t(`intake.iin.${sex}`, { day: shortDate(born) })
}

/** Tells at once that a day has gone by. `day` as it was read from the field, `today` by the law's clock; both `YYYY-MM-DD`. */
export const UntilFacts = ({ field, day, today, next }: { field: string; day: string | undefined; today: string; next?: string }) => {
  const { t } = useSpeech()
  const isOver = day !== undefined && day < today
  return (
    <output
      class={isOver ? 'q-read q-read--said q-read--wrong' : 'q-read'}
      id={`${field}-read`}
      for={field}
      data-island="until-facts"
      data-field={field}
      data-today={today}
      data-next={next}
      data-over={t('intake.expired')}
      data-hint={t('intake.until')}
    >
      {isOver ? t('intake.expired') : t('intake.until')}
    </output>
  )
}

/** For a field whose value is whole after so many digits: the cursor then goes on to `next`. */
export const goesOn = (digits: number, next: string): Attributes => ({ 'data-digits': digits, 'data-next': next })

/** For the field of the surname: a whole name typed into it is spread over the fields of the name and the patronymic, and Tab goes on to `next`. */
export const spreads = (of: string, next: string): Attributes => ({ 'data-spread': of, 'data-next': next })

import { contradictions, type Difference, personInRegister } from '../../../../desk/compared.ts'
import { Button } from '../../../components/button/button.tsx'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { Compared } from '../../../components/compared/compared.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { InRegister } from '../parts/inRegister.tsx'
import { Marks } from '../parts/marks.tsx'
import type { IntakeView } from './view.ts'

/** Where a button of the comparison sends its wish: one entry, or all that can be taken. */
export const taking = { name: '_do', one: (entry: string) => `take:${entry}`, all: 'take:all' } as const

/** The register beside what was typed, before the request is sealed: each difference can be taken over, the rest is left knowingly. */
export const Register = ({ view, signs }: { view: IntakeView; signs: boolean }) => {
  const speech = useSpeech()
  const { compared, state, open } = view
  const person = personInRegister(state)
  if (compared === null || person === null) return null
  const left = contradictions(compared)
  return (
    <>
      <Marks answer={state.registerAnswer} naming={view.naming} law={view.law} />
      <Compared rows={compared.map((one) => shown(one, speech))} />
      <TakeAll count={compared.filter(({ entry }) => entry !== undefined).length} />
      <InRegister person={person} />
      {signs && left.length > 0 ? (
        <Checkboxes
          name="differences"
          classes="govuk-checkboxes--small"
          values={open?.form.ticked('differences') ? ['seen'] : []}
          errorMessage={open?.form.error('differences')}
          items={[
            {
              value: 'seen',
              attributes: { 'data-key': 'v' },
              text: (
                <>
                  {speech.t('intake.differences.seen', { count: left.length })} <Key name="v" />
                </>
              ),
            },
          ]}
        />
      ) : null}
    </>
  )
}

/** One press where several can be taken; each is a correction of its own all the same. */
const TakeAll = ({ count }: { count: number }) => {
  const { t } = useSpeech()
  if (count < 2) return null
  return (
    <p class="q-compared__all">
      <Button
        name={taking.name}
        value={taking.all}
        classes="govuk-button--secondary"
        attributes={{ 'data-key': '0' }}
        text={
          <>
            {t('intake.differences.takeAll', { count })} <Key name="0" />
          </>
        }
      />
    </p>
  )
}

function shown({ field, typed, register, likeness, entry }: Difference, { t, shortDate }: ReturnType<typeof useSpeech>) {
  const say = (value: string) => {
    if (value === '') return ''
    if (field === 'sex') return t(`intake.sex.${value}`)
    return field === 'born' || field === 'identityUntil' ? shortDate(value) : value
  }
  return {
    label: t(field === 'born' || field === 'sex' || field === 'identityUntil' ? `intake.${field}Of` : `steps.field.${field}`),
    typed: say(typed),
    register: say(register),
    likeness,
    ...(entry === undefined ? {} : { take: { name: taking.name, value: taking.one(entry) } }),
  }
}

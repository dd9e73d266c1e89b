import type { Child } from 'hono/jsx'
import type { Language } from '../../language/messages.ts'
import type { Translator } from '../../language/translator.ts'
import { EmulatorScreen, SignOrCancel } from '../EmulatorScreen.tsx'
import { type Dialog, storePassword } from './dialogs.ts'
import type { EmulatorFaults } from './emulator.ts'
import type { Choice } from './keys.ts'

export interface WindowView {
  readonly t: Translator
  readonly language: Language
  readonly dialog: Dialog | null
  readonly faults: EmulatorFaults
  /** Where the window is, without a slash at its end. */
  readonly at: string
}

/** What the program shows on the worker's screen: which key signs, and that nothing here is real. */
export const Window = (view: WindowView) => {
  const { t, language, dialog, at } = view
  return (
    <EmulatorScreen t={t} language={language} of="ncalayer" at={at} dialog={dialog?.id ?? ''}>
      {dialog === null ? <Nothing view={view} /> : <Question view={view} dialog={dialog} />}
      <Faults view={view} />
    </EmulatorScreen>
  )
}

const Nothing = ({ view: { t } }: { view: WindowView }) => (
  <>
    <h1>{t('ncalayer.nothing')}</h1>
    <p>{t('ncalayer.close')}</p>
  </>
)

const Question = ({ view, dialog }: { view: WindowView; dialog: Dialog }) => {
  const { t, at } = view
  const { wish, choices, refused, triesLeft, isPasswordWrong, asksPassword } = dialog
  const wrong = choices.find(({ id }) => id === refused)
  const unfit = isPasswordWrong ? null : wrong?.unfit
  return (
    <form method="post" action={at}>
      <input type="hidden" name="dialog" value={dialog.id} />
      <h1>{t('ncalayer.asks', { count: wish.documents.length })}</h1>
      <p>{t(`ncalayer.${wish.format}`)}</p>
      {unfit ? <p role="alert">{t('ncalayer.refused', { why: t(`ncalayer.unfit.${unfit}`) })}</p> : null}
      {isPasswordWrong ? <p role="alert">{t('ncalayer.wrongPassword', { left: triesLeft })}</p> : null}
      <fieldset>
        <legend>{t('ncalayer.key')}</legend>
        {choices.map((choice, index) => (
          <Line choice={choice} t={t} checked={refused === undefined ? index === 0 : choice.id === refused} />
        ))}
      </fieldset>
      {asksPassword ? (
        <label class="field">
          {t('ncalayer.password', { password: storePassword })}
          <input type="password" name="password" autocomplete="off" />
        </label>
      ) : null}
      <SignOrCancel t={t} />
      {wrong?.unfit ? (
        <p>
          <button type="submit" name="do" value="anyway" class="second">
            {t('ncalayer.anyway')}
          </button>
          <small>{t('ncalayer.anywayHint')}</small>
        </p>
      ) : null}
    </form>
  )
}

const Line = ({ choice, t, checked }: { choice: Choice; t: Translator; checked: boolean }) => {
  const { id, person, kind, unfit } = choice
  return (
    <label>
      <input type="radio" name="key" value={id} checked={checked} autofocus={checked ? true : undefined} />
      <span>
        <strong>{person.name}</strong>
        {t(`ncalayer.kind.${kind}`)}, {person.iin}
        {unfit === null ? null : <em>{t(`ncalayer.unfit.${unfit}`)}</em>}
      </span>
    </label>
  )
}

const Faults = ({ view: { t, at, faults } }: { view: WindowView }) => (
  <details>
    <summary>{t('ncalayer.faults.title')}</summary>
    <form method="post" action={`${at}/faults`}>
      <Select name="version" label={t('ncalayer.faults.version')} value={faults.version}>
        <option value="1.4">{t('ncalayer.faults.current')}</option>
        <option value="1.2" selected={faults.version === '1.2'}>
          {t('ncalayer.faults.older')}
        </option>
      </Select>
      <label class="field">
        {t('ncalayer.faults.slow')}
        <input type="number" name="slow" min="0" max="60" value={String(faults.slowMs / 1000)} />
      </label>
      <Select name="crash" label={t('ncalayer.faults.crash')} value={faults.crash}>
        {(['never', 'beforeDialog', 'afterDialog'] as const).map((when) => (
          <option value={when} selected={faults.crash === when}>
            {t(`ncalayer.faults.${when}`)}
          </option>
        ))}
      </Select>
      <Select name="answer" label={t('ncalayer.faults.answer')} value={faults.answer}>
        {(['right', 'cutShort', 'otherShape'] as const).map((how) => (
          <option value={how} selected={faults.answer === how}>
            {t(`ncalayer.faults.${how}`)}
          </option>
        ))}
      </Select>
      <Check name="asksPassword" checked={faults.asksPassword} text={t('ncalayer.faults.password')} />
      <Check name="token" checked={faults.tokens.length > 0} text={t('ncalayer.faults.token')} />
      <Check name="absent" checked={faults.absent} text={t('ncalayer.faults.absent')} />
      <button type="submit" class="second">
        {t('ncalayer.faults.set')}
      </button>
    </form>
  </details>
)

const Check = ({ name, checked, text }: { name: string; checked: boolean; text: string }) => (
  <label>
    <input type="checkbox" name={name} value="yes" checked={checked} />
    <span>{text}</span>
  </label>
)

const Select = ({ name, label, children }: { name: string; label: string; value: string; children: Child }) => (
  <label class="field">
    {label}
    <select name={name}>{children}</select>
  </label>
)

import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import type { Path } from '../../../paths.ts'
import { Choice, FormPage, Text } from '../accounts/FormPage.tsx'

interface CardProps {
  frame: Frame
  form: FormView
  title: string
  about?: string
  back: { href: Path; text: string }
  action: Path
  /** Of a new one; region and kind of one that stands are for ever. */
  fresh?: { kinds: ReadonlyMap<string, string>; regions: ReadonlyMap<string, string> }
  /** What the form was made from: where it was changed meanwhile, nothing is written. */
  seen?: string
}

const languages = ['kk', 'ru', 'en'] as const

export const CardPage = ({ frame, form, title, about, back, action, fresh, seen }: CardProps) => {
  const { t } = frame.speech
  return (
    <FormPage
      frame={frame}
      form={form}
      title={title}
      {...(about === undefined ? {} : { about })}
      back={back}
      action={action}
      do={t('admin.save')}
    >
      {seen === undefined ? null : <input type="hidden" name="_seen" value={seen} />}
      {fresh === undefined ? null : (
        <div class="q-line">
          <Choice form={form} name="region" label="admin.field.region" items={itemsOf(fresh.regions)} focus />
          <Choice form={form} name="kind" label="admin.field.kind" items={itemsOf(fresh.kinds)} />
          <Text form={form} name="code" label="admin.field.code" hint={t('admin.organisations.codeHint')} />
        </div>
      )}
      {languages.map((language, index) => (
        <Text form={form} name={`name.${language}`} label={`admin.field.names.${language}`} focus={fresh === undefined && index === 0} />
      ))}
      {languages.slice(0, 2).map((language) => (
        <Text form={form} name={`address.${language}`} label={`admin.field.addresses.${language}`} />
      ))}
      <div class="q-line">
        <Text form={form} name="phone" label="admin.field.phone" hint={t('admin.organisations.phoneHint')} />
        <Text form={form} name="bin" label="admin.field.bin" />
        <Text form={form} name="kato" label="admin.field.kato" hint={t('admin.organisations.katoHint')} />
      </div>
    </FormPage>
  )
}

const itemsOf = (words: ReadonlyMap<string, string>) => [...words].map(([value, text]) => ({ value, text }))

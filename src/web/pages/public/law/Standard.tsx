import { pickText } from '../../../../language/translator.ts'
import type { Law } from '../../../../law/model.ts'
import type { DocumentRule } from '../../../../law/schema/standard.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Doubt, Say, Section } from '../local.tsx'
import { documentsFor } from './edition.ts'

/** Documents of clause 9: once where all channels ask for the same, else channel by channel. */
export const Documents = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  const channels = Object.entries(law.regulation.channels)
  const same = law.edition.documents.every((rule) => rule.channels === undefined)
  return (
    <Section id="documents" title={t('public.regulation.documents')}>
      <p class="govuk-body">
        <Say text={law.standard.title} /> <Doubt of={law.edition.from.unconfirmed} />
      </p>
      {same ? (
        <List law={law} rules={law.edition.documents} />
      ) : (
        channels.map(([id, channel]) => (
          <>
            <h3 class="govuk-heading-s">
              <Say text={channel.title} />
            </h3>
            <List law={law} rules={documentsFor(law, id)} />
          </>
        ))
      )}
      <p class="govuk-body">
        <Say text={law.standard.asks} />:{' '}
        {law.edition.options.map((option, index) => (
          <>
            {index > 0 ? ', ' : ''}
            <Say text={option.title} />
          </>
        ))}
        . <Doubt of={law.edition.options.find((o) => o.unconfirmed)?.unconfirmed} />
      </p>
    </Section>
  )
}

const List = ({ law, rules }: { law: Law; rules: readonly DocumentRule[] }) => {
  const { t, language } = useSpeech()
  const { holdersAre } = law.standard
  const holders = holdersAre === undefined ? t('steps.field.holds') : pickText(holdersAre, language).text
  return (
    <ol class="govuk-list govuk-list--number q-wide">
      {rules.map((rule) => (
        <li>
          <strong>
            <Say text={rule.title} />
          </strong>{' '}
          <Clause number={rule.clause} />
          <br />
          {t(`public.requirement.${rule.requirement}`, rule.requirement === 'forHolders' ? { holders } : {})};{' '}
          {t(`public.presented.${rule.presented}`)}
          {rule.returned ? `; ${t('public.returned')}` : ''}
          {rule.expires ? `; ${t('public.expires')}` : ''}
          {rule.applicants ? `; ${rule.applicants.map((who) => t(`public.applicant.${who}`)).join(', ')}` : ''}{' '}
          <Doubt of={rule.unconfirmed} />
        </li>
      ))}
    </ol>
  )
}

/** Grounds of refusal of clause 10: no other may be given. */
export const Grounds = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  return (
    <Section id="grounds" title={t('public.regulation.grounds')}>
      <ol class="govuk-list govuk-list--number q-wide">
        {law.edition.grounds.map((ground) => (
          <li>
            <strong>
              <Say text={ground.title} />
            </strong>{' '}
            <Clause number={ground.clause} />
            <br />
            {t('public.todo.remedy')}: <Say text={ground.remedy} /> <Doubt of={ground.unconfirmed} />
          </li>
        ))}
      </ol>
    </Section>
  )
}

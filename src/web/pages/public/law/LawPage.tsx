import type { GeneralLaw } from '../../../../law/schema/general.ts'
import type { Text, Unconfirmed } from '../../../../law/schema/text.ts'
import type { Calendars } from '../../../../time/calendars.ts'
import { renderSource } from '../../../../time/words.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Doubt, Say, Section, said } from '../local.tsx'

export interface LawView {
  readonly general: readonly GeneralLaw[]
  readonly reckoning: Calendars['reckoning']
}

/** The general law that binds every regulation: duties, complaints, rights and the rules by which terms are counted, each with its days. */
export const LawPage = ({ frame, view }: { frame: Frame; view: LawView }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('public.law.title')}>
      <h1 class="govuk-heading-l">{t('public.law.title')}</h1>
      <p class="govuk-body">{t('public.law.intro')}</p>
      {view.general.map((law) => (
        <Section id={law.id} title={said(law.title, frame)}>
          <Rules title={t('public.law.duties')} law={law} rules={law.duties.map((one) => ({ ...one, says: one.title }))} />
          <Rules title={t('public.law.termRules')} law={law} rules={law.termRules} />
          <Rules title={t('public.law.rights')} law={law} rules={law.rights} />
          <Rules
            title={t('public.law.complaints')}
            law={law}
            rules={law.complaints.map((one) => ({ ...one, says: one.to, more: [one.term, one.order] }))}
          />
        </Section>
      ))}
      <Section id="reckoning" title={t('public.law.reckoning')}>
        <ul class="govuk-list govuk-list--bullet q-wide">
          {view.reckoning.rules.map((rule) => (
            <li>
              <Say text={rule.says} /> <cite class="q-soft">{renderSource(t, rule.source)}</cite>{' '}
              <Days from={rule.from} until={rule.until} />
            </li>
          ))}
        </ul>
      </Section>
    </Page>
  )
}

/** Of the act whose heading stands above: its number alone. */
const Cited = ({ law, clause }: { law: GeneralLaw; clause: string }) => {
  const number = clause.slice(clause.indexOf(':') + 1)
  return number === law.id ? null : <Clause number={number} />
}

interface Rule {
  readonly clause: string
  readonly from: string
  readonly until?: string | undefined
  readonly says: Text
  readonly more?: readonly Text[]
  readonly unconfirmed?: Unconfirmed | undefined
}

const Rules = ({ title, law, rules }: { title: string; law: GeneralLaw; rules: readonly Rule[] }) => {
  if (rules.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="govuk-list govuk-list--bullet q-wide">
        {rules.map((rule) => (
          <li>
            <Say text={rule.says} />
            {(rule.more ?? []).map((text) => (
              <>
                {'; '}
                <Say text={text} />
              </>
            ))}{' '}
            <Cited law={law} clause={rule.clause} /> <Days from={rule.from} until={rule.until} /> <Doubt of={rule.unconfirmed} />
          </li>
        ))}
      </ul>
    </>
  )
}

const Days = ({ from, until }: { from?: string | undefined; until?: string | undefined }) => {
  const { t, shortDate } = useSpeech()
  const words = [
    ...(from === undefined ? [] : [t('public.law.from', { date: shortDate(from) })]),
    ...(until === undefined ? [] : [t('public.law.until', { date: shortDate(until) })]),
  ]
  return words.length === 0 ? null : <span class="q-soft">({words.join(', ')})</span>
}

import type { Law } from '../../../../law/model.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Cited, Doubt, Say, Section } from '../local.tsx'
import { anchorOf } from './edition.ts'

export const Papers = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  const { papers, roles } = law.regulation
  return (
    <Section id="papers" title={t('public.regulation.papers')}>
      <ul class="govuk-list govuk-list--bullet q-wide">
        {papers.map((paper) => (
          <li>
            <Say text={paper.title} />, {roles[paper.by] ? <Say text={roles[paper.by]?.title ?? { kk: paper.by }} /> : t('public.system')}
            {paper.copies > 1 ? `, ${t('public.regulation.copies', { count: paper.copies })}` : ''}{' '}
            <Clause number={paper.clause} href={`#${anchorOf(paper.clause)}`} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Where the text leaves a choice: what was taken and why, and the clause passed over where two contradict each other. */
export const Readings = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  return (
    <Section id="readings" title={t('public.regulation.readings')}>
      <p class="govuk-body">{t('public.regulation.readingsIntro')}</p>
      {Object.entries(law.regulation.readings).map(([id, reading]) => (
        <article class="q-reading" id={`reading-${id}`}>
          <h3 class="govuk-heading-s">
            <Say text={reading.question} />
          </h3>
          <p>
            <strong>{t('public.reading.takes')}:</strong> <Say text={reading.takes} />
          </p>
          <p>
            <strong>{t('public.reading.because')}:</strong> <Say text={reading.because} /> <Doubt of={reading.unconfirmed} />
          </p>
          <p class="q-soft">
            <Under title={t('public.reading.clauses')} clauses={reading.clauses} law={law} />
            <Under title={t('public.reading.follows')} clauses={reading.follows} law={law} />
            <Under title={t('public.reading.passesOver')} clauses={reading.passesOver} law={law} />
          </p>
        </article>
      ))}
    </Section>
  )
}

const Under = ({ title, clauses, law }: { title: string; clauses: readonly string[]; law: Law }) =>
  clauses.length === 0 ? null : (
    <>
      {title}:{' '}
      {clauses.map((clause) => (
        <>
          <Cited clause={clause} general={law.general} here={`#${anchorOf(clause)}`} />{' '}
        </>
      ))}
    </>
  )

/** The orders of the act itself: who controls, how it is published, when it takes effect. */
export const Orders = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  return (
    <details class="q-why">
      <summary>{t('public.regulation.orders')}</summary>
      <ol class="govuk-list govuk-list--number">
        {law.regulation.act.orders.map((order) => (
          <li>
            <Say text={order.says} />
          </li>
        ))}
      </ol>
    </details>
  )
}

import { pickText } from '../../../../language/translator.ts'
import { inventedOf } from '../../../../law/invented.ts'
import type { Law } from '../../../../law/model.ts'
import { Breadcrumbs } from '../../../components/breadcrumbs/breadcrumbs.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Cited, Doubt, Say, Section, said } from '../local.tsx'
import { Act, ForceLine } from './Act.tsx'
import { ClauseProofs, Examples } from './ClauseProofs.tsx'
import { Orders, Papers, Readings } from './Clauses.tsx'
import { DayForm } from './DayForm.tsx'
import { anchorOf, complaintsOn } from './edition.ts'
import { LifeLine } from './LifeLine.tsx'
import type { Proofs } from './proofs.ts'
import { Documents, Grounds } from './Standard.tsx'
import { Channels } from './Steps.tsx'

export interface RegulationView {
  readonly law: Law
  /** Other editions of the same regulation. */
  readonly editions: readonly Law[]
  readonly on: string
  readonly proofs: Proofs
  readonly region: { readonly kk: string; readonly ru?: string; readonly en?: string }
}

const parts = ['steps', 'documents', 'grounds', 'papers', 'readings', 'clauses', 'complaint', 'file'] as const

/** The public card of one edition: who, in which order, within which time, on whose clause. */
export const RegulationPage = ({ frame, view }: { frame: Frame; view: RegulationView }) => {
  const { t } = frame.speech
  const { law, on } = view
  const { regulation } = law
  const before = (
    <Breadcrumbs items={[{ text: t('public.regulations.title'), href: `/regulations?on=${on}` }, { text: said(view.region, frame) }]} />
  )
  return (
    <Page
      frame={frame}
      title={`${said(view.region, frame)}: ${said(regulation.title, frame)}`}
      before={before}
      description={t('proofs.describe', { region: said(view.region, frame) })}
    >
      <Invented text={inventedOf(law)} />
      <p class="govuk-caption-l">
        <Say text={view.region} />
      </p>
      <h1 class="govuk-heading-l q-long-title">
        <Say text={regulation.title} />
      </h1>
      <DayForm action={`/regulations/${regulation.id}`} on={on} />
      <div class="q-card">
        <ForceLine law={law} on={on} />
        <LifeLine editions={view.editions} on={on} />
      </div>
      <Card view={view} />
      <nav class="q-contents" aria-label={t('public.regulation.contents')}>
        <ul class="govuk-list">
          {parts.map((part) => (
            <li>
              <a class="govuk-link" href={`#${part}`}>
                {t(`public.regulation.${part}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Channels law={law} on={on} />
      <Documents law={law} />
      <Grounds law={law} />
      <Papers law={law} />
      <Readings law={law} />
      <ClauseProofs law={law} proofs={view.proofs} />
      <Examples law={law} proofs={view.proofs} />
      <Complaint law={law} on={on} />
      <File law={law} />
    </Page>
  )
}

const Card = ({ view }: { view: RegulationView }) => {
  const { t, shortDate, norm, language } = useSpeech()
  const { regulation, standard } = view.law
  const { act } = regulation
  const titleOf = (id: string) => pickText(regulation.steps.find((step) => step.id === id)?.title ?? { kk: id }, language).text
  const others = view.editions.filter((law) => law.regulation.edition !== regulation.edition)
  const rows = [
    { key: t('public.regulation.act'), value: <Act of={act} /> },
    {
      key: t('public.regulation.registration'),
      value: (
        <>
          <Say text={act.registration.by} />, № {act.registration.number}, {shortDate(act.registration.date)}
        </>
      ),
    },
    { key: t('public.regulation.editionAct'), value: <Act of={act.edition} /> },
    {
      key: t('public.regulation.basis'),
      value: (
        <ul class="govuk-list">
          {act.basis.map((basis) => (
            <li>
              <Say text={basis.act} />, {basis.article}
            </li>
          ))}
        </ul>
      ),
    },
    { key: t('public.regulation.standard'), value: <Act of={standard.act} /> },
    {
      key: t('public.regulation.form'),
      value: (
        <>
          <Say text={regulation.form.of} />; {t('public.regulation.result')}: <Say text={regulation.form.result} />{' '}
          <Clause number={regulation.form.clause} href={`#${anchorOf(regulation.form.clause)}`} />
        </>
      ),
    },
    {
      key: t('public.regulation.providers'),
      value: (
        <ul class="govuk-list">
          {regulation.providers.map((provider) => (
            <li>
              <Say text={provider.title} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: t('public.regulation.terms'),
      value:
        regulation.terms.length === 0 ? (
          t('public.regulation.noTerm')
        ) : (
          <ul class="govuk-list">
            {regulation.terms.map((term) => (
              <li>
                {norm(term)}
                {term.location === 'any' ? '' : ` (${t(`public.location.${term.location}`)})`}:{' '}
                {term.channels.map((channel, index) => (
                  <>
                    {index > 0 ? '; ' : ''}
                    <Say text={regulation.channels[channel]?.title ?? { kk: channel }} />
                  </>
                ))}
                {term.until === undefined ? '' : `; ${t('public.regulation.termUntil', { step: titleOf(term.until) })}`}{' '}
                <Clause number={term.clause} href={`#${anchorOf(term.clause)}`} />
              </li>
            ))}
          </ul>
        ),
    },
    others.length > 0 && {
      key: t('public.regulation.otherEditions'),
      value: (
        <>
          {others.map(({ regulation: other }) => (
            <a class="govuk-link" href={`/regulations/${other.id}?edition=${other.edition}`}>
              {shortDate(other.edition)}
            </a>
          ))}
        </>
      ),
    },
  ]
  return (
    <>
      <SummaryList rows={rows} />
      <Orders law={view.law} />
    </>
  )
}

const Complaint = ({ law, on }: { law: Law; on: string }) => {
  const { t } = useSpeech()
  return (
    <Section id="complaint" title={t('public.regulation.complaint')}>
      <ul class="govuk-list govuk-list--bullet">
        {complaintsOn(law, on).map((one) => (
          <li>
            <Say text={one.to} />: <Say text={one.term} />. <Say text={one.order} />. <Cited clause={one.cited} general={law.general} />{' '}
            <Doubt of={one.unconfirmed} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const File = ({ law }: { law: Law }) => {
  const { t } = useSpeech()
  const { regulation, sha256 } = law
  return (
    <Section id="file" title={t('public.regulation.file')}>
      <p class="govuk-body">
        <Say text={regulation.wording} />
      </p>
      <p class="govuk-body">
        <a class="govuk-link" href={`/regulations/${regulation.id}/file?edition=${regulation.edition}`}>
          {t('public.regulation.readFile')}
        </a>
      </p>
      <dl class="q-facts q-digests">
        {Object.entries(sha256).map(([part, digest]) => (
          <div>
            <dt>{t(`public.regulation.digest.${part}`)}</dt>
            <dd>
              <code>{digest}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList, type SummaryRow } from '../../../components/summary-list/summary-list.tsx'
import { paperPath, signedPath } from '../../../paths.ts'
import { holdersOf } from '../../../wording/holders.ts'
import { HandedIn } from '../parts/handed.tsx'
import type { CaseProps } from './CasePage.tsx'

export const Applicant = ({ history, naming }: CaseProps) => {
  const { t, shortDate } = useSpeech()
  const { state, bound } = history.file
  const holders = holdersOf(bound.law, naming, t)
  const { application, applicant } = state
  if (!application) return null
  const row = (key: string, value: string | undefined): SummaryRow | null => (value ? { key: t(`steps.field.${key}`), value } : null)
  const option = bound.law.edition.options.find(({ id }) => id === state.asks)
  const { representative } = application
  const power = representative?.powerOfAttorney
  const rows = [
    { key: naming.text(bound.law.standard.asks), value: naming.text(option?.title) },
    holders === null ? null : { key: holders, value: t(application.holds ? 'common.yes' : 'common.no') },
    row('position', application.position),
    row('workplace', application.workplace),
    row('phone', applicant.phone),
    row('email', applicant.email),
    row('address', applicant.address),
    row('language', t(`common.${application.language}`)),
    row(
      'by',
      representative
        ? [representative.surname, representative.name, representative.patronymic].filter(Boolean).join(' ')
        : t('steps.by.self'),
    ),
    power ? row('powerNumber', `${power.number}, ${shortDate(power.date)}, ${power.notary}`) : null,
    state.consent ? row('consent', t(state.consent.given ? 'steps.consent.yes' : 'steps.consent.no')) : null,
  ]
  return (
    <section>
      <h2 class="govuk-heading-m">{t('steps.section.application')}</h2>
      <SummaryList rows={rows} />
    </section>
  )
}

export const Documents = ({ history, naming, now, scans }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound, number } = history.file
  if (state.documents.length === 0) return null
  return (
    <section>
      <h2 class="govuk-heading-m">{t('steps.section.documents')}</h2>
      <ol class="q-checklist__list">
        {state.documents.map((document) => {
          const rule = bound.law.edition.documents.find(({ id }) => id === document.id)
          const title = naming.text(rule?.title) || document.id
          return (
            <li class="q-checklist__item">
              <div class="q-checklist__title">
                <strong>{title}</strong>
                {rule ? <Clause number={rule.clause} unconfirmed={rule.unconfirmed !== undefined} /> : null}
              </div>
              <p class="q-checklist__seen">
                <HandedIn document={document} title={title} number={number} scans={scans} now={now} />
              </p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What the examination found and on which grounds the service was refused. */
export const Findings = ({ history, naming }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const grounds = state.answer?.grounds ?? []
  const defects = state.examination?.findings.filter(({ ok }) => !ok) ?? []
  if (grounds.length + defects.length === 0) return null
  const title = (id: string | undefined) => naming.text(bound.law.edition.documents.find((rule) => rule.id === id)?.title)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('pages.case.findings')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {defects.map(({ document, fact }) => (
          <li>
            {title(document)}: {fact}
          </li>
        ))}
      </ul>
      {grounds.map(({ ground, document, fact, remedy }) => {
        const rule = bound.law.edition.grounds.find(({ id }) => id === ground)
        return (
          <SummaryList
            rows={[
              {
                key: t('steps.field.ground'),
                value: (
                  <>
                    {naming.text(rule?.title)} {rule ? <Clause number={rule.clause} /> : null}
                  </>
                ),
              },
              document ? { key: t('steps.field.document'), value: title(document) } : null,
              { key: t('steps.field.fact'), value: fact },
              { key: t('steps.field.remedy'), value: remedy },
            ]}
          />
        )
      })}
    </section>
  )
}

export const Papers = ({ history, naming }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound, number } = history.file
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('pages.case.papers')}</h2>
      {state.papers.length === 0 ? <p class="govuk-body">{t('common.none')}</p> : null}
      {state.papers.map((paper) => (
        <PaperLink
          href={paperPath(number, paper.id)}
          title={naming.text(bound.law.regulation.papers.find(({ id }) => id === paper.form)?.title) || paper.form}
          languages={['kk', 'ru']}
          issuedAt={paper.at}
          copy={paper.copyOf !== null}
        />
      ))}
      <SignedLink history={history} />
    </section>
  )
}

/** To what persons signed, shown from the signed bytes. */
const SignedLink = ({ history: { file, events } }: Pick<CaseProps, 'history'>) => {
  const { t } = useSpeech()
  const count = events.filter(({ type, data }) => (type === 'AnswerSigned' || type === 'RequestSealed') && data.file !== null).length
  if (count === 0) return null
  return (
    <p class="govuk-body">
      <a class="govuk-link" href={signedPath(file.number)}>
        {t('signedPage.link', { count })}
      </a>
    </p>
  )
}

/** Each thing of paper has exactly one holder. */
export const Custody = ({ history, naming }: CaseProps) => {
  const { t, dateTime } = useSpeech()
  const { state, bound } = history.file
  const items = (['package', 'answer'] as const).flatMap((what) => {
    const item = state.custody[what]
    return item === undefined ? [] : [{ what, ...item }]
  })
  if (items.length === 0) return <EmptyState title={t('pages.case.noCustody')} />
  const named = ({ role, organisation }: { role: string; organisation: string }) =>
    [naming.role(role, bound.court), naming.organisation(organisation)].filter(Boolean).join(', ')
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('components.caseHeader.holder')}</h2>
      {items.map(({ what, holder, offeredTo, since }) => (
        <p class="govuk-body">
          <strong>{t(`steps.item.${what}`)}</strong>: {named(holder)}, {dateTime(since)}
          {offeredTo ? <> – {t('pages.case.offeredTo', { to: named(offeredTo) })}</> : null}
        </p>
      ))}
    </section>
  )
}

import type { Law } from '../../../../law/model.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { clauseWords } from '../../../wording/clauses.ts'
import { Say, Section } from '../local.tsx'
import { anchorOf } from './edition.ts'
import type { ClauseProof, Proofs, ShownExample } from './proofs.ts'

const colours = {
  executed: 'govuk-tag--green',
  uncovered: 'govuk-tag--red',
  stated: 'govuk-tag--grey',
  notExecutable: 'govuk-tag--yellow',
} as const

const fewExamples = 3

/** The text clause by clause beside what the program does with it and the examples that prove it; how much of it is proven stands on top. */
export const ClauseProofs = ({ law, proofs }: { law: Law; proofs: Proofs }) => {
  const { t } = useSpeech()
  const { coverage, examples } = proofs
  const count = (status: ClauseProof['status']) => coverage.clauses.filter((one) => one.status === status).length
  return (
    <Section id="clauses" title={t('public.regulation.clauses')}>
      <p class="q-covered">
        <strong>{t('proofs.covered', { executed: coverage.executed, executable: coverage.executable })}</strong>{' '}
        <progress class="q-covered__bar" value={coverage.executed} max={coverage.executable} aria-label={t('proofs.bar')} />
      </p>
      <p class="govuk-body q-soft">
        {t('proofs.rest', { stated: count('stated'), not: count('notExecutable') })} {t('proofs.played', { count: examples.length })}
      </p>
      <div class="q-proofs__head" aria-hidden="true">
        <span>{t('proofs.text')}</span>
        <span>{t('proofs.does')}</span>
        <span>{t('proofs.proven')}</span>
      </div>
      <ol class="q-proofs">
        {proofs.clauses.map((one) => (
          <Row of={one} law={law} />
        ))}
      </ol>
    </Section>
  )
}

const Row = ({ of, law }: { of: ClauseProof; law: Law }) => {
  const { t, language } = useSpeech()
  const { clause, status, steps, also, examples } = of
  return (
    <li class="q-proofs__row" id={anchorOf(clause.clause)}>
      <div>
        <h3 class="q-proofs__number">
          <a class="govuk-link" href={`#${anchorOf(clause.clause)}`}>
            {clauseWords(clause.clause, t)}
          </a>
        </h3>
        <p lang="kk">{clause.says.kk}</p>
        {language === 'kk' ? null : (
          <p class="q-soft">
            <Say text={clause.says} />
          </p>
        )}
      </div>
      <div>
        <p class="q-proofs__label">{t('proofs.does')}</p>
        <p>
          <Tag text={t(`proofs.status.${status}`)} classes={colours[status]} />
        </p>
        {clause.reason ? (
          <p class="q-soft">
            <Say text={clause.reason} />
          </p>
        ) : null}
        {steps.length > 0 ? (
          <ul class="q-proofs__list">
            {steps.map((step) => (
              <li>
                <a class="govuk-link" href={`#step-${step.id}`}>
                  <Say text={step.title} />
                </a>{' '}
                <span class="q-soft">
                  <Say text={law.regulation.channels[step.channel]?.title ?? { kk: step.channel }} />
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {also.length > 0 ? <p class="q-soft">{also.map((kind) => t(`proofs.element.${kind}`)).join(', ')}</p> : null}
      </div>
      <div>
        <p class="q-proofs__label">{t('proofs.proven')}</p>
        {examples.length === 0 ? (
          <p class="q-soft">{t('proofs.noExample')}</p>
        ) : (
          <>
            <Links examples={examples.slice(0, fewExamples)} />
            {examples.length > fewExamples ? (
              <details class="q-why">
                <summary>{t('proofs.more', { count: examples.length - fewExamples })}</summary>
                <Links examples={examples.slice(fewExamples)} />
              </details>
            ) : null}
          </>
        )}
      </div>
    </li>
  )
}

const Links = ({ examples }: { examples: readonly ShownExample[] }) => (
  <ul class="q-proofs__list">
    {examples.map((one) => (
      <li>
        <a class="govuk-link" href={`#example-${one.id}`}>
          <Say text={one.title} />
        </a>
      </li>
    ))}
  </ul>
)

/** The stories by which the text is proven, each with its way from clause to clause. */
export const Examples = ({ law, proofs }: { law: Law; proofs: Proofs }) => {
  const { t } = useSpeech()
  const { steps, endings } = law.regulation
  const titleOf = (id: string) => steps.find((step) => step.id === id)
  return (
    <Section id="examples" title={t('proofs.examples')}>
      <p class="govuk-body">{t('proofs.examplesText')}</p>
      <ul class="q-examples">
        {proofs.examples.map((one) => (
          <li id={`example-${one.id}`}>
            <details class="q-why">
              <summary>
                <Say text={one.title} /> {one.ok ? `✓ ${t('proofs.holds')}` : `✗ ${t('proofs.fails')}`}
              </summary>
              <ol class="govuk-list govuk-list--number q-wide">
                {one.path.map(({ step, clause, outcome }) => {
                  const known = titleOf(step)
                  const came = known?.outcomes[outcome]
                  return (
                    <li>
                      <Say text={known?.title ?? { kk: step }} /> <Clause number={clause} href={`#${anchorOf(clause)}`} />
                      {known && Object.keys(known.outcomes).length > 1 && came ? (
                        <>
                          {' → '}
                          <Say text={came.title} />
                        </>
                      ) : null}
                    </li>
                  )
                })}
              </ol>
              {one.end === null ? null : (
                <p>
                  <strong>
                    <Say text={endings[one.end]?.title ?? { kk: one.end }} />
                  </strong>
                </p>
              )}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  )
}

import type { Law } from '../../../../law/model.ts'
import type { Regulation } from '../../../../law/schema/regulation.ts'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { Doubt, Say } from '../local.tsx'
import { forceOf } from './edition.ts'

type IssuedAct = Pick<Regulation['act'], 'kind' | 'number' | 'date' | 'by'>

/** `Ақтөбе облысының әкімдігі, қаулы № 34, 04.02.2016`. */
export const Act = ({ of }: { of: IssuedAct }) => {
  const { shortDate } = useSpeech()
  return (
    <>
      <Say text={of.by} />, <Say text={of.kind} /> № {of.number}, <span class="q-number">{shortDate(of.date)}</span>
    </>
  )
}

const tags = { inForce: 'govuk-tag--green', notYet: 'govuk-tag--grey', over: 'govuk-tag--red' } as const

/** In force on the day or not, and why: from, until, repealed by. */
export const ForceLine = ({ law, on }: { law: Law; on: string }) => {
  const { t, date } = useSpeech()
  const { from, until } = law.regulation.act.inForce
  const { repealed } = law.regulation.act
  const force = forceOf(law, on)
  return (
    <div class="q-force">
      <p>
        <Tag text={t(`public.force.${force.kind}`, { date: date(on) })} classes={tags[force.kind]} />
      </p>
      <p>{t('public.force.edition', { date: date(law.regulation.edition) })}</p>
      <p>
        {t('public.force.from', { date: date(from.date) })}
        {from.rule ? (
          <>
            {' ('}
            <Say text={from.rule} />)
          </>
        ) : null}{' '}
        <Doubt of={from.unconfirmed} />
      </p>
      {until ? (
        <p>
          {t('public.force.until', { date: date(until.date) })}
          {until.rule ? (
            <>
              {' ('}
              <Say text={until.rule} />)
            </>
          ) : null}{' '}
          <Doubt of={until.unconfirmed} />
        </p>
      ) : null}
      {repealed ? (
        <p>
          {t('public.force.repealedBy')}: <Act of={repealed} /> (<Say text={repealed.effect} />)
        </p>
      ) : null}
    </div>
  )
}

import { casesOf, type Lying } from '../../../../desk/handOver.ts'
import { fullName, type Grant, type Staff } from '../../../../people/model.ts'
import { Details } from '../../../components/details/details.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Textarea } from '../../../components/textarea/textarea.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import type { FormView } from '../../../forms/view.ts'
import type { Frame } from '../../../layout/Page.tsx'
import { grantPart, personPart, staffPersonPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Choice, DayField, FormPage } from './FormPage.tsx'

/** What lies with the person in one role, and who else could have it. */
export interface Leaving extends Lying {
  readonly others: readonly Staff[]
  /** Whoever acts for the person in this role today, until which day. */
  readonly acting: readonly { readonly staff: Staff; readonly grant: Grant }[]
  /** Cases that wait for the role at that place, whoever has them. */
  readonly waiting: number
}

interface LeaveProps {
  frame: Frame
  form: FormView
  person: Staff
  /** Absent: the whole account. */
  grant?: Grant
  leaving: readonly Leaving[]
  naming: Naming
  titleOf: (role: string, organisation?: string) => string
}

export const handedTo = (index: number): string => `to.${index}`
/** Values beside the ids of people. */
export const everybody = 'everybody'
export const staysWithActing = 'acting'

/** Ends a role or closes an account; nothing that lies with the person is left behind without somebody who has it. */
export const LeavePage = ({ frame, form, person, grant, leaving, naming, titleOf }: LeaveProps) => {
  const { t } = frame.speech
  const lies = leaving.some((one) => casesOf(one).length > 0)
  const title = grant === undefined ? t('admin.leave.title') : t('admin.role.endTitle', { role: titleOf(grant.role, grant.organisation) })
  return (
    <FormPage
      frame={frame}
      form={form}
      title={title}
      about={fullName(person.name)}
      back={{ href: staffPersonPath(person.id), text: fullName(person.name) }}
      action={grant === undefined ? personPart(person.id, 'leave') : grantPart(person.id, grant.id, 'end')}
      do={t(grant === undefined ? 'admin.leave.do' : 'admin.role.end')}
      warning
      before={<p class="govuk-body">{t(grant === undefined ? 'admin.leave.text' : 'admin.role.endText')}</p>}
    >
      {grant === undefined ? null : <When form={form} />}
      {leaving.map((one, index) => (
        <Group one={one} index={index} form={form} naming={naming} titleOf={titleOf} />
      ))}
      {lies ? (
        <Textarea
          name="reason"
          rows={2}
          label={t('steps.field.reason')}
          hint={t('admin.leave.reasonHint')}
          value={form.value('reason')}
          errorMessage={form.error('reason')}
        />
      ) : (
        <InsetText text={t('admin.waits.nothing')} />
      )}
    </FormPage>
  )
}

const When = ({ form }: { form: FormView }) => {
  const { t } = useSpeech()
  return (
    <Radios
      name="when"
      value={form.value('when') || 'now'}
      errorMessage={form.error('when')}
      fieldset={{ legend: { text: t('admin.role.when'), classes: 'govuk-fieldset__legend--s' }, attributes: { 'data-keys': 'choice' } }}
      items={[
        { value: 'now', text: t('admin.role.now'), hint: t('admin.role.nowHint') },
        {
          value: 'day',
          text: t('admin.role.byDay'),
          hint: t('admin.role.byDayHint'),
          conditional: { text: <DayField form={form} name="until" label="admin.field.until" /> },
        },
      ]}
    />
  )
}

const Group = ({
  one,
  index,
  form,
  naming,
  titleOf,
}: { one: Leaving; index: number } & Pick<LeaveProps, 'form' | 'naming' | 'titleOf'>) => {
  const { t, shortDate } = useSpeech()
  const role = titleOf(one.role, one.organisation)
  const place = naming.organisation(one.organisation)
  const cases = casesOf(one)
  const [acting] = one.acting
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{`${role}, ${place}`}</h2>
      {one.others.length === 0 ? <WarningText text={t('admin.leave.last', { count: one.waiting })} /> : null}
      {cases.length === 0 ? (
        <p class="govuk-body">{t('admin.waits.nothing')}</p>
      ) : (
        <>
          <p class="govuk-body">{t('admin.waits.counts', { cases: one.items.length, papers: one.papers.length })}</p>
          <Details summaryText={t('admin.waits.which')}>
            <p>
              {cases.map((number) => (
                <>
                  <span class="q-number">{number}</span>{' '}
                </>
              ))}
            </p>
          </Details>
          <Choice
            form={form}
            name={handedTo(index)}
            label="admin.leave.to"
            items={[
              ...one.others.map((staff) => ({ value: staff.id, text: fullName(staff.name) })),
              { value: everybody, text: t('steps.everybodyIn', { role }) },
              ...(acting
                ? [
                    {
                      value: staysWithActing,
                      text: t('admin.leave.acting', {
                        name: fullName(acting.staff.name),
                        date: shortDate(acting.grant.until ?? acting.grant.from),
                      }),
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
    </section>
  )
}

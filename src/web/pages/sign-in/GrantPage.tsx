import { type Grant, installation } from '../../../people/model.ts'
import { Button } from '../../components/button/button.tsx'
import { Radios } from '../../components/radios/radios.tsx'
import type { House } from '../../house.ts'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'
import { namingFor } from '../../wording/naming.ts'
import { roleTitle } from '../../wording/roles.ts'

interface GrantProps {
  frame: Frame
  grants: readonly Grant[]
  current: string
  /** What waits, by grant; a grant without a desk has no count. */
  waiting: ReadonlyMap<string, { items: number; overdue: number }>
  house: House
}

/** A person with several roles acts in one at a time. */
export const GrantPage = ({ frame, grants, current, waiting, house }: GrantProps) => {
  const { t } = frame.speech
  const naming = namingFor(house.people, frame.speech)
  const place = ({ organisation, unit }: Grant) =>
    organisation === installation
      ? t('people.installation')
      : [naming.organisation(organisation), naming.unit(organisation, unit)].filter(Boolean).join(', ')
  const waits = ({ id }: Grant) => {
    const count = waiting.get(id)
    if (count === undefined) return []
    if (count.items === 0) return [`${t('pages.work.empty')}.`]
    return [
      t('pages.work.count', { count: count.items }),
      ...(count.overdue > 0 ? [t('pages.work.overdue', { count: count.overdue })] : []),
    ]
  }
  return (
    <Page frame={frame} title={t('pages.grant.title')}>
      <form method="post" action={paths.grant} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <Radios
          name="grant"
          classes="govuk-radios--small"
          value={current}
          fieldset={{ legend: { text: t('pages.grant.title'), isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
          items={grants.map((grant) => ({
            value: grant.id,
            text: roleTitle(house, frame.speech, grant.role, house.people.organisation(grant.organisation)),
            hint: [`${place(grant)}.`, ...waits(grant)].join(' '),
          }))}
        />
        <Button text={t('common.continue')} />
      </form>
    </Page>
  )
}

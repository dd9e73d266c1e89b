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
  house: House
}

/** A person with several roles acts in one at a time. */
export const GrantPage = ({ frame, grants, current, house }: GrantProps) => {
  const { t } = frame.speech
  const naming = namingFor(house.people, frame.speech)
  return (
    <Page frame={frame} title={t('pages.grant.title')}>
      <form method="post" action={paths.grant} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <Radios
          name="grant"
          value={current}
          fieldset={{ legend: { text: t('pages.grant.title'), isPageHeading: true, classes: 'govuk-fieldset__legend--l' } }}
          items={grants.map(({ id, role, organisation, unit }) => ({
            value: id,
            text: roleTitle(house, frame.speech, role, house.people.organisation(organisation)),
            hint:
              organisation === installation
                ? t('people.installation')
                : [naming.organisation(organisation), naming.unit(organisation, unit)].filter(Boolean).join(', '),
          }))}
        />
        <Button text={t('common.continue')} />
      </form>
    </Page>
  )
}

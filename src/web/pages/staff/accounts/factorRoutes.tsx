import { Hono } from 'hono'
import { fullName, type Staff } from '../../../../people/model.ts'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { type Door, type DoorContext, formOf } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { personPart, staffPersonPath } from '../../../paths.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { afterwards } from './done.ts'
import { FormPage, Text } from './FormPage.tsx'
import { byOf, keeperOf, wholeOf } from './scope.ts'

/** Takes the second factor of somebody who lost it away, with a reason. */
export function factorRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get('/staff/:id/second-factor', (c) => resetForm(frameOf, c, wholeOf(house, c), new URLSearchParams()))
  routes.post('/staff/:id/second-factor', async (c) => {
    const person = wholeOf(house, c)
    const typed = await formOf(c)
    const answer = await house.people.accounts.resetSecondFactor(person.id, typed.get('reason') ?? '', byOf(keeperOf(c)))
    if (!answer.ok) return resetForm(frameOf, c, person, typed, peopleRefusal(answer.error, c.get('speech')))
    return c.redirect(afterwards(person, 'secondFactorReset'), 303)
  })
  return routes
}

function resetForm(frameOf: FrameOf, c: DoorContext, person: Staff, typed: URLSearchParams, line?: string) {
  const speech = c.get('speech')
  const form = formView(speech, typed, [], undefined, line === undefined ? [] : [line])
  const page = (
    <FormPage
      frame={frameOf(c)}
      form={form}
      title={speech.t('signIn.reset.title')}
      about={fullName(person.name)}
      back={{ href: staffPersonPath(person.id), text: fullName(person.name) }}
      action={personPart(person.id, 'second-factor')}
      do={speech.t('signIn.reset.do')}
      warning
      before={<InsetText text={speech.t('signIn.reset.text')} />}
    >
      <Text form={form} name="reason" label="signIn.reset.reason" hint={speech.t('signIn.reset.reasonHint')} focus />
    </FormPage>
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

import { Hono } from 'hono'
import { masked } from '../../../../people/tokens.ts'
import { Button } from '../../../components/button/button.tsx'
import { type Door, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { placeOf, saveForm, shownAt } from '../../../door/savedForms.tsx'
import type { House } from '../../../house.ts'
import { Page } from '../../../layout/Page.tsx'
import { localPath, paths } from '../../../paths.ts'

/** What somebody types is kept while they type it, and thrown away when they say so. */
export function savedFormRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()

  routes.post(paths.savedForm, async (c) => {
    const typed = await formOf(c)
    const { session } = signedIn(c)
    const action = localPath(typed.get('_action') ?? undefined)
    if (action === undefined) throw new Refused('notFound')
    if (typed.has('_discard')) {
      await house.ledger.savedForms.forget({ ...placeOf(action), staff: session.staff.id })
      return c.redirect(action, 303)
    }
    const saved = await saveForm(house, session.staff.id, action, typed)
    return c.json({ saved, time: signedIn(c).speech.time(shownAt(house, house.machine())), left: session.endsAt - house.machine() })
  })

  // A page of somebody else was still open on this computer.
  routes.get(paths.kept, (c) => {
    const frame = frameOf(c)
    const { t } = frame.speech
    return c.html(
      <Page frame={frame} title={t('saved.othersTitle')}>
        <h1 class="govuk-heading-l">{t('saved.othersTitle')}</h1>
        <p class="govuk-body">{t('saved.othersText')}</p>
        <Button href={paths.work} text={t('saved.toWork')} />
      </Page>,
      409,
    )
  })
  return routes
}

/** How long the session has left, and its token anew; asking is a sign of life. Stands before the door of staff: who is not signed in is told so. */
export function sessionRoutes(house: House) {
  return new Hono<Door>().get(paths.session, (c) => {
    const session = c.get('session')
    if (session === null) return c.json({ over: true }, 401)
    return c.json({ left: session.endsAt - house.machine(), csrf: masked(session.csrf), staff: session.staff.id })
  })
}

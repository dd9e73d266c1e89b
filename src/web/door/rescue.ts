import { masked } from '../../people/tokens.ts'
import type { House } from '../house.ts'
import { localPath, paths } from '../paths.ts'
import { csrfField, type DoorContext, formOf } from './door.ts'
import { isByScript, saveForm, withSaved } from './savedForms.tsx'

/**
 * A form whose session is over is kept for whoever's page it came from, and nobody else; they sign in and find it filled. null: nobody knows whose
 * it was, or it is none to be kept.
 */
export async function rescue(house: House, c: DoorContext): Promise<Response | null> {
  const typed = await formOf(c)
  const owner = await house.people.formOwner(typed.get(csrfField) ?? '')
  if (owner === undefined) return null
  const action = localPath(typed.get('_action') ?? undefined) ?? c.req.path
  if (!(await saveForm(house, owner, action, typed))) return null
  const session = c.get('session')
  const back = withSaved(action, action)
  // The same person signed in anew in another tab: nobody need sign in.
  const isBack = session?.staff.id === owner
  const location = isBack ? back : session === null ? `${paths.signIn}?next=${encodeURIComponent(back)}` : paths.kept
  if (!isByScript(c)) return c.redirect(location, 303)
  return c.json({ kept: true, location, ...(isBack ? { csrf: masked(session.csrf) } : {}) }, 401)
}

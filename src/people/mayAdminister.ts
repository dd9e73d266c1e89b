import { installation, type Organisation, type StaffActor } from './model.ts'

/**
 * Whether the accounts of an organisation are this person's business. An administrator of a service centre or a school keeps that one; the
 * education directorate's keeps all providers of its region; an administrator of the installation keeps everything.
 */
export function mayAdminister(
  actor: StaffActor,
  organisation: string,
  directory: { organisation(id: string): Organisation | undefined },
): boolean {
  if (actor.role !== 'administrator') return false
  if (actor.organisation === installation || actor.organisation === organisation) return true
  const own = directory.organisation(actor.organisation)
  const other = directory.organisation(organisation)
  return own?.kind === 'directorate' && other !== undefined && other.at === 'provider' && other.region === own.region
}

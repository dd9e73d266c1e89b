import { installation, type Organisation, type Staff, type StaffActor } from './model.ts'

interface Places {
  organisation(id: string): Organisation | undefined
}

/**
 * Whether the accounts of an organisation are this person's business. An administrator of a service centre or a school keeps that one; the
 * education directorate's keeps all providers of its region; an administrator of the installation keeps everything.
 */
export function mayAdminister(actor: Pick<StaffActor, 'role' | 'organisation'>, organisation: string, directory: Places): boolean {
  if (actor.role !== 'administrator') return false
  if (actor.organisation === installation || actor.organisation === organisation) return true
  const own = directory.organisation(actor.organisation)
  const other = directory.organisation(organisation)
  return own?.kind === 'directorate' && other !== undefined && other.at === 'provider' && other.region === own.region
}

/** The same of whoever stands at the door, somebody of the staff or not. */
export const administers = (
  { kind, role, organisation }: { kind: string; role?: string | undefined; organisation?: string | undefined },
  place: string,
  directory: Places,
): boolean =>
  kind === 'staff' && role !== undefined && organisation !== undefined && mayAdminister({ role, organisation }, place, directory)

/** Whether everything that a person is, wherever, is this administrator's business: their password opens all of it. */
export const mayAdministerWhole = (actor: StaffActor, { grants }: Staff, directory: Places): boolean =>
  grants.every(({ organisation }) => mayAdminister(actor, organisation, directory))

/** A supervisor reads every case of the region, so no school or service centre makes one. */
export const mayHaveRole = (role: string, organisation: string, directory: Places): boolean =>
  role !== 'supervisor' || directory.organisation(organisation)?.kind === 'directorate'

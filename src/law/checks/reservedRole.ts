import { type Check, inRegulation } from '../bundle.ts'
import { reservedRoles } from '../schema/regulation.ts'

/** Rights of these names come from elsewhere: a regulation that used one would give its workers what is not theirs. */
export const reservedRole: Check = (bundle) =>
  Object.keys(bundle.regulation.value.roles).flatMap((name) =>
    reservedRoles.includes(name) ? [inRegulation(bundle, ['roles', name], 'reservedRole', { params: { name } })] : [],
  )

import { readStaff } from '../pki/people.ts'
import type { Person } from './keys.ts'

/** The demonstration's staff, for whom the test PKI makes certificates. */
export const staffWithKeys = (): readonly Person[] =>
  [...readStaff()].flatMap(([id, { surname, name, patronymic, iin, bin, organisation }]) =>
    bin === undefined || organisation === undefined
      ? []
      : [{ id, iin, bin, organisation, name: [surname, name, patronymic].filter(Boolean).join(' ') }],
  )

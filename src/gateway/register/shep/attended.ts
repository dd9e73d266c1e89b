import type { Access } from '../../access/open.ts'
import type { AttendedParts } from '../../journal/attend.ts'
import { attendedConsent } from '../../journal/consent.ts'
import { attendedRegister } from '../../journal/register.ts'
import { type OpenedRegister, registerFrom, serviceOf } from './from.ts'
import type { KeptTokens } from './keptTokens.ts'
import type { RegisterSettings } from './settings.ts'

/** The register at the gateway, as a node's settings have it. */
export interface RegisterWire {
  readonly access: Access
  readonly settings: RegisterSettings
}

export interface AttendedWire {
  /** The law's time, RFC 3339. */
  readonly now: () => string
  readonly homeOf: (caseNumber: string) => number | null
  readonly attended: AttendedParts
  /** Where tokens of consent lie: shared by every process of the node. */
  readonly kept: KeptTokens
}

/**
 * The register at the gateway with everything around it: each question and each consent in the journal of exchanges, alone of its name, and not at
 * all while the service is known to be out.
 * @throws AccessWrong where a key cannot be used for what it is to do
 */
export function attendedWire({ access, settings }: RegisterWire, { now, homeOf, attended, kept }: AttendedWire): Promise<OpenedRegister> {
  const consentMs = settings.consent?.timeoutMs ?? settings.timeoutMs
  return registerFrom(settings, {
    access,
    now,
    kept,
    ...(attended.failed === undefined ? {} : { failed: attended.failed }),
    around: {
      register: (register) => attendedRegister(register, serviceOf(settings), homeOf, attended, settings.timeoutMs),
      tokens: (tokens) => attendedConsent(tokens, homeOf, attended, consentMs),
    },
  })
}

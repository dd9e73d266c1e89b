import { randomUUID } from 'node:crypto'
import { ncalayerUrl } from '../../../../seal/ncalayer/protocol.ts'
import { keyPolicy } from '../../../door/security.ts'
import type { House } from '../../../house.ts'
import { emulatorDialogPath, emulatorPath } from '../../../paths.ts'

/** Where NCALayer listens, or its emulator with the window in which it asks. */
export interface KeyAddress {
  readonly url: string
  readonly dialog?: string
  readonly emulated: boolean
}

/** Each page has a machine of its own in the demonstration, so that people in several browsers do not meet at one screen. */
export function keyAddressOf({ demonstration }: Pick<House, 'demonstration'>): KeyAddress {
  if (demonstration?.ncalayer === undefined) return { url: ncalayerUrl, emulated: false }
  const machine = randomUUID()
  return { url: emulatorPath(machine), dialog: emulatorDialogPath(machine), emulated: true }
}

/** The page may speak to the program that holds the key, and to nothing else beside this server. */
export const policyFor = ({ url, emulated }: KeyAddress): string => keyPolicy(emulated ? "'self'" : new URL(url).origin)

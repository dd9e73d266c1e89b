import { createHmac } from 'node:crypto'
import { type KeyRing, keyRingOf } from '../keys/keyRing.ts'
import { secretFrom } from '../transfer/passphrase.ts'

/** Two keys of one passphrase: what wraps the keys of cases is not what seals the manifest. */
export interface PassphraseKeys {
  ring: KeyRing
  macKey: Buffer
}

export async function keysOfPassphrase(passphrase: string, salt: Buffer): Promise<PassphraseKeys> {
  const secret = await secretFrom(passphrase, salt)
  const keyFor = (use: string) => createHmac('sha256', secret).update(use).digest()
  return { ring: keyRingOf(keyFor('qyzmet backup: keys of cases')), macKey: keyFor('qyzmet backup: manifest') }
}

import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { revocationSettings } from './revocation.ts'

/** Where a secret is read from at the start; it never stands in the file of settings itself. */
export const secretFrom = z.union([
  z.strictObject({ file: z.string().min(1).describe('its first line; readable by nobody but the server (0600)') }),
  z.strictObject({
    variable: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .describe('a variable of the environment'),
  }),
])
export type SecretFrom = z.infer<typeof secretFrom>

/** How a system of ours is known at the gateway. One node has one, for all that it asks and sends. */
export const accessSettings = z.strictObject({
  senderId: z.string().min(1).max(100).describe('the name under which the gateway knows this system'),
  password: secretFrom,
  keys: z
    .string()
    .min(1)
    .describe(
      'folder: `system.pem` (PKCS#8 and its certificates, 0600), `gateway.pem` (whose certificates speak for the gateway) and `trust/*.pem` (roots, authorities, certificates that signatures only name)',
    ),
  revocation: revocationSettings.optional().describe('absent: `soft`, by what the certificates themselves name'),
})
export type AccessSettings = z.infer<typeof accessSettings>

/** What is set does not hold: a file that is not there, a key that does not belong to its certificate. `message` says which and what to do. */
export class AccessWrong extends Error {
  override name = 'AccessWrong'
}

/** @throws AccessWrong */
export function readSecret(from: SecretFrom, env: NodeJS.ProcessEnv): string {
  if ('variable' in from) {
    const given = env[from.variable]
    if (!given) throw new AccessWrong(`${from.variable} is not set: it holds the password of this system at the gateway.`)
    return given
  }
  const [line = ''] = readPrivate(from.file).split(/\r?\n/)
  if (line === '') throw new AccessWrong(`${from.file} is empty: its first line is the password of this system at the gateway.`)
  return line
}

/**
 * What nobody but the server may read.
 * @throws AccessWrong where it is not there, or others can read it
 */
export function readPrivate(file: string): string {
  try {
    const text = readFileSync(file, 'utf8')
    if ((statSync(file).mode & 0o077) !== 0) throw new AccessWrong(`${file} can be read by others: chmod 600 ${file}`)
    return text
  } catch (cause) {
    if (cause instanceof AccessWrong) throw cause
    throw new AccessWrong(`${file} cannot be read.`, { cause })
  }
}

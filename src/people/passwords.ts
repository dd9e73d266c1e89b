import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { lanes } from './lanes.ts'

/**
 * Argon2id, 19 MiB, two passes, one lane: the first recommendation of OWASP's Password Storage Cheat Sheet for servers (2024); RFC 9106
 * names larger ones where memory is free. 20 to 30 ms on two cores of 2026 (docs/decisions/0007-people.md).
 */
const today = { memory: 19_456, passes: 2, parallelism: 1 } as const
const saltLength = 16
const tagLength = 32

/** Two at a time hold 38 MiB and leave half of libuv's four threads to files and name look-ups; the others wait in line. */
const inTurn = lanes(2)

interface Sealed {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly tag: Buffer
}

function derive(password: string, { memory, passes, parallelism, salt }: Omit<Sealed, 'tag'>): Promise<Buffer> {
  // Composed and decomposed letters are one password (NIST SP 800-63B, 5.1.1.2).
  const message = Buffer.from(password.normalize('NFKC'), 'utf8')
  return inTurn(
    'argon2id',
    () =>
      new Promise((done, fail) => {
        argon2('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength }, (cause, tag) =>
          cause ? fail(cause) : done(tag),
        )
      }),
  )
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
const write = ({ memory, passes, parallelism, salt, tag }: Sealed): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function read(text: string): Sealed {
  const [, memory, passes, parallelism, salt = '', tag = ''] = form.exec(text) ?? []
  if (memory === undefined) throw new Error('A stored password is not in the form of argon2id.')
  const number = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { ...number, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') }
}

/** The PHC string of a password, salted anew each time. */
export async function sealPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength)
  return write({ ...today, salt, tag: await derive(password, { ...today, salt }) })
}

/** True when the password is the sealed one. Takes the same time whatever the answer. */
export async function opensPassword(password: string, sealed: string): Promise<boolean> {
  const kept = read(sealed)
  const tag = await derive(password, kept)
  return tag.length === kept.tag.length && timingSafeEqual(tag, kept.tag)
}

/** A sealed password that nobody has: an unknown login costs the same work as a known one. */
export const nobodysPassword = (): string => write({ ...today, salt: randomBytes(saltLength), tag: randomBytes(tagLength) })

/** True when it was sealed with weaker parameters than today's: sealed again at the next sign-in. */
export function isOutdated(sealed: string): boolean {
  const { memory, passes, parallelism } = read(sealed)
  return memory !== today.memory || passes !== today.passes || parallelism !== today.parallelism
}

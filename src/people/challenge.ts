import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { KeyRing } from '../ledger/keys/keyRing.ts'
import type { Database } from '../ledger/postgres/database.ts'
import { no, type PeopleAnswer, yes } from './model.ts'
import { digestOf } from './tokens.ts'

/** What a key is asked to answer when somebody signs in by it. */
export interface Challenge {
  /** As the page carries it: sealed under the installation's key for one browser, so that no row is kept of those that nobody answers. */
  readonly token: string
  /** Hex of 128 random bits. */
  readonly nonce: string
  /** RFC 3339 by the law's clock. */
  readonly at: string
  /** Milliseconds since 1970, by the machine's clock. */
  readonly until: number
}

/** Long enough to find the token, type its password and read; a page that stood open longer brings another. */
const lifeMs = 5 * 60_000

const inside = z.strictObject({ nonce: z.string(), at: z.string(), until: z.number() })

/**
 * Challenges of one browser (`visit`: its cookie), good for five minutes and for one session, whichever process made and takes them.
 * Refusals: `challengeOther` it is none, or another browser's; `challengeLate`; `challengeUsed`.
 */
export function openChallenges(database: Database, keyRing: KeyRing, machineClock: () => number) {
  // Under the digest, since the context of a sealed thing is no secret.
  const contextOf = (visit: string): string => `challenge ${digestOf(visit).toString('hex')}`
  return {
    async make(visit: string, at: string): Promise<Challenge> {
      const said = { nonce: randomBytes(16).toString('hex'), at, until: machineClock() + lifeMs }
      const sealed = await keyRing.wrap(Buffer.from(JSON.stringify(said)), contextOf(visit))
      return { ...said, token: sealed.toString('base64url') }
    },
    async read(token: string, visit: string): Promise<PeopleAnswer<Challenge>> {
      const said = await opened(keyRing, token, contextOf(visit))
      if (said === null) return no('challengeOther')
      return said.until <= machineClock() ? no('challengeLate') : yes({ ...said, token })
    },
    /** Whether this is its first use. */
    async use({ nonce, until }: Challenge): Promise<PeopleAnswer<null>> {
      const now = machineClock()
      await database.query({ name: 'people forget challenges', text: 'delete from used_challenge where until < $1', values: [now] })
      const rows = await database.query({
        name: 'people use challenge',
        text: `insert into used_challenge as u (digest, use, until) values ($1, $2, $3)
               on conflict (digest) do update set use = u.use where u.use = excluded.use returning 1`,
        values: [digestOf(nonce), randomUUID(), until],
      })
      return rows.length === 1 ? yes(null) : no('challengeUsed')
    },
  }
}

async function opened(keyRing: KeyRing, token: string, context: string): Promise<z.infer<typeof inside> | null> {
  if (!/^[\w-]{40,600}$/.test(token)) return null
  let bytes: Buffer
  try {
    bytes = await keyRing.unwrap(Buffer.from(token, 'base64url'), context)
  } catch {
    return null
  }
  return inside.parse(JSON.parse(bytes.toString('utf8')))
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { State } from '../state/state.ts'

const serviceId = z.string().regex(/^[\w.-]{1,100}$/)
const address = z.url({ protocol: /^https?$/ }).max(500)

/** A system that talks through the gateway, as it is registered. */
export const registration = z.strictObject({
  senderId: z.string().regex(/^[\w.-]{1,100}$/),
  name: z.string().max(200).default(''),
  password: z.string().min(1).max(200).optional().describe('absent: kept as it is, or none asked'),
  serves: z.array(serviceId).max(100).default([]).describe('serviceIds whose requests go to this system'),
  push: address.nullable().default(null).describe('its AsyncChannel client; null: it fetches by getMessages'),
  sync: address
    .nullable()
    .default(null)
    .describe('its SyncChannel server for the services that it serves; null: they are asynchronous only'),
  confirms: z
    .enum(['notification', 'push'])
    .default('notification')
    .describe('what ends a delivery: its sendDeliveryNotification, or its answer to the push alone'),
  certificates: z
    .array(z.string().max(20_000))
    .max(10)
    .default([])
    .describe('PEM of the certificates that it signs with; empty: any that the contour trusts'),
})
export type Registration = z.output<typeof registration>
export type RegistrationInput = z.input<typeof registration>

/** Without the password: what a page or the API may show. */
export type Participant = Omit<Registration, 'password'> & { readonly asksPassword: boolean }

export type Admission = 'admitted' | 'unknown' | 'wrongPassword'

export interface Participants {
  list(): Participant[]
  find(senderId: string): Participant | null
  /** Whoever registered last serves a service. */
  serving(service: string): Participant | null
  admit(senderId: string, password: string | undefined): Admission
  /** Null: there are as many as may be. */
  register(card: Registration): Promise<Participant | null>
  remove(senderId: string): Promise<boolean>
}

type Card = Participant & { readonly secret: { readonly salt: string; readonly hash: string } | null; readonly since: number }

const most = 500

export function openParticipants(state: State): Participants {
  const { db } = state
  const insert = db.prepare('insert or replace into participants (sender, card) values (?, ?)')
  const remove = db.prepare('delete from participants where sender = ?')
  const rows = db.prepare('select card from participants order by sender')
  let kept: Map<string, Card> | null = null
  state.whenForgotten(() => {
    kept = null
  })
  const cards = (): Map<string, Card> => {
    kept ??= new Map(rows.all().map((row) => toCard(String(row.card))))
    return kept
  }
  const changed = <T>(write: () => T): Promise<T> => {
    kept = null
    return state.durably(write)
  }

  return {
    list: () => [...cards().values()].map(shown),
    find(senderId) {
      const card = cards().get(senderId)
      return card === undefined ? null : shown(card)
    },
    serving(service) {
      const serving = [...cards().values()].filter((card) => card.serves.includes(service))
      const newest = serving.toSorted((a, b) => b.since - a.since)[0]
      return newest === undefined ? null : shown(newest)
    },
    admit(senderId, password) {
      const card = cards().get(senderId)
      if (card === undefined) return 'unknown'
      return card.secret === null || sameSecret(card.secret, password ?? '') ? 'admitted' : 'wrongPassword'
    },
    async register({ password, ...given }) {
      const before = cards().get(given.senderId)
      if (before === undefined && cards().size >= most) return null
      const secret = password === undefined ? (before?.secret ?? null) : secretOf(password)
      const since = Math.max(0, ...[...cards().values()].map((card) => card.since)) + 1
      const card: Card = { ...given, asksPassword: secret !== null, secret, since }
      await changed(() => insert.run(card.senderId, JSON.stringify(card)))
      return shown(card)
    },
    remove: (senderId) => changed(() => remove.run(senderId).changes > 0),
  }
}

const toCard = (json: string): [string, Card] => {
  const card = JSON.parse(json) as Card // written by `register` alone
  return [card.senderId, card]
}

function shown({ secret: _secret, since: _since, ...participant }: Card): Participant {
  return participant
}

/** A salted hash keeps a test password out of the file; it is no protection of a real one, which has no business here. */
function secretOf(password: string): { salt: string; hash: string } {
  const salt = randomBytes(16).toString('hex')
  return { salt, hash: hashOf(salt, password) }
}

const hashOf = (salt: string, password: string) => createHash('sha256').update(`${salt}\n${password}`).digest('hex')

const sameSecret = ({ salt, hash }: { salt: string; hash: string }, password: string): boolean =>
  timingSafeEqual(Buffer.from(hash), Buffer.from(hashOf(salt, password)))

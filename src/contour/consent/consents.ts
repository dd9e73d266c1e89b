import { randomBytes } from 'node:crypto'
import { type ContourClock, later } from '../clock.ts'
import type { State } from '../state/state.ts'

/** How the person answers the SMS from 1414: at once with yes, by the page or the API, or never. */
export const answeringModes = ['automatic', 'byHand', 'never'] as const
export type AnsweringMode = (typeof answeringModes)[number]

export interface Asked {
  readonly asker: string
  readonly iin: string
  /** The service that shall be read with it, `access_name`. */
  readonly access: string
  readonly company: string
  readonly companyBin: string
  readonly employee: string
  readonly data: string
  /** How long the consent holds once it is given, in ms. */
  readonly expiresInMs: number
}

export type ConsentState = 'asked' | 'given' | 'declined'
export interface Consent extends Asked {
  readonly id: number
  readonly state: ConsentState
  readonly askedAt: string
  readonly answeredAt: string | null
  readonly validUntil: string | null
}

export type TokenVerdict = 'valid' | 'missing' | 'unknown' | 'expired' | 'otherPerson' | 'otherAsker' | 'otherKey'

export interface Consents {
  mode(): AnsweringMode
  setMode(mode: AnsweringMode): Promise<void>
  /** The running request of this asker for this person and service, or a new one. */
  ask(asked: Asked): Promise<Consent>
  /** False: there is none that waits. */
  answer(id: number, yes: boolean): Promise<boolean>
  /** Waits until it is answered, or `ms` are over. */
  settled(id: number, ms: number, signal: AbortSignal): Promise<Consent>
  /** Only for whoever asked: the token that was made with the answer. */
  tokenOf(id: number): string | null
  check(given: { token: string; publicKey: string; iin: string; asker: string }): TokenVerdict
  list(most: number): Consent[]
}

/** `publicKey` is handed to every asker together with the token and has to come back with it. */
export function openConsents(state: State, clock: ContourClock, publicKey: string): Consents {
  const sql = statements(state)
  const waiting = new Map<number, Set<() => void>>()
  const mode = (): AnsweringMode => {
    const kept = sql.mode.get()?.value
    return answeringModes.find((one) => one === kept) ?? 'automatic'
  }
  const find = (id: number): Consent => toConsent(sql.find.get(id) ?? lost(id))

  function settle(id: number, yes: boolean): boolean {
    const row = sql.find.get(id)
    if (row === undefined || row.state !== 'asked') return false
    const { expiresInMs } = toConsent(row)
    const now = clock.now()
    if (yes) sql.settle.run('given', randomBytes(24).toString('base64'), now, later(now, expiresInMs), id)
    else sql.settle.run('declined', null, now, null, id)
    return true
  }

  const answer = async (id: number, yes: boolean): Promise<boolean> => {
    const done = await state.durably(() => settle(id, yes))
    if (done) for (const wake of waiting.get(id) ?? []) wake()
    return done
  }

  return {
    mode,
    setMode: (to) =>
      state.durably(() => {
        sql.setMode.run(to)
      }),
    async ask(asked) {
      const { iin, asker, access, ...rest } = asked
      const known = sql.running.get(iin, asker, access, clock.now())
      if (known !== undefined) return toConsent(known)
      const id = await state.durably(() => Number(sql.insert.run(asker, iin, access, JSON.stringify(rest), clock.now()).lastInsertRowid))
      if (mode() === 'automatic') await answer(id, true)
      return find(id)
    },
    answer,
    async settled(id, ms, signal) {
      const now = find(id)
      if (now.state !== 'asked' || ms <= 0 || mode() === 'never') return now
      await woken(waiting, id, ms, signal)
      return find(id)
    },
    tokenOf(id) {
      const token = sql.find.get(id)?.token
      return typeof token === 'string' ? token : null
    },
    check({ token, publicKey: key, iin, asker }) {
      if (token === '') return 'missing'
      const row = sql.byToken.get(token)
      if (row === undefined) return 'unknown'
      const consent = toConsent(row)
      if (consent.iin !== iin) return 'otherPerson'
      if (consent.asker !== asker) return 'otherAsker'
      if (key !== publicKey) return 'otherKey'
      return consent.validUntil !== null && Date.parse(consent.validUntil) >= Date.parse(clock.now()) ? 'valid' : 'expired'
    },
    list: (most) => sql.list.all(most).map(toConsent),
  }
}

function statements({ db }: State) {
  return {
    mode: db.prepare("select value from settings where name = 'consent'"),
    setMode: db.prepare("insert or replace into settings (name, value) values ('consent', ?)"),
    insert: db.prepare("insert into consents (asker, iin, access, asked, state, asked_at) values (?, ?, ?, ?, 'asked', ?)"),
    running: db.prepare(
      `select * from consents where iin = ? and asker = ? and access = ?
         and (state = 'asked' or (state = 'given' and unixepoch(valid_until) > unixepoch(?))) order by id desc limit 1`,
    ),
    settle: db.prepare('update consents set state = ?, token = ?, answered_at = ?, valid_until = ? where id = ?'),
    find: db.prepare('select * from consents where id = ?'),
    byToken: db.prepare('select * from consents where token = ?'),
    list: db.prepare('select * from consents order by id desc limit ?'),
  }
}

function lost(id: number): never {
  throw new Error(`The consent ${id} was forgotten by a reset.`)
}

function woken(waiting: Map<number, Set<() => void>>, id: number, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const these = waiting.get(id) ?? new Set()
    waiting.set(id, these)
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      these.delete(wake)
      if (these.size === 0) waiting.delete(id)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal.addEventListener('abort', wake)
    these.add(wake)
  })
}

function toConsent(row: Record<string, unknown>): Consent {
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value))
  return {
    ...(JSON.parse(String(row.asked)) as Omit<Asked, 'asker' | 'iin' | 'access'>), // written by `ask` alone
    id: Number(row.id),
    asker: String(row.asker),
    iin: String(row.iin),
    access: String(row.access),
    state: row.state as ConsentState, // written by this file alone
    askedAt: String(row.asked_at),
    answeredAt: text(row.answered_at),
    validUntil: text(row.valid_until),
  }
}

import { expect } from 'vitest'
import { type Client, clientOf, type Requestable } from '../../api/client.ts'

/** A demonstration that answers the API, with its clock where the test finds it: 14 October 2019 in the morning. */
export interface ApiUnderTest {
  readonly app: Requestable
  /** What the receipt of a case says under its number: the API tells it to nobody. */
  secretOf(number: string): Promise<string>
  /** Seals the cases, as the server does by itself once an hour. */
  seal(): Promise<unknown>
  /** A token of an administrator whom no organisation bounds. */
  administrator(): Promise<string>
  close(): Promise<void>
}

export const logins = [
  'almaty.clerk',
  'almaty.clerk2',
  'almaty.head',
  'almaty.specialist',
  'almaty.supervisor',
  'almaty.operator',
  'aktobe.clerk',
  'aktobe.supervisor',
  'aktobe.administrator',
] as const
export type Login = (typeof logins)[number]

export interface Office {
  readonly call: Client
  readonly tokens: Readonly<Record<Login, string>>
  /** A fresh case of the Almaty directorate's office, opened and not yet accepted. */
  open(): Promise<string>
  step(login: Login, number: string, step: string, body?: unknown, more?: Parameters<Client>[2]): ReturnType<Client>
}

export async function officeOf(app: Requestable): Promise<Office> {
  const call = clientOf(app)
  const signIn = async (login: string) => {
    const got = await call('POST', '/api/v1/tokens', { body: { login, password: 'qyzmet-demo' } })
    expect(got.status).toBe(201)
    return [login, got.json.token] as const
  }
  const tokens = Object.fromEntries(await Promise.all(logins.map(signIn))) as Record<Login, string> // one of each login
  return {
    call,
    tokens,
    open: async () => {
      const got = await call('POST', '/api/v1/cases', {
        token: tokens['almaty.clerk'],
        body: { service: 'teacher-attestation', channel: 'office' },
      })
      expect(got.status).toBe(201)
      return got.json.number
    },
    step: (login, number, step, body = {}, more = {}) =>
      call('POST', `/api/v1/cases/${number}/steps/${step}`, { token: tokens[login], body, ...more }),
  }
}

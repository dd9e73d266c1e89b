import { z } from 'zod'
import { demonstrationPassword } from '../../src/people/demonstration.ts'
import type { Answer, Sent } from './journal.ts'

/** The JSON API of some server, as a caller sees it. */
export interface Door {
  send(server: string, token: string, command: Omit<Sent, 'answers'>, signal?: AbortSignal): Promise<Answer>
  /** Where a case stands; null where nobody answers. */
  look(server: string, token: string, number: string): Promise<Standing | null>
  token(server: string, login: string): Promise<string>
}

export interface Standing {
  readonly version: number
  readonly step: { readonly id: string; readonly awaiting: unknown } | null
}

const done = z.object({ number: z.string(), version: z.number() })
const problem = z.object({ code: z.string() })
const standing = z.object({ version: z.number(), step: z.object({ id: z.string(), awaiting: z.unknown().optional() }).nullable() })
const signedIn = z.object({ token: z.string() })

/** Longer than any server's patience: who waits so long has met a server that has forgotten them. */
const patienceMs = 30_000

export function openDoor(service: string): Door {
  const ask = (url: string, init: RequestInit, signal?: AbortSignal) => {
    const patience = AbortSignal.timeout(patienceMs)
    return fetch(url, { ...init, signal: signal === undefined ? patience : AbortSignal.any([signal, patience]) })
  }
  return {
    send: async (server, token, command, signal) => {
      try {
        const { path, body } = requestOf(service, command)
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': command.key }
        const got = await ask(`${server}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }, signal)
        const json: unknown = await got.json()
        if (got.ok) return { status: got.status, ...done.parse(json) }
        return { status: got.status, code: problem.safeParse(json).data?.code ?? '' }
      } catch {
        return { status: 'lost' }
      }
    },
    look: async (server, token, number) => {
      try {
        const got = await ask(`${server}/api/v1/cases/${number}`, { headers: { authorization: `Bearer ${token}` } })
        const json: unknown = await got.json()
        return got.ok ? (standing.parse(json) as Standing) : null // as: zod calls what may be anything optional
      } catch {
        return null
      }
    },
    token: async (server, login) => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password: demonstrationPassword }),
      }
      const got = await ask(`${server}/api/v1/tokens`, init)
      if (!got.ok) throw new Error(`${login} may not sign in: ${got.status} ${await got.text()}`)
      return signedIn.parse(await got.json()).token
    },
  }
}

function requestOf(service: string, { wanted }: Omit<Sent, 'answers'>): { path: string; body: unknown } {
  if (wanted.do === 'open') {
    const { channel, provider } = wanted
    return { path: '/api/v1/cases', body: { service, channel, provider } }
  }
  return { path: `/api/v1/cases/${wanted.number}/steps/${wanted.step}`, body: wanted.input }
}

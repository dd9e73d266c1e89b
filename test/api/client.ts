import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { expected } from '../../src/api/openapi.ts'
import { problemSchema, statuses } from '../../src/api/problem.ts'
import type { Route } from '../../src/api/route.ts'
import { routes } from '../../src/api/routes/all.ts'

/** Anything that answers HTTP without a socket. */
export interface Requestable {
  request(path: string, init?: RequestInit): Response | Promise<Response>
}

export interface Sent {
  readonly token?: string
  readonly body?: unknown
  /** A body as it is: not made JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Record<string, string>
  /** `Idempotency-Key`; a fresh one where nothing is said, none for null. */
  readonly key?: string | null
}

export interface Got {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of a body it says itself; the shape is checked by the route's own schema
  readonly json: any
  readonly bytes: Uint8Array
}

/** A caller that holds every answer against the description of its route: status, shape, codes of problems, headers. */
export function clientOf(app: Requestable) {
  const answered = new Set<string>()
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, sent: Sent = {}): Promise<Got> => {
    const { token, body, raw, headers = {}, key = randomUUID() } = sent
    const response = await app.request(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
        ...headers,
      },
      ...(body === undefined && raw === undefined ? {} : { body: raw ?? JSON.stringify(body) }),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const got = {
      status: response.status,
      headers: response.headers,
      json: isJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined,
      bytes,
    }
    const route = routeOf(method, path)
    conforms(route, got)
    if (route !== undefined && got.status < 300) answered.add(route.id)
    return got
  }
  /** Routes that have answered yes. */
  return Object.assign(call, { answered })
}
export type Client = ReturnType<typeof clientOf>

function routeOf(method: string, path: string): Route | undefined {
  const [plain = ''] = path.replace(/^\/api/, '').split('?')
  return routes.find((route) => {
    const pattern = new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    return route.method.toUpperCase() === method && pattern.test(plain)
  })
}

/** What the answer must be by its description; a path that is described nowhere may only be refused. */
export function conforms(route: Route | undefined, { status, headers, json, bytes }: Got): void {
  if (status >= 400) {
    expect(headers.get('content-type')).toBe('application/problem+json')
    const problem = problemSchema.parse(json)
    expect(problem.status).toBe(status)
    expect(problem.type).toMatch(new RegExp(`/problems/${problem.code}$`))
    expect(`${problem.title}${problem.detail}${problem.remedy}`).not.toMatch(/[{}]|undefined/)
    if (route !== undefined) expect(expected(route)).toContain(problem.code)
    expect(statuses[problem.code]).toBe(status)
    return
  }
  if (route === undefined) throw new Error('a path without a description answered')
  if (status === 304) return
  expect(status).toBe(route.answer.status)
  if (route.answer.schema !== undefined) route.answer.schema.parse(json)
  if (route.answer.type !== undefined) expect(headers.get('content-type')).toBe(route.answer.type)
  if (status === 204) expect(bytes).toHaveLength(0)
}

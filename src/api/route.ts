import type { z } from 'zod'
import type { Who } from '../desk/who.ts'
import type { Language } from '../language/messages.ts'
import type { Translator } from '../language/translator.ts'
import type { Session } from '../people/sessions.ts'
import type { House } from '../web/house.ts'
import type { No, ProblemCode } from './problem.ts'

/** What every handler is given: parsed and checked. */
export interface Call<Query, Body> {
  readonly house: House
  readonly t: Translator
  readonly language: Language
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  /** The bytes as they came, of a route that takes no JSON. */
  readonly bytes: Uint8Array
  /** Where the request came from, as the server sees it; '' where there is no socket. */
  readonly address: string
  /** The case's version that the sender saw (`If-Match`). */
  readonly seen: number | undefined
  /** The sender's own name of the request (`Idempotency-Key`), unique among everybody's. */
  readonly key: string
  readonly header: (name: string) => string | undefined
}

/** Of a route for staff: who stands at the door, and under which session. */
export interface StaffCall<Query, Body> extends Call<Query, Body> {
  readonly who: Who
  readonly session: Session
  readonly token: string
}

export interface Reply<Answer> {
  readonly body?: Answer
  /** Instead of a body: a paper. */
  readonly bytes?: Uint8Array
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

interface Description<Query, Body, Answer> {
  readonly method: 'get' | 'post' | 'delete'
  /** As OpenAPI writes it, below `/api`: `/v1/cases/{number}`. */
  readonly path: string
  /** `operationId`. */
  readonly id: string
  readonly summary: string
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  /** Media types of a body that is no JSON. */
  readonly takes?: readonly string[]
  readonly answer: { readonly status: number; readonly schema?: z.ZodType<Answer>; readonly type?: string }
  /** `Idempotency-Key` must be given. */
  readonly keyed?: boolean
  /** `If-Match` may be given. */
  readonly conditional?: boolean
  /** Other headers that the route reads. */
  readonly headers?: readonly { readonly name: string; readonly required: boolean; readonly description: string }[]
  /** Expected "no"s beside those that every route of its kind may give. */
  readonly problems: readonly ProblemCode[]
}

export interface OpenRoute<Query, Body, Answer> extends Description<Query, Body, Answer> {
  readonly access: 'public' | 'demonstration'
  handle(call: Call<Query, Body>): Promise<Reply<Answer> | No>
}
export interface StaffRoute<Query, Body, Answer> extends Description<Query, Body, Answer> {
  readonly access: 'staff'
  handle(call: StaffCall<Query, Body>): Promise<Reply<Answer> | No>
}

/** Of a list, whose members were each checked where they are written, by `route` or `staffRoute`. */
export type Route = OpenRoute<unknown, unknown, unknown> | StaffRoute<unknown, unknown, unknown>

/** A route for everybody, or for everybody in the demonstration. */
export const route = <Query = undefined, Body = undefined, Answer = undefined>(it: OpenRoute<Query, Body, Answer>): Route => it

/** A route for whoever has signed in. */
export const staffRoute = <Query = undefined, Body = undefined, Answer = undefined>(
  it: Omit<StaffRoute<Query, Body, Answer>, 'access'>,
): Route => ({
  ...it,
  access: 'staff',
})

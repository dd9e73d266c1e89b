import { z } from 'zod'
import { type ProblemCode, problemSchema, statuses } from './problem.ts'
import type { Route } from './route.ts'
import { schemas } from './schemas/registry.ts'

type Described = Record<string, unknown>

/** Samples by `operationId`; a test holds each against its shape. */
export type Examples = Readonly<Record<string, { readonly body?: unknown; readonly answer?: unknown }>>

/** OpenAPI 3.1 of the routes, made from the shapes by which they are read and answered. */
export function openapi(routes: readonly Route[], version: string, examples: Examples): Described {
  const paths: Record<string, Described> = {}
  for (const route of routes) {
    const path = `/api${route.path}`
    paths[path] = { ...paths[path], [route.method]: operation(route, examples[route.id]) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Qyzmet',
      version,
      description: 'Public services run by their regulations. Errors are RFC 9457; words follow Accept-Language: kk, ru, en.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentsOf(routes),
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'of POST /api/v1/tokens' } },
    },
  }
}

function operation(route: Route, sample: Examples[string] = {}): Described {
  const body = bodyOf(route, sample.body)
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? ''],
    security: route.access === 'staff' ? [{ token: [] }] : [],
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { ...answerOf(route, sample.answer), ...problemsOf(route) },
  }
}

function bodyOf(route: Route, sample: unknown): Described | undefined {
  if (route.takes !== undefined) {
    const binary = { schema: { type: 'string', format: 'binary' } }
    return { required: true, content: Object.fromEntries(route.takes.map((type) => [type, binary])) }
  }
  if (route.body === undefined) return undefined
  const example = sample === undefined ? {} : { example: sample }
  return { required: true, content: { 'application/json': { schema: refTo(route.body), ...example } } }
}

function answerOf({ answer }: Route, sample: unknown): Described {
  if (answer.type !== undefined)
    return { [answer.status]: { description: 'the file', content: { [answer.type]: { schema: { type: 'string', format: 'binary' } } } } }
  if (answer.schema === undefined) return { [answer.status]: { description: 'done' } }
  const example = sample === undefined ? {} : { example: sample }
  return { [answer.status]: { description: 'the answer', content: { 'application/json': { schema: refTo(answer.schema), ...example } } } }
}

/** By status, with the codes that stand behind each. */
function problemsOf(route: Route): Described {
  const byStatus = Map.groupBy(expected(route), (code) => statuses[code])
  const content = { 'application/problem+json': { schema: refTo(problemSchema) } }
  return Object.fromEntries([...byStatus].map(([status, codes]) => [status, { description: [...codes].sort().join(', '), content }]))
}

/** Every "no" that a route may give: its own and those of its kind. */
export function expected(route: Route): ProblemCode[] {
  const codes = new Set<ProblemCode>([...route.problems, 'failure', 'unavailable', 'busy'])
  if (route.access === 'staff') for (const code of ['signInRequired', 'mustChangePassword', 'factorFirst'] as const) codes.add(code)
  if (route.access === 'demonstration') codes.add('notFound')
  if (route.body !== undefined) for (const code of ['malformed', 'tooLarge', 'unsupportedMedia', 'invalidInput'] as const) codes.add(code)
  if (route.query !== undefined) codes.add('invalidInput')
  if (route.takes !== undefined) codes.add('tooLarge')
  if (route.keyed) codes.add('keyRequired')
  if (route.conditional) for (const code of ['changed', 'badPrecondition'] as const) codes.add(code)
  return [...codes]
}

const pathParameters = ({ path }: Route): Described[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

function queryParameters({ query }: Route): Described[] {
  if (query === undefined) return []
  const shape = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return Object.entries(shape.properties ?? {}).map(([name, schema]) => {
    const description = typeof schema === 'object' && schema.description !== undefined ? { description: schema.description } : {}
    return { name, in: 'query', required: shape.required?.includes(name) ?? false, ...description, schema }
  })
}

function headerParameters({ keyed, conditional, headers = [] }: Route): Described[] {
  const key = {
    name: 'Idempotency-Key',
    required: true,
    description:
      'the sender’s own name of this request, 8 to 200 visible characters: sent again it is done once; with another body it is refused',
  }
  const match = { name: 'If-Match', required: false, description: 'ETag of the case that the sender saw' }
  return [...(keyed ? [key] : []), ...(conditional ? [match] : []), ...headers].map((header) => ({
    ...header,
    in: 'header',
    schema: { type: 'string' },
  }))
}

/** A shape without a name cannot be described: it is named where it is written. */
function refTo(shape: z.ZodType): Described {
  const id = schemas.get(shape)?.id
  if (id === undefined) throw new Error('a shape of the API has no name: register it in schemas')
  return { $ref: `#/components/schemas/${id}` }
}

/** What is sent is described as it may be sent (defaults may be left out), what is answered as it is answered. */
function componentsOf(routes: readonly Route[]): Described {
  const options = { uri: (id: string) => `#/components/schemas/${id}`, unrepresentable: 'any' } as const
  const asSent = z.toJSONSchema(schemas, { ...options, io: 'input' }).schemas
  const asAnswered = z.toJSONSchema(schemas, { ...options, io: 'output' }).schemas
  const sent = new Set(routes.flatMap((route) => (route.body === undefined ? [] : [schemas.get(route.body)?.id])))
  return Object.fromEntries(
    Object.entries(asAnswered).map(([id, answered]) => {
      const { $schema: _, $id: __, ...shape } = (sent.has(id) ? asSent[id] : answered) ?? {}
      return [id, shape]
    }),
  )
}

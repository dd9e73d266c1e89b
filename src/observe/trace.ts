import type * as OpenTelemetry from '@opentelemetry/api'
import type { Attributes, Context, Link, Span } from '@opentelemetry/api'

/**
 * Spans of one command from page to commit. Off unless `tracing.ts` was told where to send them, and then each of these functions only calls
 * what it is given: nothing is loaded, made, measured or passed on. Attributes hold names and numbers, as in the log; nothing of a case or a person.
 */
let api: typeof OpenTelemetry | undefined

export function switchTraces(to: typeof OpenTelemetry | undefined): void {
  api = to
}

/** Where something came from: what causes something later, or waits with others for one and the same. */
export type Origin = Context | undefined

export interface SpanOptions {
  readonly attributes?: Attributes
  /** What led here without being above it: these become links. */
  readonly origins?: readonly Origin[]
  /** Stands alone: a batch belongs to none of the commands that it carries. */
  readonly root?: boolean
}

/** Runs the work inside a span of this name; of what it throws only the name is kept. */
export function inSpan<T>(name: string, work: () => T, { attributes, origins = [], root = false }: SpanOptions = {}): T {
  if (api === undefined) return work()
  const above = root ? api.ROOT_CONTEXT : api.context.active()
  const span = tracer(api).startSpan(name, { ...(attributes && { attributes }), links: linksTo(api, origins) }, above)
  return carry(api, span, above, work)
}

/** Names the span of a request once its route and its answer are known. */
export type NameRequest = (method: string, route: string, status: number) => void

/** The span of a request that came in, under the `traceparent` (W3C Trace Context) that it may bring. */
export function inRequestSpan<T>(traceparent: string | undefined, work: (name: NameRequest) => T): T {
  const known = api
  if (known === undefined) return work(nothing)
  const { ROOT_CONTEXT, SpanKind, SpanStatusCode } = known
  const above = known.propagation.extract(ROOT_CONTEXT, { traceparent })
  const span = tracer(known).startSpan('request', { kind: SpanKind.SERVER }, above)
  const name: NameRequest = (method, route, status) => {
    span.updateName(`${method} ${route}`)
    span.setAttributes({ 'http.request.method': method, 'http.route': route, 'http.response.status_code': status })
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  }
  return carry(known, span, above, () => work(name))
}

export const origin = (): Origin => api?.context.active()

/** The trace that is being written, as 32 hex digits; undefined where none is. */
export const traceId = (): string | undefined => api?.trace.getActiveSpan()?.spanContext().traceId

/** `traceparent` of the present, to be kept beside what runs later. */
export function packOrigin(): string | undefined {
  if (api === undefined) return undefined
  const carrier: Record<string, string> = {}
  api.propagation.inject(api.context.active(), carrier)
  return carrier.traceparent
}

export const unpackOrigin = (traceparent: string | undefined): Origin =>
  traceparent === undefined ? undefined : api?.propagation.extract(api.ROOT_CONTEXT, { traceparent })

const tracer = ({ trace }: typeof OpenTelemetry) => trace.getTracer('qyzmet')
function nothing(): void {}

function linksTo({ trace }: typeof OpenTelemetry, origins: readonly Origin[]): Link[] {
  return origins.flatMap((one) => {
    const found = one && trace.getSpanContext(one)
    return found ? [{ context: found }] : []
  })
}

function carry<T>({ context, trace, SpanStatusCode }: typeof OpenTelemetry, span: Span, above: Context, work: () => T): T {
  const failed = (cause: unknown): never => {
    span.setStatus({ code: SpanStatusCode.ERROR, message: cause instanceof Error ? cause.name : typeof cause })
    span.end()
    throw cause
  }
  const ended = <V>(value: V): V => {
    span.end()
    return value
  }
  return context.with(trace.setSpan(above, span), () => {
    try {
      const value = work()
      return value instanceof Promise ? (value.then(ended, failed) as T) : ended(value) // a promise of what the work promised
    } catch (cause) {
      return failed(cause)
    }
  })
}

import { type Origin, packOrigin, unpackOrigin } from '../../observe/trace.ts'
import type { Json } from '../ledger.ts'

/** While traces are written, an effect carries the span of the command that caused it; its handler never sees that. */
const member = 'traceparent'

export function withOrigin(payload: Json): Json {
  const packed = packOrigin()
  if (packed === undefined || typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload
  return { ...payload, [member]: packed }
}

export function takeOrigin(payload: Json): { payload: Json; origin: Origin } {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload) || !(member in payload))
    return { payload, origin: undefined }
  const { [member]: packed, ...own } = payload
  return { payload: own, origin: unpackOrigin(typeof packed === 'string' ? packed : undefined) }
}

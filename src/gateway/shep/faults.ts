import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { XmlRefused } from '../../xml/refused.ts'
import { childNamed, elementsOf, textOf, type XmlElement } from '../../xml/tree.ts'
import { element, type Markup } from '../../xml/write.ts'
import type { BilingualText, TechnicalFailure } from '../failure.ts'
import { technicalFailure } from '../failures.ts'
import type { ErrorInfo } from './messages.ts'
import { type Operation, soapNamespace } from './names.ts'
import { readErrorInfo } from './read.ts'
import { errorInfo } from './write.ts'

/**
 * What the gateway refuses by: the codes that are known in public. `SCE001` format, `SCE004` no such service, `SCE005` / `SCE006` / `SCE007` the transport
 * signature's certificate is not current / is wrong / is missing, `SCE015` / `SCE016` / `SCE017` the same of the business data's, `SCE909` internal.
 */
export const shepCodes = ['SCE001', 'SCE004', 'SCE005', 'SCE006', 'SCE007', 'SCE015', 'SCE016', 'SCE017', 'SCE909'] as const
export type ShepCode = (typeof shepCodes)[number]

const table = z
  .record(z.enum(shepCodes), z.strictObject({ retry: z.boolean(), kk: z.string(), ru: z.string() }))
  .parse(parse(readFileSync(new URL('./faults.yaml', import.meta.url), 'utf8')))

export const isShepCode = (code: string): code is ShepCode => Object.hasOwn(table, code)

/** The gateway's own words for one of its codes. */
export const wordsOf = (code: ShepCode): BilingualText => ({ kk: table[code].kk, ru: table[code].ru })

/** A fault as it was read. `code` is '' where none can be found: that too is a failure, never an answer. */
export interface ShepFault {
  readonly code: string
  readonly message: string
  /** Whatever stood in `detail`, if it was the gateway's own shape. */
  readonly error: ErrorInfo | null
}

/** Reads `soap:Fault`. Nothing relies on `faultcode` being a qualified name: the gateway's implementers put the error's code there. */
export function readFault(content: XmlElement): ShepFault | null {
  if (content.local !== 'Fault' || content.namespace !== soapNamespace) return null
  const detail = childNamed(content, '', 'detail')
  const errors = detail === null ? [] : elementsOf(detail).filter((one) => one.local.endsWith('Fault'))
  const error = errors.map(errorOrNull).find((one) => one !== null) ?? null
  const said = (name: string) => textOf(childNamed(content, '', name) ?? { ...content, children: [] }).trim()
  const code = error?.errorCode.trim() || (said('faultcode').split(':').at(-1) ?? '')
  return { code, message: error?.errorMessage ?? said('faultstring'), error }
}

function errorOrNull(element: XmlElement): ErrorInfo | null {
  try {
    return readErrorInfo(element)
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}

/** A code that nobody published is a technical failure too, and may be asked again. */
export function failureOf(fault: Pick<ShepFault, 'code'>): TechnicalFailure {
  if (!isShepCode(fault.code)) return technicalFailure('shep-unknown-error')
  return technicalFailure('shep-error', table[fault.code].retry)
}

/** A refusal in the shape of the gateway's implementers: `faultcode` and `faultstring` repeat code and words. */
export function faultMarkup(operation: Operation, namespace: string, error: ErrorInfo): Markup {
  const name = `n:${operation}Fault1_${operation}Fault`
  return element(
    'soap:Fault',
    {},
    element('faultcode', {}, error.errorCode),
    element('faultstring', {}, error.errorMessage),
    element('detail', {}, errorInfo(name, error, { 'xmlns:n': namespace })),
  )
}

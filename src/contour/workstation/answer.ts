import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { descendants, textOf } from '../../xml/tree.ts'
import { element, optional } from '../../xml/write.ts'

export type Act = 'register' | 'decide' | 'refuse'

/** Our own shape of an answer, close to the ministry's education message: the documents that are missing stand apart from the ground. */
export const answerNamespace = 'urn:demo:education:attestation:v1'

const statuses = {
  register: { processingStatus: 'IN_PROGRESS', resolutionType: 'NO_RESOLUTION' },
  decide: { processingStatus: 'COMPLETED', resolutionType: 'POSITIVE' },
  refuse: { processingStatus: 'COMPLETED', resolutionType: 'NEGATIVE' },
} as const

/** What the invented provider found wrong, as the message has it: a list of documents in each language, and why. */
export interface Refusal {
  readonly missing: { readonly kk: string; readonly ru: string }
  readonly reason: { readonly kk: string; readonly ru: string }
}

/** `data` of a NOTIFICATION or RESPONSE. */
export function answerData(act: Act, request: string, number: string, at: string, refusal: Refusal): string {
  const { processingStatus, resolutionType } = statuses[act]
  const refused = act === 'refuse'
  return element(
    'data',
    {},
    element(
      'demoResult',
      { xmlns: answerNamespace },
      element('externalRequestId', {}, request),
      element('registrationNumber', {}, number),
      element('processingStatus', {}, processingStatus),
      element('resolutionType', {}, resolutionType),
      optional('negativeResolutionReasonKk', refused ? refusal.reason.kk : null),
      optional('negativeResolutionReasonRu', refused ? refusal.reason.ru : null),
      optional('negativeResolutionMissingDocumentsListKk', refused ? refusal.missing.kk : null),
      optional('negativeResolutionMissingDocumentsListRu', refused ? refusal.missing.ru : null),
      optional('resolutionDate', act === 'register' ? null : at),
    ),
  ).markup
}

const names = ['externalRequestId', 'requestId', 'caseNumber', 'messageId']

/** By what name the sender knows its request: of known names of XML, or the case's number in JSON within; null where there is none. */
export function requestNameIn(data: string): string | null {
  try {
    const all = [...descendants(readXml(Buffer.from(data)).root)]
    for (const name of names) {
      const found = all.find(({ local }) => local === name)
      if (found !== undefined && textOf(found).trim() !== '') return textOf(found).trim().slice(0, 100)
    }
    const json = all.map((one) => jsonNumber(textOf(one))).find((one) => one !== null)
    return json ?? null
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}

function jsonNumber(text: string): string | null {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const read: { case?: { number?: unknown } } | null = JSON.parse(text)
    const number = read?.case?.number
    return typeof number === 'string' ? number.slice(0, 100) : null
  } catch {
    return null
  }
}

import { randomUUID } from 'node:crypto'
import { element, type Markup } from '../../xml/write.ts'
import type { ContourClock } from '../clock.ts'
import { PayloadWrong, readFields, type SyncService } from '../services/service.ts'
import type { Note } from '../watch/watch.ts'
import type { Consent, Consents } from './consents.ts'

const order = [
  'uin',
  'company',
  'company_bin',
  'company_responsible',
  'employee_name',
  'access_name',
  'personal_data_name',
  'expiresIn',
  'omit-sms',
  'ovt',
] as const

const namespace = 'http://service.2fa-chain.kz/ns/kdp'
const longestMs = 30 * 24 * 3_600_000

export interface ConsentTools {
  readonly clock: ContourClock
  readonly consents: Consents
  readonly publicKey: string
  /** How long a call waits for the person's answer, in ms. */
  readonly waitMs: number
}

/** The service that asks a person by SMS from 1414. Its answer has an envelope of its own: every element is qualified. */
export function consentService({ clock, consents, publicKey, waitMs }: ConsentTools): SyncService {
  return {
    services: ['KDP_SERVICE'],
    async answer({ data, sender, messageId, signal }) {
      const fields = readFields(data, order, ['uin', 'company', 'company_bin', 'access_name', 'expiresIn', 'ovt'])
      const { uin = '', access_name: access = '', ovt = '', company_bin: companyBin = '' } = fields
      if (!/^\d{12}$/.test(uin)) throw new PayloadWrong('iinShape')
      const expiresInMs = Number(fields.expiresIn)
      if (!Number.isInteger(expiresInMs) || expiresInMs < 1 || expiresInMs > longestMs) throw new PayloadWrong('expiresInShape')
      const notes = notesOnToken(ovt, companyBin, clock.now())
      const { company = '', employee_name: employee = '', personal_data_name: named = '' } = fields
      const consent = await consents.ask({ asker: sender, iin: uin, access, company, companyBin, employee, data: named, expiresInMs })
      const settled = await consents.settled(consent.id, waitMs, signal)
      const token = settled.state === 'given' ? consents.tokenOf(settled.id) : null
      return { kind: 'content', content: answerMarkup(settled, token, { messageId, now: clock.now(), publicKey }), notes }
    },
  }
}

/** Only `VALID` is known from practice; the others are ours. */
const statuses = { given: 'VALID', asked: 'DEMO-WAITING', declined: 'DEMO-DECLINED' } as const

function answerMarkup({ state }: Consent, token: string | null, head: { messageId: string; now: string; publicKey: string }): Markup {
  const told = (name: string, ...content: (string | Markup | null)[]) => element(`k:${name}`, {}, ...content)
  return element(
    'k:sendMessageResponse',
    { 'xmlns:k': namespace },
    told(
      'response',
      told(
        'responseInfo',
        told('messageId', head.messageId),
        told('responseDate', head.now),
        told('status'),
        told('sessionId', `{${randomUUID()}}`),
      ),
      told(
        'responseData',
        told(
          'data',
          told('status', statuses[state]),
          token === null ? null : told('code', token),
          token === null ? null : told('public-key', head.publicKey),
        ),
      ),
    ),
  )
}

/**
 * `ovt` is a JWT RS256 whose key only the real service knows. What can be seen without the key is told as a note, not refused: nothing public says how the
 * service answers.
 */
function notesOnToken(ovt: string, companyBin: string, now: string): Note[] {
  const [head = '', claims = '', signature = ''] = ovt.split('.')
  const [header, body] = [jsonOf(head), jsonOf(claims)]
  if (header === null || body === null || signature === '') return [{ code: 'ovtUnreadable' }]
  return [
    ...(header.alg === 'RS256' ? [] : [{ code: 'ovtAlgorithm' }]),
    ...(typeof body.exp === 'number' && body.exp * 1000 < Date.parse(now) ? [{ code: 'ovtExpired' }] : []),
    ...(typeof body.cbin === 'string' && body.cbin !== companyBin ? [{ code: 'ovtOtherBin' }] : []),
  ]
}

function jsonOf(part: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof read === 'object' && read !== null ? { ...read } : null
  } catch {
    return null
  }
}

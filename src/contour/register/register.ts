import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from '../../gateway/register/person.ts'
import { invent } from '../../gateway/register/simulator/invent.ts'
import { edgeOf } from '../../gateway/register/simulator/world.ts'
import type { Markup } from '../../xml/write.ts'
import type { ContourClock } from '../clock.ts'
import type { Consents } from '../consent/consents.ts'
import type { ServiceAnswer, ServiceCall, SyncService } from '../services/service.ts'
import { registerAnswer } from './answer.ts'
import { listedPeople } from './listed.ts'
import { type RegisterRequest, readRegisterRequest } from './request.ts'

export interface RegisterTools {
  readonly clock: ContourClock
  readonly seed: string
  readonly slowMs: number
  readonly consents: Consents
  /** Makes `data` of its children, signed by the register's own key. */
  readonly signed: (children: readonly Markup[]) => Promise<Markup>
}

const plain = 'GBDFL_UniversalServiceSync'
const withToken = 'GBDFLUniversal_token'

/** The state database of individuals with invented people; what is out of the ordinary hangs on documented numbers. */
export function personRegister(tools: RegisterTools): SyncService {
  const listed = listedPeople(tools.seed)
  return {
    services: [plain, withToken],
    async answer(call) {
      const request = readRegisterRequest(call.data, call.service === withToken)
      const refused = call.service === withToken ? tokenRefusal(request, call, tools.consents) : null
      if (refused !== null) return refused
      const edge = request.iin === undefined ? null : edgeOf(request.iin)
      if (edge === 'down') return { kind: 'cut', notes: [{ code: 'edgeDown' }] }
      if (edge === 'gatewayRefuses') return { kind: 'fault', code: 'SCE016', data: 'DEMO', notes: [{ code: 'edgeRefuses' }] }
      if (edge === 'slow') await sleep(tools.slowMs, undefined, { signal: call.signal }).catch(() => undefined)
      const requestId = edge === 'wrongAnswer' ? randomUUID() : request.messageId
      const found = look(request, listed, tools.seed)
      const notes = edge === 'wrongAnswer' ? [{ code: 'edgeWrongAnswer' }] : []
      return { kind: 'data', data: await tools.signed(registerAnswer(found, requestId, tools.clock.now())), notes }
    },
  }
}

/** Another status than success and no data: a consumer must not take a missing consent for a missing person. */
function tokenRefusal({ iin, kdpToken, publicKey }: RegisterRequest, { sender }: ServiceCall, consents: Consents): ServiceAnswer | null {
  const verdict = consents.check({ token: kdpToken ?? '', publicKey: publicKey ?? '', iin: iin ?? '', asker: sender })
  if (verdict === 'valid') return null
  return { kind: 'status', code: 'DEMO-KDP-TOKEN', message: `kdpToken: ${verdict}`, notes: [{ code: `token.${verdict}` }] }
}

/** More than this many people of one name are not given: a search that finds everybody is none. */
const mostFound = 20

function look(request: RegisterRequest, listed: readonly Person[], seed: string): Person[] {
  if (request.iin !== undefined) {
    const person = invent(request.iin, seed)
    return person === null ? [] : [person]
  }
  const same = (asked: string | undefined, held: string | undefined) =>
    asked === undefined || asked.toLocaleUpperCase('kk') === (held ?? '').toLocaleUpperCase('kk')
  return listed
    .filter(
      (one) =>
        same(request.surname, one.surname) &&
        same(request.name, one.name) &&
        same(request.patronymic, one.patronymic) &&
        same(request.birthDate, one.birthDate) &&
        one.birthDate >= (request.birthDateFrom ?? '') &&
        one.birthDate <= (request.birthDateTo ?? '9999') &&
        (request.documentNumber === undefined || (one.documents?.document ?? []).some(({ number }) => number === request.documentNumber)),
    )
    .slice(0, mostFound)
}

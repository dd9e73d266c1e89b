import type { z } from 'zod'
import type { Opening } from '../../desk/desk.ts'
import { refusalCodes } from '../../engine/case/refusal.ts'
import { location } from '../../people/location.ts'
import { replyOf } from '../outcome.ts'
import { type No, no } from '../problem.ts'
import { type StaffCall, staffRoute } from '../route.ts'
import { correctionBody, openingBody, reassignmentBody } from '../schemas/case.ts'
import { done, reasoned } from '../schemas/common.ts'
import { signedStepBody } from '../schemas/signing.ts'
import { givenOf, prepareRoute } from './signing.ts'

const always = ['notFound', 'changed', 'keyReused', 'termUnknown', ...refusalCodes] as const

/** A request is known by its key; If-Match says which version its sender saw. */
const request = ({ key, seen }: StaffCall<unknown, unknown>) => ({ key, ...(seen === undefined ? {} : { seen }) })

export const commandRoutes = [
  staffRoute({
    method: 'post',
    path: '/v1/cases',
    id: 'openCase',
    summary: 'Open a case: its region, and the branch or provider that opens it, are those of the session',
    body: openingBody,
    keyed: true,
    answer: { status: 201, schema: done },
    problems: [...always],
    handle: async (call) => {
      const opening = openingOf(call)
      if ('no' in opening) return opening
      return replyOf(call, await call.house.desk.open(opening, call.who, { key: call.key }), null, 201)
    },
  }),
  staffRoute({
    method: 'post',
    path: '/v1/cases/{number}/steps/{step}',
    id: 'doStep',
    summary: 'Do the step that is open, with the signature that it asks for',
    body: signedStepBody,
    keyed: true,
    conditional: true,
    answer: { status: 200, schema: done },
    problems: [...always, 'unsigned', 'fileMissing'],
    handle: async (call) => {
      const { number = '', step = '' } = call.params
      const { signature, ...input } = call.body
      const given = signature && givenOf(signature)
      if (given === null) return no('unsigned', { more: call.t('seal.damaged'), extra: { reasons: ['damaged'] } })
      return replyOf(call, await call.house.desk.step(number, step, input, call.who, { ...request(call), signature: given }), number)
    },
  }),
  prepareRoute,
  staffRoute({
    method: 'post',
    path: '/v1/cases/{number}/corrections',
    id: 'correctEntry',
    summary: 'Correct an entry; who, why, before and after stay readable',
    body: correctionBody,
    keyed: true,
    conditional: true,
    answer: { status: 200, schema: done },
    problems: [...always],
    handle: async (call) => {
      const { number = '' } = call.params
      return replyOf(call, await call.house.desk.office(number, { do: 'correct', ...call.body }, call.who, request(call)), number)
    },
  }),
  staffRoute({
    method: 'post',
    path: '/v1/cases/{number}/reassignment',
    id: 'reassignWork',
    summary: 'Give what somebody has in a role to another of that role, or back to everybody in it; terms run on',
    body: reassignmentBody,
    keyed: true,
    conditional: true,
    answer: { status: 200, schema: done },
    problems: [...always],
    handle: async (call) => {
      const { number = '' } = call.params
      return replyOf(call, await call.house.desk.office(number, { do: 'reassign', ...call.body }, call.who, request(call)), number)
    },
  }),
  reasonedRoute('returns', 'returnStep', 'return', 'Return the open step to the previous performer; terms run on'),
  reasonedRoute('withdrawal', 'withdrawCase', 'withdraw', 'Record that the applicant takes the application back before it is decided'),
  reasonedRoute(
    'replacement',
    'replaceAnswer',
    'replace',
    'Put a new answer in the place of one that was handed out: the examination opens again',
  ),
  staffRoute({
    method: 'post',
    path: '/v1/cases/{number}/papers/{id}/copies',
    id: 'reissuePaper',
    summary: 'A second print of a paper, marked as a copy',
    body: reasoned,
    keyed: true,
    conditional: true,
    answer: { status: 200, schema: done },
    problems: [...always],
    handle: async (call) => {
      const { number = '', id = '' } = call.params
      return replyOf(
        call,
        await call.house.desk.office(number, { do: 'reissue', paper: id, ...call.body }, call.who, request(call)),
        number,
      )
    },
  }),
]

/** Commands that every office needs and that ask for nothing but a reason. */
function reasonedRoute(name: string, id: string, wanted: 'return' | 'withdraw' | 'replace', summary: string) {
  return staffRoute({
    method: 'post',
    path: `/v1/cases/{number}/${name}`,
    id,
    summary,
    body: reasoned,
    keyed: true,
    conditional: true,
    answer: { status: 200, schema: done },
    problems: [...always],
    handle: async (call) => {
      const { number = '' } = call.params
      return replyOf(call, await call.house.desk.office(number, { do: wanted, ...call.body }, call.who, request(call)), number)
    },
  })
}

/** A worker of a provider opens at their own; a worker of the State Corporation opens at their branch, for a provider of the region. */
function openingOf({ house, who, body }: StaffCall<unknown, z.infer<typeof openingBody>>): Opening | No {
  const own = house.people.organisation(who.actor.organisation ?? '')
  if (own === undefined) return no('forbidden')
  const branch = own.at === 'corporation' ? own : null
  const chosen = body.provider ?? (branch === null ? own.id : undefined)
  if (chosen === undefined) return no('invalidInput', { errors: [{ pointer: '/provider', code: 'required' }] })
  const provider = house.people.organisation(chosen)
  if (provider === undefined || provider.at !== 'provider' || provider.region !== who.region)
    return no('unknownProvider', { params: { provider: chosen }, errors: [{ pointer: '/provider', code: 'unknownProvider' }] })
  return {
    service: body.service,
    region: who.region,
    channel: body.channel,
    provider: { id: provider.id, kind: provider.kind },
    branch: branch?.id ?? null,
    location: branch === null ? 'local' : location(branch, provider),
  }
}

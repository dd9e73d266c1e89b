import type { CaseEvent } from '../case/events.ts'
import { isRefusal, type Refusal, refuse } from '../case/refusal.ts'
import { type ActHandler, happened, type Scene } from './act.ts'

export const queryRegister: ActHandler<'queryRegister'> = {
  reads: [],
  decide: (scene, act) => {
    const { state, step, number } = scene
    if (!state.consent?.given) return refuse('consentRequired', scene.clause, {}, 'consent')
    const query = `${number}/${step.id}/${state.version}`
    return {
      events: [{ type: 'RegisterQueried', ...happened(scene), data: { register: act.register, query } }],
      effects: [{ task: 'queryRegister', key: query, payload: { number, step: step.id, register: act.register, query } }],
      awaits: true,
    }
  },
}

export const judgeAnswer: ActHandler<'judgeAnswer'> = {
  reads: [],
  decide: (scene) => {
    const answer = scene.state.registerAnswer
    if (answer === null) return refuse('missing', scene.clause, { what: 'registerAnswer' })
    const { found } = answer
    return { events: [{ type: 'AnswerJudged', ...happened(scene), data: { found } }], decided: found ? 'found' : 'notFound' }
  },
}

export const sealRequest: ActHandler<'sealRequest'> = {
  reads: ['marksChecked', 'signature'],
  decide: (scene) => {
    const checked = checkMarks(scene)
    if (isRefusal(checked)) return checked
    const signature = scene.input.signature
    if (signature === undefined) return refuse('signatureRequired', scene.clause, {}, 'signature')
    const { signer, digest, file, algorithm } = signature
    return { events: [...checked, { type: 'RequestSealed', ...happened(scene), data: { signer, digest, file: file ?? null, algorithm } }] }
  },
}

/**
 * A life status, a document that is not valid or another mark stops the request until the worker has looked into it and said so: nothing is
 * certified in the name of a person whom the register calls dead. No clause makes a mark a ground of refusal, so no mark refuses by itself.
 */
function checkMarks(scene: Scene): CaseEvent[] | Refusal {
  const answer = scene.state.registerAnswer
  if (answer === null || answer.marks.length === 0 || answer.checked !== null) return []
  const reason = scene.input.marksChecked?.trim() ?? ''
  if (reason === '') return refuse('markedInRegister', scene.clause, { marks: answer.marks.join(' ') }, 'marksChecked')
  return [{ type: 'RegisterMarksChecked', ...happened(scene), data: {}, personal: { marks: [...answer.marks], reason } }]
}

export const sendRequest: ActHandler<'sendRequest'> = {
  reads: [],
  decide: (scene, act) => {
    const { state, step, number } = scene
    const message = `${number}/${step.id}/${state.version}`
    return {
      events: [{ type: 'RequestSent', ...happened(scene), data: { to: act.to, message } }],
      effects: [{ task: 'sendRequest', key: message, payload: { number, step: step.id, to: act.to, message } }],
      awaits: true,
    }
  },
}

import { refuse } from '../case/refusal.ts'
import { type ActHandler, happened } from './act.ts'

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
  reads: ['signature'],
  decide: (scene) => {
    const signature = scene.input.signature
    if (signature === undefined) return refuse('signatureRequired', scene.clause, {}, 'signature')
    const { signer, digest, file, algorithm } = signature
    return { events: [{ type: 'RequestSealed', ...happened(scene), data: { signer, digest, file: file ?? null, algorithm } }] }
  },
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

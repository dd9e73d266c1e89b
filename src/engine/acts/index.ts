import type { Act, ActName } from '../../law/schema/acts.ts'
import type { StepInput } from '../case/input.ts'
import type { Refusal } from '../case/refusal.ts'
import type { ActHandler, Deed, Scene } from './act.ts'
import { examine, giveAnswer, issuePaper, prepareAnswer, sign } from './answer.ts'
import { checkCompleteness, consent, enterApplicant, handIn, identify, register, signIn } from './intake.ts'
import { judgeAnswer, queryRegister, sealRequest, sendRequest } from './outside.ts'
import { appear, handOver, refer, takeOver } from './passage.ts'

/** Every act of the vocabulary and who executes it. A name without a handler does not compile. */
const handlers: { readonly [Name in ActName]: ActHandler<Name> } = {
  signIn,
  handIn,
  enterApplicant,
  consent,
  identify,
  checkCompleteness,
  register,
  issuePaper,
  queryRegister,
  judgeAnswer,
  sealRequest,
  sendRequest,
  examine,
  prepareAnswer,
  sign,
  refer,
  handOver,
  takeOver,
  appear,
  giveAnswer,
}

export function perform(scene: Scene, act: Act): Deed | Refusal {
  const handler = handlers[act.act] as ActHandler<ActName> // the table pairs each name with its own handler; TypeScript cannot follow the pair
  return handler.decide(scene, act)
}

export const readBy = (act: Act): readonly (keyof StepInput)[] => handlers[act.act].reads

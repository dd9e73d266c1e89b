import type { Translator } from '../../language/translator.ts'
import type { FormReader } from '../forms/fields.ts'

/** The usual reasons of each act that asks for one, in the order of their digits. Words: `reasons.<act>.<code>`. */
const usual = {
  return: ['factUnclear', 'groundWrong', 'overlooked', 'applicantData', 'packageIncomplete', 'sentWrongly', 'performerAway'],
  correct: ['typo', 'againstDocument', 'applicantAsked', 'changed'],
  withdraw: ['ownWish', 'applyLater', 'wrongService', 'documentsNeeded'],
  replace: ['technicalError', 'complaint', 'newFact', 'wrongGround'],
  reissue: ['lost', 'damaged', 'otherBody', 'unreadable'],
  reassign: ['away', 'leave', 'overloaded', 'conflict'],
} as const satisfies Record<string, readonly string[]>

export type Reasoned = keyof typeof usual

export const reasonChoices = (t: Translator, act: Reasoned): { code: string; text: string }[] =>
  usual[act].map((code) => ({ code, text: t(`reasons.${act}.${code}`) }))

/** The reason of a form: the words typed, else those of the choice; a problem at `reason` where there are neither. */
export function readReason(form: FormReader, t: Translator, act: Reasoned, name = 'reason'): string {
  const picked = reasonChoices(t, act).find(({ code }) => code === form.text(`${name}.pick`))
  return form.text(name) === '' && picked !== undefined ? picked.text : form.required(name, 'reason', 2000)
}

import type { CaseEvent } from '../../src/engine/case/events.ts'
import { noticesOf } from '../../src/engine/case/notices.ts'
import type { Job, SeenCase, Violation } from './seen.ts'
import type { Written } from './whole.ts'

export interface EffectCount {
  /** What the commands that are there ask for. */
  readonly asked: number
  readonly tookHold: number
  /** Not yet done, and a job waits that will do it. */
  readonly waiting: number
}

/** A notice's line at its end: the carrier's last word, or nothing to say any more. */
const over = new Set(['delivered', 'undelivered', 'refused', 'givenUp', 'pointless', 'noReport'])

/**
 * Effects of one case. A notice took hold when the channel log has one line for its occasion and channel which has come to its end. A question to an
 * outside system took hold when the chain has one answer after it, a message to the other workstation when the chain has it delivered once. What has not yet taken hold must have a job; what took hold must have been asked for.
 */
export function judgeEffects(
  seen: SeenCase,
  written: readonly Written[],
  jobs: readonly Job[],
): { count: EffectCount; violations: Violation[] } {
  const violations: Violation[] = []
  const tell = (kind: Violation['kind'], text: string) => violations.push({ kind, text: `case ${seen.number}: ${text}` })
  const waiting = jobs.filter(({ key, dead }) => !dead && key.startsWith(`${seen.home}/${seen.number}/`))
  for (const { key, attempts, dead } of jobs)
    if (dead && key.startsWith(`${seen.home}/${seen.number}/`)) tell('effectLost', `${key} failed ${attempts} times and is tried no more`)
  const parts = [
    notices(seen, written, waiting, tell),
    questions(written, waiting, tell),
    messages(
      written.flatMap((one) => one.events),
      waiting,
      tell,
    ),
  ]
  const sum = (of: keyof EffectCount) => parts.reduce((total, part) => total + part[of], 0)
  return { count: { asked: sum('asked'), tookHold: sum('tookHold'), waiting: sum('waiting') }, violations }
}

export type Tell = (kind: Violation['kind'], text: string) => void

function notices(seen: SeenCase, written: readonly Written[], waiting: readonly Job[], tell: Tell): EffectCount {
  const occasions = new Set<string>()
  const asked = new Set<string>()
  for (const { row, law, before, after, events } of written)
    for (const kind of noticesOf({ law, before, after, events })) {
      occasions.add(`${row.version}/${kind}`)
      const { phone, email } = after.applicant
      if (phone !== undefined) asked.add(`${row.version}/${kind} sms`)
      if (email !== undefined) asked.add(`${row.version}/${kind} email`)
    }
  const lines = Map.groupBy(seen.notices, ({ key, channel }) => `${key} ${channel}`)
  let [tookHold, still] = [0, 0]
  for (const name of asked) {
    const [line] = lines.get(name) ?? []
    if (line !== undefined && over.has(line.state)) tookHold++
    else if (waiting.some(({ task }) => task === 'notify')) still++
    else tell('effectLost', `the notice ${name} is ${line?.state ?? 'not in the channel log'}, and no job waits to carry it`)
  }
  for (const [name, all] of lines) {
    if (all.length > 1) tell('effectTwice', `the notice ${name} has ${all.length} lines`)
    if (!occasions.has(name.split(' ')[0] ?? '')) tell('effectStrange', `the notice ${name} is of no command`)
  }
  return { asked: asked.size, tookHold, waiting: still }
}

const questionsOf = { RegisterQueried: 'RegisterAnswered', RequestSent: 'RequestDelivered' } as const

/** Between a question and the next of its kind stands at most one answer; until the step is left there is one, or a job that asks. */
function questions(written: readonly Written[], waiting: readonly Job[], tell: Tell): EffectCount {
  const events = written.flatMap((one) => one.events)
  const left = written.at(-1)?.after
  let [asked, tookHold, still] = [0, 0, 0]
  for (const [question, answer] of Object.entries(questionsOf)) {
    const places = events.flatMap(({ type }, index) => (type === question ? [index] : []))
    const early = events.slice(0, places[0] ?? events.length).filter(({ type }) => type === answer).length
    if (early > 0) tell('effectStrange', `${answer} without ${question}`)
    for (const [turn, place] of places.entries()) {
      const answers = events.slice(place, places[turn + 1] ?? events.length).filter(({ type }) => type === answer).length
      asked++
      if (answers > 1) tell('effectTwice', `${answers} times ${answer} to one ${question}`)
      if (answers > 0) tookHold++
      else if (left?.step?.awaiting === undefined || left.step.awaiting.task !== question) tookHold++
      else if (waiting.some(({ task }) => task === (question === 'RequestSent' ? 'sendRequest' : 'queryRegister'))) still++
      else tell('effectLost', `${question} has no answer, and no job waits to ask`)
    }
  }
  return { asked, tookHold, waiting: still }
}

/** What one side did is told to the other: each message was delivered once, or a job carries it still. */
export function messages(events: readonly CaseEvent[], waiting: readonly Job[], tell: Tell): EffectCount {
  const sent = events.flatMap((event) => (event.type === 'MessageSent' ? [event.data.message] : []))
  const delivered = events.flatMap((event) => (event.type === 'MessageDelivered' ? [event.data.message] : []))
  let [tookHold, still] = [0, 0]
  for (const message of sent) {
    const times = delivered.filter((one) => one === message).length
    if (times > 1) tell('effectTwice', `the message ${message} was delivered ${times} times`)
    if (times > 0) tookHold++
    else if (waiting.some(({ task }) => task === 'sendMessage')) still++
    else tell('effectLost', `the message ${message} was never delivered, and no job waits to carry it`)
  }
  for (const message of new Set(delivered)) if (!sent.includes(message)) tell('effectStrange', `the message ${message} was never sent`)
  return { asked: sent.length, tookHold, waiting: still }
}

import type { Paper } from './paper.ts'
import type { Answer } from './pressChild.ts'
import { createTypesetter } from './typesetter.ts'

// The process that prints. It answers each order with the paper or with why there is none; whatever else happens to it
// (a crash of the native compiler, a template that never ends) the press sees from outside.

const send = process.send?.bind(process)
if (send === undefined) throw new Error('This file is started by the press, over a channel')

const typesetter = createTypesetter()

process.on('message', (paper: Paper) => send(answer(paper)))
// The press is gone, in whatever way: nobody waits for paper any more.
process.on('disconnect', () => process.exit(0))

function answer(paper: Paper): Answer {
  try {
    return { pdf: typesetter.typeset(paper) }
  } catch (cause) {
    return { failure: cause instanceof Error ? cause.message : String(cause) }
  }
}

import type { Answer, PaperOrder } from './pressChild.ts'
import { createTypesetter } from './typesetter.ts'

// The process that prints. It answers each order with the paper or with why there is none; whatever else happens to it
// (a crash of the native compiler, a template that never ends) the press sees from outside.

const send = process.send?.bind(process)
if (send === undefined) throw new Error('This file is started by the press, over a channel')

const typesetter = createTypesetter()

process.on('message', (order: PaperOrder) => send(answer(order)))
// The press is gone, in whatever way: nobody waits for paper any more.
process.on('disconnect', () => process.exit(0))

function answer({ paper, seal }: PaperOrder): Answer {
  try {
    return { pdf: typesetter.typeset(paper, seal) }
  } catch (cause) {
    return { failure: cause instanceof Error ? cause.message : String(cause) }
  }
}

import { parentPort } from 'node:worker_threads'
import { type Work, workOn } from './work.ts'

// A thread of the pool: answers each work with its result or with what broke.

const port = parentPort
if (port === null) throw new Error('This file is started by the pool, as a worker')

port.on('message', (work: Work) => {
  try {
    port.postMessage({ result: workOn(work) })
  } catch (cause) {
    port.postMessage({ failure: cause instanceof Error ? cause.message : String(cause) })
  }
})

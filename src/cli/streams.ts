import type { Readable, Writable } from 'node:stream'

/** The three streams of a command, so that tests can read what a person would. */
export interface Streams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

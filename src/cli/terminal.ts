import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** A stream of keys, as `process.stdin` is on a terminal. */
export type Terminal = Readable & { isTTY: true; setRawMode(on: boolean): unknown }

export const isTerminal = (stream: Readable): stream is Terminal => 'isTTY' in stream && stream.isTTY === true && 'setRawMode' in stream

export async function ask(question: string, stdin: Readable, stdout: Writable): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout })
  try {
    return (await lines.question(question)).trim()
  } finally {
    lines.close()
  }
}

/** What is typed until Enter, shown to nobody; `undefined` when it was broken off (Ctrl-C, Ctrl-D on an empty line, end of input). */
export function askSecret(question: string, stdin: Terminal, stdout: Writable): Promise<string | undefined> {
  stdout.write(question)
  stdin.setRawMode(true)
  const decoder = new StringDecoder('utf8')
  const typed: string[] = []
  return new Promise((done) => {
    const finish = (value: string | undefined, rest: string): void => {
      stdin.off('data', onData)
      stdin.off('end', onEnd)
      stdin.setRawMode(false)
      stdin.pause()
      // What was pasted beyond the line belongs to the next question.
      if (rest !== '') stdin.unshift(Buffer.from(rest))
      stdout.write('\n')
      done(value)
    }
    const onEnd = (): void => finish(undefined, '')
    const onData = (chunk: Buffer | string): void => {
      const keys = [...decoder.write(Buffer.from(chunk))]
      for (const [at, key] of keys.entries()) {
        if (key === '\r' || key === '\n') {
          finish(typed.join(''), keys.slice(at + 1).join(''))
          return
        }
        if (key === '\u0003' || (key === '\u0004' && typed.length === 0)) {
          finish(undefined, '')
          return
        }
        if (key === '\u007f' || key === '\b') typed.pop()
        else if (key >= ' ') typed.push(key)
      }
    }
    stdin.on('data', onData)
    stdin.on('end', onEnd)
    stdin.resume()
  })
}

/** The first line of a pipe, without its end; `undefined` when there is none. */
export async function firstLine(stdin: Readable): Promise<string | undefined> {
  let text = ''
  stdin.setEncoding('utf8')
  for await (const chunk of stdin) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  const [line = ''] = text.split(/\r?\n/)
  return line === '' ? undefined : line
}

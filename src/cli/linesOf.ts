import { compose, type Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'

/**
 * Lines as they are asked for. Not `readline`: it reads on from the moment it is made, and what comes before somebody asks is lost.
 * An error of the stream is thrown to whoever asks.
 */
export async function* linesOf(open: () => Readable, zipped: boolean): AsyncGenerator<string> {
  const bytes = open()
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of zipped ? compose(bytes, createGunzip()) : bytes) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

import { StringDecoder } from 'node:string_decoder'
import { bytesOf, readCompressed } from './flow.ts'

/** The lines of a compressed file, without their ends. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  const [file, decompress] = readCompressed(path)
  file.on('error', (cause) => decompress.destroy(cause))
  let rest = ''
  for await (const chunk of bytesOf(file.pipe(decompress))) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}

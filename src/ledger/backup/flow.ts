import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'

/** Lets so many bytes a second through, before compression; null: as many as come. */
export type Pace = () => Transform

/** How far a flow that was held up may run ahead afterwards. */
const longestBurstMs = 50

/**
 * A backup reads as fast as writers allow: a server that is kept busy by COPY answers everybody else later.
 * One pace for all tables of a backup: what was spent on one counts for the next.
 */
export function paceOf(bytesPerSecond: number | null): Pace {
  let due = 0
  const waitAfter = (bytes: number): number => {
    if (bytesPerSecond === null) return 0
    const now = performance.now()
    due = Math.max(due, now - longestBurstMs) + (bytes / bytesPerSecond) * 1000
    return due - now
  }
  return () =>
    new Transform({
      transform(chunk: Buffer, _encoding, pass) {
        const wait = waitAfter(chunk.length)
        if (wait < 1) pass(null, chunk)
        else setTimeout(pass, wait, null, chunk)
      },
    })
}

/** Level 1: an eighth of gzip's time, and a smaller file. */
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } }

/** Writes a new file, compressed, and sees it on the disk. Tells what it weighs and its hex SHA-256, as it lies. */
export async function writeCompressed(
  path: string,
  source: Readable,
  pace: Pace,
  signal?: AbortSignal,
): Promise<{ bytes: number; sha256: string }> {
  const measured = measure()
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(source, pace(), createZstdCompress(compression), measured.through, target, { signal })
  return measured.result()
}

/** The contents of a file that `writeCompressed` wrote. */
export function readCompressed(path: string): [Readable, Transform] {
  return [createReadStream(path), createZstdDecompress()]
}

export async function weigh(path: string): Promise<{ bytes: number; sha256: string }> {
  const digest = createHash('sha256')
  let bytes = 0
  for await (const chunk of bytesOf(createReadStream(path, { highWaterMark: 1 << 20 }))) {
    digest.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: digest.digest('hex') }
}

export async function digestOf(source: Readable): Promise<string> {
  const digest = createHash('sha256')
  for await (const chunk of bytesOf(source)) digest.update(chunk)
  return digest.digest('hex')
}

export const bytesOf = (source: Readable) => source as AsyncIterable<Buffer> // a stream without an encoding gives bytes

/** A name in a folder is on the disk only when the folder is. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function measure() {
  const digest = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      digest.update(chunk)
      bytes += chunk.length
      pass(null, chunk)
    },
  })
  return { through, result: () => ({ bytes, sha256: digest.digest('hex') }) }
}

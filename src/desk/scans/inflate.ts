import { createInflate } from 'node:zlib'

/** Thrown when more comes out than was allowed. */
export class TooMuch extends Error {
  constructor() {
    super('more was packed than is allowed')
    this.name = 'TooMuch'
  }
}

/**
 * Unpacks zlib data piece by piece and hands each to `take`, never holding more than one; a megabyte of zeros packs into a kilobyte, so nobody
 * may ask for the whole first. Throws TooMuch past `most` bytes, and zlib's own error for what is damaged or cut off.
 * @returns bytes that came out
 */
export async function inflate(packed: Uint8Array, most: number, take: (piece: Buffer) => void = () => undefined): Promise<number> {
  const stream = createInflate({ chunkSize: 64 * 1024 })
  const pieces: AsyncIterable<Buffer> = stream
  stream.end(packed)
  let length = 0
  try {
    for await (const piece of pieces) {
      length += piece.length
      if (length > most) throw new TooMuch()
      take(piece)
    }
  } finally {
    stream.destroy()
  }
  return length
}

export async function inflated(packed: Uint8Array, most: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  await inflate(packed, most, (piece) => pieces.push(piece))
  return Buffer.concat(pieces)
}

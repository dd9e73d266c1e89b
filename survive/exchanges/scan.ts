import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'

/** Grey noise, 450 × 450: some 200 KB, more than travels inside a message, and other bytes for every name. */
const side = 450

/** A scan of a page as PNG that nothing makes smaller: it goes by the temporary-file service. */
export function scanOf(name: string): Uint8Array<ArrayBuffer> {
  const noise: Buffer[] = []
  for (let row = 0; row < side; row++) {
    const line = Array.from({ length: Math.ceil(side / 32) }, (_, part) => createHash('sha256').update(`${name}/${row}/${part}`).digest())
    noise.push(Buffer.from([0]), Buffer.concat(line).subarray(0, side))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 8
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(noise))), chunk('IEND', Buffer.alloc(0))]
  return Uint8Array.from(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

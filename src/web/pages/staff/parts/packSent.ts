import type { Pack } from '../../../../desk/pack/room.ts'
import type { DoorContext } from '../../../door/door.ts'

/** A container as a file to keep. */
export function packSent(c: DoorContext, { bytes, fileName }: Pack): Response {
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': 'application/vnd.etsi.asic-e+zip',
    'content-disposition': `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, '_')}"`,
    'cache-control': 'private, no-store',
  })
}

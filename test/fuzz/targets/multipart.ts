import { readMultipart } from '../../../src/web/door/multipart.ts'
import { mutateBytes } from '../mutate.ts'
import type { Target } from '../target.ts'

const mark = '----WebKitFormBoundaryX'
const part = (head: string, body: string) => `--${mark}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
const sample = Buffer.from(
  `${part('name="_csrf"', 'k')}${part('name="аты"', 'Іңкәр')}${part('name="scan"; filename="a.pdf"', '%PDF')}${part('name="b"; filename*=UTF-8\'\'x', '')}--${mark}--\r\n`,
)
const room = { fields: 1000, file: 200, files: 300, whole: 5000 }

/** A form with files: whatever comes, in pieces of any length, it keeps no more than there is room for. */
export const multipartTarget: Target = {
  name: 'multipart',
  weight: 14,
  limitMs: 2000,
  open: async () => ({
    make: (chance) => [
      Buffer.from(
        chance.oneIn(8)
          ? mutateBytes(chance, Buffer.from(`multipart/form-data; boundary=${mark}`))
          : `multipart/form-data; boundary=${mark}`,
      ),
      mutateBytes(chance, sample, [sample, Buffer.from(`\r\n--${mark}`)]),
      Buffer.from([1 + chance.below(60)]),
    ],
    run: async ([type, body, pieces]) => {
      const bytes = body ?? Buffer.alloc(0)
      async function* inPieces() {
        for (let at = 0; at < bytes.length; at += pieces?.[0] ?? 1) yield bytes.subarray(at, at + (pieces?.[0] ?? 1))
      }
      const form = await readMultipart(inPieces(), String(type), room)
      const kept = form?.files.reduce((sum, file) => sum + (file.bytes?.length ?? 0), 0) ?? 0
      const typed = form?.fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0) ?? 0
      if (kept > room.files || typed > room.fields) throw new Error('more was kept than there is room for')
    },
  }),
}

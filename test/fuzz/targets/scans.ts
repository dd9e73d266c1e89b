import { inspectScan } from '../../../src/desk/scans/inspect.ts'
import { pdfOf, pngChunk, pngHeader, pngOf, smallJpeg, smallPng } from '../../../src/desk/scans/samples.testing.ts'
import { mutateBytes } from '../mutate.ts'
import type { Target } from '../target.ts'

const stream = (body: string, filter = '') => `<< /Length ${body.length} ${filter} >>\nstream\n${body}\nendstream`

const samples = {
  pdf: [
    pdfOf(),
    pdfOf({ pages: 3, objects: [stream('0 0 m'), '<< /Type /ObjStm /N 1 /First 4 >>', '[1 0 R 2 0 R]'], trailer: '/ID [<00> <00>]' }),
    pdfOf({
      objects: [stream('789c', '/Filter /ASCIIHexDecode'), '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'],
      root: '/OpenAction 4 0 R',
    }),
  ],
  jpeg: [smallJpeg],
  png: [smallPng(), smallPng(3, 1), pngOf(pngHeader(1, 1, 16, 6, 1), pngChunk('IDAT', Buffer.from('789c636000000001', 'hex')))],
}

/** An upload is read through before it is kept: whatever comes, the answer is its facts or a flaw by name. */
export const scanTargets: readonly Target[] = (Object.keys(samples) as (keyof typeof samples)[]).map((name) => ({
  name,
  weight: 14,
  limitMs: 3000,
  open: async () => ({
    make: (chance) => [mutateBytes(chance, chance.pick(samples[name]), Object.values(samples).flat())],
    run: async ([bytes]) => {
      const verdict = await inspectScan(bytes ?? Buffer.alloc(0))
      if (verdict.ok && !(verdict.facts.pages >= 1)) throw new Error('a scan without a page was taken')
    },
  }),
}))

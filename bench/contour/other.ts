// The other side of `npm run bench:contour`, a process of its own: the test contour over a folder, told by its parent which algorithm.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openContour } from '../../src/contour/contour.ts'
import { warm } from '../../src/seal/algorithms/verify.ts'

process.on('message', async (told: { algorithm: 'rsa' | 'gost'; strict: boolean } | 'end' | 'cpu') => {
  if (told === 'end') return process.exit(0)
  if (told === 'cpu') return process.send?.(process.cpuUsage())
  const data = mkdtempSync(join(tmpdir(), 'bench-contour-'))
  process.on('exit', () => rmSync(data, { recursive: true, force: true }))
  const { algorithm, strict: strictSignatures } = told
  if (algorithm === 'gost') await warm()
  const participants = [{ senderId: 'taker', serves: ['BENCH'] }]
  const contour = await openContour({ port: 0, data, algorithm, strictSignatures, participants, limits: { waiting: 10_000_000 } })
  process.send?.({ url: contour.url })
})

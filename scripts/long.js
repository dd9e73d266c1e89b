// Proofs that take longer than `npm test` may: each is a command of its own, and all are run, also after one has failed.
import { spawnSync } from 'node:child_process'

const proofs = [
  ['concurrency'],
  ['tamper'],
  ['recovery'],
  ['signing'],
  ['fuzz', '--', '--inputs', '100000'],
  ['fuzz', '--', '--only', 'cms,certificate,authorities', '--inputs', '50000'],
  ['fuzz', '--', '--only', 'seal', '--inputs', '50000'],
  ['fuzz', '--', '--only', 'shep,xml,xmldsig,register', '--inputs', '100000'],
  ['survive', '--', '--rounds', '200'],
  ['exchanges', '--', '--exchanges', '10000', '--seed', '1'],
]

const failed = proofs.filter((proof) => spawnSync('npm', ['run', ...proof], { stdio: 'inherit' }).status !== 0)
for (const proof of failed) console.error(`✗ npm run ${proof.join(' ')}`)
process.exitCode = failed.length > 0 ? 1 : 0

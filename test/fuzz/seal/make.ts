// node --import ./bench/built.js test/fuzz/seal/make.ts: makes the samples anew, with keys that are thrown away. Needed only where a format has changed: inputs are then others.
import { writeFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { makePki, type Pki, type PkiAlgorithm } from '../../../src/contour/pki/pki.ts'
import { closeGostPool } from '../../../src/seal/algorithms/pool.ts'
import { judge } from './judge.ts'
import { containers, documents, paths, records, signatures, words } from './makeSamples.ts'
import { file, type Sample, type Stored } from './samples.ts'

export const at = '2019-10-14T10:00:00+06:00'
const authorities: Record<string, { roots: string[]; authorities: string[] }> = {}
const samples: Sample[] = []
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

for (const algorithm of ['ecdsa', 'gost', 'rsa'] as const satisfies readonly PkiAlgorithm[]) {
  const pki: Pki = await makePki({ algorithm, at })
  authorities[algorithm] = {
    roots: pki.trust.roots.map(({ der }) => base64(der)),
    authorities: pki.trust.authorities.map(({ der }) => base64(der)),
  }
  for (const make of [signatures, words, records, containers, documents, paths]) samples.push(...(await make(pki)))
}

const trusted = {
  authorities: Object.fromEntries(
    Object.entries(authorities).map(([name, { roots, authorities }]) => [
      name,
      { roots: roots.map((one) => Buffer.from(one, 'base64')), authorities: authorities.map((one) => Buffer.from(one, 'base64')) },
    ]),
  ),
  samples,
}
const stored: Stored = {
  authorities,
  samples: await Promise.all(
    samples.map(async (sample) => {
      const verdict = await judge(trusted, sample, sample.parts)
      return {
        ...sample,
        verdict: verdict.label,
        parts: Object.fromEntries(Object.entries(sample.parts).map(([name, bytes]) => [name, base64(bytes)])),
      }
    }),
  ),
}
for (const { kind, name, authority, verdict } of stored.samples) process.stdout.write(`${kind} ${authority} ${name}: ${verdict}\n`)
writeFileSync(file, brotliCompressSync(JSON.stringify(stored), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }))
closeGostPool()

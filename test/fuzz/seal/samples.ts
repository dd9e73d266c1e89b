import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** What is changed and judged. Of each: its parts that an enemy may change, and what is asked about them, which he may not. */
export const kinds = ['signature', 'token', 'ocsp', 'crl', 'record', 'container', 'enveloped', 'several', 'body', 'path'] as const
export type Kind = (typeof kinds)[number]

export interface Sample {
  readonly kind: Kind
  readonly name: string
  /** Which authority is believed: a key of `authorities`. */
  readonly authority: string
  /** RFC 3339: the moment that is asked about. */
  readonly at: string
  /** What is said of it as it is: `valid`, or why not. */
  readonly verdict: string
  readonly parts: Readonly<Record<string, Buffer>>
  readonly asked: Readonly<Record<string, string>>
}

/** DER of the pinned roots and of the authorities that are known beforehand. */
export interface Authority {
  readonly roots: readonly Buffer[]
  readonly authorities: readonly Buffer[]
}

export interface Samples {
  readonly authorities: Readonly<Record<string, Authority>>
  readonly samples: readonly Sample[]
}

/** As they lie in the file: base64 for octets. */
export interface Stored {
  readonly authorities: Readonly<Record<string, { readonly roots: readonly string[]; readonly authorities: readonly string[] }>>
  readonly samples: readonly (Omit<Sample, 'parts'> & { readonly parts: Readonly<Record<string, string>> })[]
}

/** Made once by `make.ts` with keys that were not kept, so that an input is the same on every machine. */
export const file = resolve(import.meta.dirname, '../../samples/hostile/samples.json.br')
/** Lies beside the project on some machines: what it holds is changed too there, after our own. */
export const sharedFolder = resolve(import.meta.dirname, '../../../../shared/egov/samples')

export function readSamples(): Samples {
  const stored: Stored = JSON.parse(String(brotliDecompressSync(readFileSync(file))))
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
  const mapped = <Value, Other>(record: Readonly<Record<string, Value>>, change: (value: Value) => Other): Record<string, Other> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
  return {
    authorities: mapped(stored.authorities, ({ roots, authorities }) => ({ roots: roots.map(bytes), authorities: authorities.map(bytes) })),
    samples: stored.samples.map((one) => ({ ...one, parts: mapped(one.parts, bytes) })),
  }
}

/** The national practice as others have re-typed it, where it is at hand; its authority is believed. */
export function sharedSamples(): Samples {
  if (!existsSync(sharedFolder)) return { authorities: {}, samples: [] }
  const read = (name: string): Buffer => readFileSync(join(sharedFolder, name))
  const der = (name: string): Buffer => Buffer.from(String(read(`pki/${name}.pem`)).replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const [root, authority, operator, system, rsa] = ['gost-root', 'gost-nca', 'gost-operator', 'gost-system', 'rsa-system'].map(der)
  if (!root || !authority || !operator || !system || !rsa) throw new Error('the samples beside the project are not whole')
  const common = { authority: 'shared', at: '2027-01-01T00:00:00Z', asked: {} }
  const path = (name: string, leaf: Buffer, verdict: string): Sample => ({ ...common, kind: 'path', name, verdict, parts: { leaf, above: authority } })
  const body = (name: string): Sample => ({ ...common, kind: 'body', name, verdict: 'valid', parts: { document: read(`shep/sync-request-gbdfl.signed-${name}.xml`) } })
  const pem = String(read('ncalayer/application-to-sign.p7s.pem')).replaceAll(/-----[^-]+-----|\s/g, '')
  const asked = { content: read('ncalayer/application-to-sign.json').toString('base64'), certificate: operator.toString('base64') }
  return {
    authorities: { shared: { roots: [root, rsa], authorities: [authority] } },
    samples: [
      // Nobody can be asked whether its certificate was revoked.
      { ...common, kind: 'signature', name: 'application', verdict: 'statusUnknown', parts: { value: Buffer.from(pem, 'base64') }, asked },
      body('gost512'),
      body('rsa'),
      path('gost-operator', operator, 'valid'),
      path('gost-system', system, 'valid'),
      path('rsa-system', rsa, 'valid'),
    ],
  }
} // biome-ignore format: a sample a line

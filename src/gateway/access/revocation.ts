import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { type Asking, httpAsking } from '../../seal/certificates/asking.ts'
import type { TrustStore } from '../../seal/certificates/path.ts'
import { revocations } from '../../seal/certificates/revocation.ts'
import { type TransportStanding, transportStanding } from '../shep/standing.ts'

/** Whether transport certificates were taken back: whom to ask, and what it means that nobody answers. */
export const revocationSettings = z.strictObject({
  mode: z
    .enum(['soft', 'hard', 'off'])
    .default('soft')
    .describe(
      '`soft`: a revoked certificate is refused, and a message is taken while nobody tells; `hard`: it has to come again then; `off`: nobody is asked',
    ),
  lists: z
    .array(z.string().min(1))
    .max(16)
    .default([])
    .describe('lists of revoked certificates (CRL, DER): files or http(s) addresses, before those that the certificates name'),
  ocsp: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('a responder for certificates that name none'),
})
export type RevocationSettings = z.infer<typeof revocationSettings>

export const usualRevocation: RevocationSettings = { mode: 'soft', lists: [] }

/** Of one question. */
const patienceMs = 3_000

/** null: nobody is asked. */
export function openStanding(
  { mode, lists, ocsp }: RevocationSettings,
  trust: TrustStore,
  unknown?: (why: string) => void,
): TransportStanding | null {
  if (mode === 'off') return null
  const asking = withFiles(httpAsking({ timeoutMs: patienceMs }))
  const urls = lists.map((one) => (isAbsolute(one) ? pathToFileURL(one).href : one))
  return transportStanding({
    mode,
    trust,
    revocations: revocations({ asking, ocspUrl: ocsp, lists: urls }),
    ...(unknown ? { unknown } : {}),
  })
}

/** Lists that somebody lays into a folder are read there. */
function withFiles(asking: Asking): Asking {
  return {
    async ask(question) {
      if (!question.url.startsWith('file:')) return asking.ask(question)
      try {
        return { kind: 'bytes', bytes: await readFile(fileURLToPath(question.url)) }
      } catch (cause) {
        return { kind: 'outage', why: String(Object(cause).code ?? 'unknown') }
      }
    },
  }
}

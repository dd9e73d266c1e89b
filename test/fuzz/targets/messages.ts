import { application, progress, refusal } from '../../../src/gateway/messages/payload.testing.ts'
import { payload, payloadDigest } from '../../../src/gateway/messages/payload.ts'
import { readResponse } from '../../../src/gateway/register/response.ts'
import { invent } from '../../../src/gateway/register/simulator/invent.ts'
import { people } from '../../../src/gateway/register/simulator/world.ts'
import { decodeSignature } from '../../../src/seal/signed.ts'
import { readCertificate } from '../../../src/seal/simulator/certificate.ts'
import { mutateBytes, mutateJson, mutateText } from '../mutate.ts'
import type { Target } from '../target.ts'

const iin = '840404499918'
const { gbdfl: sender, asker: receiver, processed } = people.dictionaries
const response = {
  messageId: 'a', messageDate: '2019-10-14T10:00:01+05:00', requestId: 'q', sender, receiver, messageResult: processed, persons: { person: [invent(iin, 'seed')] },
} // biome-ignore format: a sample
const samples: readonly object[] = [application(), progress(), refusal(), response]

/** What state systems send, after the envelope is taken off: read as what it says it is, or refused. Never taken for "no such person" by mistake. */
const gatewayTarget: Target = {
  name: 'gateway',
  weight: 8,
  limitMs: 2000,
  open: async () => ({
    make: (chance) => {
      const sample = chance.pick(samples)
      return [
        Buffer.from(chance.oneIn(4) ? mutateText(chance, JSON.stringify(sample)) : (JSON.stringify(mutateJson(chance, sample)) ?? 'null')),
      ]
    },
    run: ([bytes]) => {
      const value = jsonOf(String(bytes))
      const read = payload.safeParse(value)
      if (read.success) payloadDigest(read.data)
      const said = readResponse(value, { requestId: 'q', iin })
      if (said.kind === 'found' && said.person.iin !== iin) throw new Error('somebody else was found')
    },
  }),
}

const pem = `-----BEGIN CERTIFICATE-----
MIIBszCCAVmgAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlTaW11bGF0b3IwHhcNMTkwMTAxMDAwMDAwWhcNMjAwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlT
aW11bGF0b3IwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARz
-----END CERTIFICATE-----
`
const kept = {
  format: 'qyzmet.signature/1',
  algorithm: 'x',
  certificate: pem,
  value: 'AAAA',
  signedAt: '2019-10-14T10:00:00Z',
  digest: 'a'.repeat(64),
}

const signatureTarget: Target = {
  name: 'signature',
  weight: 3,
  limitMs: 2000,
  open: async () => ({
    make: (chance) => [
      chance.oneIn(2)
        ? mutateBytes(chance, Buffer.from(JSON.stringify(kept)))
        : Buffer.from(JSON.stringify(mutateJson(chance, kept)) ?? ''),
    ],
    run: ([bytes]) => {
      const signature = decodeSignature(bytes ?? Buffer.alloc(0))
      if (signature !== null) readCertificate(signature.certificate)
      readCertificate(String(bytes))
    },
  }),
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const messageTargets: readonly Target[] = [gatewayTarget, signatureTarget]

import { z } from 'zod'
import { parseBin } from '../../../law/identifiers.ts'

const milliseconds = (ordinary: number) => z.number().int().min(100).max(600_000).default(ordinary)
const bin = z.string().refine((text) => parseBin(text).ok, 'twelve digits of a BIN, with its check digit')
const endpoint = z.url({ protocol: /^https?$/ }).describe('SyncChannel of the gateway')

/** Control of access to personal data: who we are there. Needed for the service with a token. */
const consentSettings = z.strictObject({
  endpoint: endpoint.optional().describe('where it is not that of the register'),
  company: z.string().min(1).describe('this system by its name there'),
  companyBin: bin,
  responsible: z.string().min(1).describe('who answers for the readings, where no worker is known'),
  dataName: z.string().min(1).describe('which data are asked for, in the words of the service'),
  tokenForMs: z.number().int().min(10_000).max(86_400_000).default(600_000).describe('for how long a token is asked'),
  omitSms: z.boolean().default(false).describe('the person has consented in another way and gets no SMS'),
  timeoutMs: milliseconds(60_000).describe('it waits for the person to answer'),
  key: z.string().min(1).optional().describe('RSA key of the passes (PEM, 0600), where it is not that of the system'),
})

/** The register of individuals on the real wire. Who we are at the gateway stands beside it, in `accessSettings`. */
export const registerSettings = z
  .strictObject({
    endpoint,
    service: z.enum(['plain', 'token']).default('plain').describe('`token`: with consent by telephone, GBDFLUniversal_token'),
    senderCode: z.string().min(1).describe('this system as the register knows it'),
    timeoutMs: milliseconds(30_000),
    signedAnswers: z.boolean().default(false).describe("an answer without the register's own signature counts for nothing"),
    consent: consentSettings.optional(),
  })
  .refine(({ service, consent }) => service === 'plain' || consent !== undefined, {
    path: ['consent'],
    error: 'the service with a token needs to know who asks for it: set `consent`',
  })
export type RegisterSettings = z.infer<typeof registerSettings>

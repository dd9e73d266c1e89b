import { z } from 'zod'
import { stepBody } from './case.ts'
import { moment } from './common.ts'
import { schemas } from './registry.ts'

const givenSignature = z
  .strictObject({
    algorithm: z
      .string()
      .min(1)
      .max(60)
      .describe('`cms`: a CMS over the bytes that `prepareStep` gave; `xmldsig`: the XML that holds them, with an enveloped ds:Signature'),
    value: z.string().min(1).max(200_000).describe('base64 of the DER or the XML, or PEM'),
    certificate: z.string().max(20_000).optional().describe('PEM, of algorithms whose signature does not carry it'),
    signedAt: moment.optional().describe("by the signer's own word"),
  })
  .register(schemas, { id: 'GivenSignature' })

/** A step with the signature that it asks for. */
export const signedStepBody = stepBody
  .extend({ signature: givenSignature.optional().describe('absent: the seal makes it, where it holds keys, as in the demonstration') })
  .register(schemas, { id: 'SignedStepInput' })

export const toBeSigned = z
  .strictObject({
    asked: z.boolean().describe('false: the step, as it would be done, asks for no signature'),
    version: z.int().nullable().describe('send it as If-Match with the step'),
    bytes: z.base64().nullable().describe('what is to be signed: canonical JSON (RFC 8785) of `qyzmet.statement/3`'),
    digest: z.string().nullable().describe('hexadecimal SHA-256 of the bytes'),
    signer: z.strictObject({ iin: z.string(), name: z.string(), organisationBin: z.string(), role: z.string() }).nullable(),
  })
  .register(schemas, { id: 'ToBeSigned' })

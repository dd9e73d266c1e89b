import { z } from 'zod'
import { moment } from './common.ts'
import { schemas } from './registry.ts'

const answer = z.enum(['true', 'false', 'unknown']).describe('unknown: with what is at hand neither can be said')
const words = { code: z.string(), text: z.string().describe('in the language that was asked for') }

const certificate = z
  .strictObject({
    ...{ name: z.string(), issuer: z.string(), serial: z.string().describe('hex') },
    ...{ notBefore: z.string(), notAfter: z.string(), sha256: z.string() },
    root: z.boolean().describe('pinned by this installation'),
  })
  .register(schemas, { id: 'CertificateReport' })

const revocation = z
  .strictObject({
    ...{ name: z.string(), status: z.enum(['good', 'revoked', 'unknown']) },
    by: z.enum(['ocsp', 'crl']).nullable().describe('the evidence that says so'),
    ...{ made: z.string().nullable(), until: z.string().nullable(), since: z.string().nullable(), reason: z.string().nullable() },
    why: z.string().nullable().describe('code of why nothing is known'),
  })
  .register(schemas, { id: 'RevocationReport' })

export const signatureReport = z
  .strictObject({
    answer,
    reasons: z.array(z.strictObject({ ...words, todo: z.string().describe('what to do about it') })).describe('empty only if true'),
    form: z.enum(['cms', 'xml', 'simulator']),
    signer: z
      .strictObject({
        name: z.string().describe('surname and initials'),
        ...{ iinMasked: z.string().nullable(), organisation: z.string().nullable(), bin: z.string().nullable() },
      })
      .nullable(),
    ...{ algorithm: z.string().nullable(), digest: z.string().nullable() },
    signedAt: z.string().nullable().describe('by the signer’s own word'),
    moment: z
      .strictObject({
        at: z.string(),
        clock: z.enum(['timestamp', 'receipt', 'given', 'now']).describe('whose clock says so'),
        authority: z.string().nullable(),
      })
      .describe('at which all of it had to hold'),
    path: z.array(certificate).describe('from the signer up'),
    revocation: z.array(revocation),
    part: z.string().nullable().describe('path of the element that is signed, of an XML of which it is a part'),
  })
  .register(schemas, { id: 'SignatureReport' })

const flaw = z.strictObject({ ...words, path: z.string().nullable().describe('of a file in a container, or the number of a case') })

export const fileVerdict = z
  .strictObject({
    format: z.literal('qyzmet.verdict/1'),
    kind: z.enum(['paper', 'cms', 'record', 'container', 'xml', 'other']).describe('found by the content'),
    answer,
    reasons: z.array(flaw).describe('of the file itself'),
    signatures: z.array(signatureReport),
    digest: z.string().nullable().describe('hex SHA-256 of what was signed'),
    paper: z
      .strictObject({
        ...{ valid: z.boolean(), reasons: z.array(z.strictObject(words)), number: z.string().nullable() },
        ...{ copiedAt: moment.nullable(), replacedAt: moment.nullable(), destroyed: z.boolean() },
      })
      .nullable()
      .describe('of a paper of this installation; its data are in the file itself'),
    pack: z
      .strictObject({
        ...{ madeAt: z.string(), files: z.int() },
        cases: z.array(z.strictObject({ number: z.string(), events: z.int(), sealed: z.boolean(), signatures: z.array(signatureReport) })),
      })
      .nullable(),
  })
  .register(schemas, { id: 'FileVerdict' })

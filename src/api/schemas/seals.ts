import { z } from 'zod'
import { moment } from './common.ts'
import { schemas } from './registry.ts'

const hash = z.string().describe('hex SHA-256')

export const seal = z
  .strictObject({
    format: z.literal('qyzmet-seal-1'),
    number: z.int(),
    at: moment,
    previous: z.string().describe('hash of the seal before; empty of the first'),
    size: z.int().describe('leaves of the tree'),
    root: hash.describe('of the Merkle tree (RFC 9162) over every head that was ever sealed'),
    cases: z.int(),
    hash: hash.describe('of the canonical text (RFC 8785) of the other members'),
  })
  .register(schemas, { id: 'Seal' })

export const caseProof = z
  .strictObject({
    format: z.literal('qyzmet-proof-1'),
    home: z.int(),
    case: z.string(),
    events: z.array(z.strictObject({ hash, body: z.string().describe('the canonical text that the hash covers') })),
    sealed: z
      .strictObject({
        version: z.int().describe('events that the leaf covers'),
        position: z.int().describe('of the leaf, from 0'),
        path: z.array(hash),
        seals: z.array(z.string()).describe('canonical texts, from the seal of the path to the newest'),
      })
      .nullable()
      .describe('null: not sealed yet'),
  })
  .register(schemas, { id: 'CaseProof' })

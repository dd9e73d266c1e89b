import type { PkiAlgorithm } from '../../src/contour/pki/pki.ts'
import type { NodePlan } from '../../src/desk/talks/node.ts'

/** What a node's process is told. */
export interface NodeTold {
  readonly plan: NodePlan
  /** Its key in the contour's PKI. */
  readonly system: string
  readonly data: string
  readonly databaseUrl: string
  /** The contour's folder of keys, and what its channels are called. */
  readonly pki: string
  readonly sync: string
  readonly async: string
  /** Port at which the gateway's messages are pushed to it; null: it asks for them. */
  readonly push: number | null
  readonly algorithm: PkiAlgorithm
  /** An answer that takes longer is an outage, ms. */
  readonly answerMs: number
  /** Law's time less the machine's, ms. */
  readonly shiftMs: number
}

/** Where the gateway calls a node that is pushed to. */
export const pushPath = '/shep'

export const regulation = { service: 'teacher-attestation', region: 'aktobe' } as const

export const corporationPlan: NodePlan = {
  kind: 'corporation',
  senderId: 'demo-iis',
  partners: [{ senderId: 'demo-rshep', region: regulation.region }],
}
export const regionPlan: NodePlan = {
  kind: 'region',
  region: regulation.region,
  senderId: 'demo-rshep',
  partners: [{ senderId: 'demo-iis' }],
}

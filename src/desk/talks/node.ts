import type { Side } from '../../engine/case/talk.ts'
import { type Drawn, drawnBy } from '../numbers.ts'

/**
 * What an installation is in the talk of two workstations: the Corporation's, with the regions whose providers sit at a workstation of their own, or one
 * region's. Roles say in the regulation whether they are at the corporation or at the provider; so a node follows from its institution alone.
 */
export type NodePlan =
  | { readonly kind: 'corporation'; readonly senderId: string; readonly partners: readonly Partner[] }
  | { readonly kind: 'region'; readonly region: string; readonly senderId: string; readonly partners: readonly Partner[] }

/** The other side: for the corporation, one of each region; for a region, the corporation. */
export interface Partner {
  readonly senderId: string
  /** Whose region's providers it speaks for; absent: the corporation. */
  readonly region?: string
}

/** Whether a side's part in a region's cases is done on this node. */
export type Holds = (side: Side, region: string) => boolean

export function holdsOf(plan: NodePlan | undefined): Holds {
  if (plan === undefined) return () => true
  if (plan.kind === 'region') return (side, region) => side === 'provider' && region === plan.region
  const apart = new Set(plan.partners.map(({ region }) => region))
  return (side, region) => side === 'corporation' || !apart.has(region)
}

/** Two nodes draw numbers in the same homes; one alone draws from all. */
export const drawsFrom = (plan: NodePlan | undefined): { readonly drawsFrom?: Drawn } =>
  plan === undefined ? {} : { drawsFrom: drawnBy[plan.kind === 'corporation' ? 'corporation' : 'provider'] }

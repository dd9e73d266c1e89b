import type { Side } from '../../engine/case/talk.ts'
import type { TemporaryFiles } from '../../gateway/files/temporaryFiles.ts'
import type { MessageChannel } from '../../gateway/messages/channel.ts'
import type { Statutes } from '../statutes.ts'
import { carriedFiles, type FileCarriage, sharedFiles } from './files.ts'
import type { NodePlan } from './node.ts'
import { reggService } from './send.ts'

/** The gateway between workstations, whatever its wire. */
export interface Gateway {
  join(participant: { readonly senderId: string; readonly serves?: readonly string[] }): MessageChannel
  /** Where files too large for a message are laid; absent: both sides reach the same store. */
  readonly files?: TemporaryFiles
}

export interface Wires {
  readonly channels: Partial<Record<Side, MessageChannel>>
  readonly carriage: FileCarriage
  readonly partners?: ReadonlySet<string>
}

/** This node's seats at the gateway: one alone has both, so that the same messages pass within it. */
export function wiresOf(
  plan: NodePlan | undefined,
  gateway: Gateway,
  statutes: Pick<Statutes, 'library'>,
  attended: (channel: MessageChannel) => MessageChannel,
): Wires {
  const served = statutes.library.regulations.map(({ regulation }) => regulation)
  const seat = (senderId: string, serves: readonly string[] = []) => attended(gateway.join({ senderId, serves: [...new Set(serves)] }))
  if (plan === undefined)
    return {
      channels: { corporation: seat('corporation'), provider: seat('regional-gateway', served.map(reggService)) },
      carriage: sharedFiles,
    }
  const carriage = gateway.files === undefined ? sharedFiles : carriedFiles(gateway.files)
  const partners = new Set(plan.partners.map(({ senderId }) => senderId))
  if (plan.kind === 'corporation') return { channels: { corporation: seat(plan.senderId) }, carriage, partners }
  const own = served.filter(({ region }) => region === plan.region)
  return { channels: { provider: seat(plan.senderId, own.map(reggService)) }, carriage, partners }
}

import type { Connect, ConnectTools } from '../desk/opening/outside.ts'
import { connectShep } from '../desk/talks/connect.ts'
import { reggService } from '../desk/talks/send.ts'
import { openAccess } from '../gateway/access/open.ts'
import { type NodeFile, planOf } from './nodeFile.ts'

/** How a node meets the gateway and the register, as its file says; keys and passwords are read when it starts. */
export function connectNode(file: NodeFile, env: NodeJS.ProcessEnv): Connect {
  return async (tools) => {
    const access = await openAccess(file.access, env, tools.statusUnknown)
    const { gateway, close } = await connectShep(file.gateway, access, heardBy(file, tools), tools)
    return { gateway, close, ...(file.register === undefined ? {} : { registerWire: { settings: file.register, access } }) }
  }
}

/** A region hears the requests of its own services; the corporation what comes back about those of its partners. */
function heardBy(file: NodeFile, { statutes }: ConnectTools): string[] {
  const plan = planOf(file.node, file)
  const regions = plan.kind === 'region' ? [plan.region] : plan.partners.map(({ region }) => region)
  const own = statutes.library.regulations.filter(({ regulation }) => regions.includes(regulation.region))
  return [...new Set(own.map(({ regulation }) => reggService(regulation)))]
}

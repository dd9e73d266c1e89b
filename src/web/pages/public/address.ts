import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/** Whose guesses are counted: the other end of the socket. */
export function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return '' // a request that came over no socket, as tests make them
  }
}

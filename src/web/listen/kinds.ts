import type { IncomingMessage } from 'node:http'
import { longestForm } from '../door/door.ts'
import { paths } from '../paths.ts'

/**
 * What a request is, told by its first lines alone, before anybody is asked who sent it. `free`: the server's health and the style of pages, which
 * cost nothing. `write`, `read`, `street`: by urgency. The cookie of a session is believed here: who invents one gains a better place in the line.
 * What takes its time for reasons of its own stands apart, so that it holds nobody else: passwords, large bodies, papers and tables, and the trackers,
 * whose wrong guesses are made to wait.
 */
export type Kind = 'free' | 'signIn' | 'upload' | 'file' | 'tracker' | 'write' | 'read' | 'street'

/** What pages ask by themselves, again and again, is the first that can wait. */
const byItself: ReadonlySet<string> = new Set([paths.workFresh, paths.session])
const passwordAt: ReadonlySet<string> = new Set([paths.signIn, paths.password, '/api/v1/tokens'])

const fileAt = /\/papers\/[^/]+$|\/pack$|\.(?:csv|xlsx|asice)$/
const trackerAt = /^\/(?:track|t|api\/v1\/track)(?:\/|$)/

export const pathOf = ({ url = '/' }: IncomingMessage): string => {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}

export const isApi = (path: string): boolean => path === '/api' || path.startsWith('/api/')

export function kindOf(request: IncomingMessage): Kind {
  const path = pathOf(request)
  if (path.startsWith('/health/') || path.startsWith('/assets/')) return 'free'
  if (fileAt.test(path)) return 'file'
  if (trackerAt.test(path)) return 'tracker'
  if (isRead(request)) return isKnown(request) && !byItself.has(path) ? 'read' : 'street'
  if (passwordAt.has(path)) return 'signIn'
  if (lengthOf(request) > longestForm) return 'upload'
  return isKnown(request) ? 'write' : 'street'
}

export const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD'

/** Bytes of the body; what comes in pieces of unknown number is taken for endless. */
export const lengthOf = ({ headers }: IncomingMessage): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.POSITIVE_INFINITY

const isKnown = ({ headers }: IncomingMessage): boolean =>
  headers.authorization !== undefined || /(?:^|; ?)(?:__Host-)?qyzmet=/.test(headers.cookie ?? '')

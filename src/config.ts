import { join, resolve } from 'node:path'
import { type EvidenceSettings, treeDigests, usualEvidence } from './desk/evidence/settings.ts'
import { leastKeptDays, ordinaryKeptDays } from './desk/exchangeKeeping.ts'
import type { NodePlan } from './desk/talks/node.ts'
import type { LogForm } from './observe/log.ts'
import type { ScrapeOptions } from './observe/metrics/scrape.ts'
import { wantsTraces } from './observe/tracing.ts'
import { ownRoles } from './people/model.ts'
import { type SignMethod, signMethods } from './seal/egovMobile/protocol.ts'
import type { NationalKeys } from './seal/national/open.ts'
import { type Limits, ordinaryLimits } from './web/listen/limits.ts'

/** Everything that the environment may say. Read once, at the start. */
export interface Config {
  /** Demonstration: seeds, one-click sign-in, a shifted clock, loopback only. */
  readonly demonstration: boolean
  readonly host: string
  readonly port: number
  /** Keys, embedded database; 0700. */
  readonly data: string
  /** A PostgreSQL of the installation's own; absent: the embedded one under `data`. */
  readonly databaseUrl: string | undefined
  readonly publicUrl: string
  readonly regulations: string
  /** Folder of the installation's keys. */
  readonly keys: string
  /** Bytes that must be free under `data`, or the server says that it is not ready; absent: 256 MiB. */
  readonly leastFree?: number
  /** For how many days the words of exchanges are kept after they were sent; absent: 366. */
  readonly exchangesKeptDays?: number
  /** The form of the log; absent: JSON. */
  readonly log?: LogForm
  /** Where `/metrics` is listened for; absent: nowhere, but the demonstration answers it beside its pages. */
  readonly metrics?: ScrapeOptions
  /** OpenTelemetry's own variables, where they ask for traces. */
  readonly traces?: NodeJS.ProcessEnv
  /** Absent: the ordinary ones. */
  readonly limits?: Limits
  /** Which of two nodes this is; absent: one that does all. */
  readonly node?: NodePlan
  /** Whose keys are believed; absent: the simulator signs. */
  readonly seals?: NationalKeys & { readonly evidence?: EvidenceSettings }
  /** Which ways of signing in are open; `key` only where keys can be judged. */
  readonly signIn?: SignInWays
  /** Of whom a second factor is required beside the password: everybody, or these roles; absent: of nobody. */
  readonly secondFactor?: 'everybody' | ReadonlySet<string>
  /** What eGov Mobile is asked for; absent: a detached CMS. */
  readonly phoneMethod?: SignMethod
  /** By how many ms a demonstration's clock is ahead of the machine's when it first starts; absent: so that it begins on 14 October 2019. */
  readonly clockShift?: number
}

export interface SignInWays {
  readonly password: boolean
  readonly key: boolean
}

export class ConfigWrong extends Error {
  override name = 'ConfigWrong'
}

const packageFolder = resolve(import.meta.dirname, '..')

/** @throws ConfigWrong naming the variable and what it should be */
export function readConfig(env: NodeJS.ProcessEnv, demonstration: boolean): Config {
  const port = portOf('PORT', env.PORT ?? '8080')
  const data = resolve(env.QYZMET_DATA ?? join(packageFolder, '.data'))
  const host = demonstration ? '127.0.0.1' : (env.HOST ?? '127.0.0.1')
  return {
    demonstration,
    host,
    port,
    data,
    databaseUrl: env.DATABASE_URL,
    publicUrl: env.QYZMET_PUBLIC_URL ?? `http://${host}:${port}`,
    regulations: resolve(env.QYZMET_REGULATIONS ?? join(packageFolder, 'regulations')),
    keys: resolve(env.QYZMET_KEYS ?? join(data, 'keys')),
    limits: limitsIn(env),
    leastFree: mebibytes('QYZMET_LEAST_FREE', env.QYZMET_LEAST_FREE, 256),
    exchangesKeptDays: daysOf('QYZMET_EXCHANGES_DAYS', env.QYZMET_EXCHANGES_DAYS, ordinaryKeptDays, leastKeptDays),
    log: logForm(env.QYZMET_LOG),
    ...metricsOf(env),
    ...sealsOf(env),
    signIn: signInOf(env, demonstration),
    ...secondFactorOf(env.QYZMET_SECOND_FACTOR),
    ...phoneOf(env),
    ...(wantsTraces(env) ? { traces: env } : {}),
  }
}

/** For eyes where somebody looks at the output, for machines elsewhere. */
function logForm(given: string | undefined): LogForm {
  if (given === undefined) return process.stdout.isTTY ? 'human' : 'json'
  if (given !== 'json' && given !== 'human') throw new ConfigWrong(`QYZMET_LOG must be json or human, not "${given}".`)
  return given
}

/** National keys of people; the other two say nothing without the roots. */
function sealsOf(env: NodeJS.ProcessEnv) {
  const { QYZMET_TRUST: trust, QYZMET_TSP: timestamps, QYZMET_OCSP: ocsp } = env
  for (const [name, url] of Object.entries({ QYZMET_TSP: timestamps, QYZMET_OCSP: ocsp })) {
    if (url === undefined) continue
    if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new ConfigWrong(`${name} must be an http or https URL, not "${url}".`)
    if (trust === undefined) throw new ConfigWrong(`${name} is of use only with QYZMET_TRUST, the folder of roots.`)
  }
  return trust === undefined ? {} : { seals: { trust: resolve(trust), timestamps, ocsp, evidence: evidenceOf(env) } }
}

/** Of records over signatures (RFC 4998): how long before the end of a certificate they are renewed, and with which digest their trees are made. */
function evidenceOf({ QYZMET_EVIDENCE_MARGIN_DAYS: days, QYZMET_EVIDENCE_DIGEST: given }: NodeJS.ProcessEnv): EvidenceSettings {
  const marginDays = Number(days ?? usualEvidence.marginDays)
  if (!Number.isInteger(marginDays) || marginDays < 1 || marginDays > 3650)
    throw new ConfigWrong(`QYZMET_EVIDENCE_MARGIN_DAYS must be a whole number from 1 to 3650, not "${days}".`)
  const digest = given === undefined ? usualEvidence.digest : treeDigests.find((one) => one === given)
  if (digest === undefined) throw new ConfigWrong(`QYZMET_EVIDENCE_DIGEST must be one of ${treeDigests.join(', ')}, not "${given}".`)
  return { marginDays, digest }
}

/** Both where keys can be judged, else passwords alone. */
function signInOf({ QYZMET_SIGN_IN: given, QYZMET_TRUST: trust }: NodeJS.ProcessEnv, demonstration: boolean): SignInWays {
  const judged = demonstration || trust !== undefined
  if (given === undefined) return { password: true, key: judged }
  const ways = given.split(',').map((way) => way.trim())
  if (ways.length === 0 || !ways.every((way) => way === 'password' || way === 'key'))
    throw new ConfigWrong(`QYZMET_SIGN_IN must be password, key or password,key, not "${given}".`)
  const key = ways.includes('key')
  if (key && !judged)
    throw new ConfigWrong('QYZMET_SIGN_IN=key needs QYZMET_TRUST, the folder of roots: else nobody could come in by a key.')
  return { password: ways.includes('password'), key }
}

/** Roles by their codes, or `everybody`. Whether the regulations have such roles is not known here. */
function secondFactorOf(given: string | undefined): Pick<Config, 'secondFactor'> {
  if (given === undefined || given.trim() === '') return {}
  const roles = given.split(',').map((role) => role.trim())
  if (roles.includes('everybody')) return { secondFactor: 'everybody' }
  if (!roles.every((role) => /^[A-Za-z][A-Za-z0-9]*$/.test(role)))
    throw new ConfigWrong(`QYZMET_SECOND_FACTOR must be everybody or codes of roles with commas, not "${given}".`)
  return { secondFactor: new Set(roles) }
}

/** Throws `ConfigWrong` for a role that there is not: a slip of the pen would require it of nobody. */
export function factorRule(required: Config['secondFactor'], roles: ReadonlySet<string>): (roles: readonly string[]) => boolean {
  if (required === undefined) return () => false
  if (required === 'everybody') return () => true
  const known = [...roles, ...ownRoles]
  for (const role of required)
    if (!known.includes(role)) throw new ConfigWrong(`QYZMET_SECOND_FACTOR names the role "${role}"; there are ${known.join(', ')}.`)
  return (held) => held.some((role) => required.has(role))
}

/** What eGov Mobile is asked for: which methods a build of it knows is its operator's word. */
function phoneOf({ QYZMET_EGOV_METHOD: given }: NodeJS.ProcessEnv) {
  if (given === undefined) return {}
  const phoneMethod = signMethods.find((one) => one === given)
  if (phoneMethod === undefined) throw new ConfigWrong(`QYZMET_EGOV_METHOD must be ${signMethods.join(', ')}, not "${given}".`)
  return { phoneMethod }
}

/** Beyond this machine only whoever shows the token is answered. */
function metricsOf({ QYZMET_METRICS_PORT, QYZMET_METRICS_HOST: host = '127.0.0.1', QYZMET_METRICS_TOKEN: token }: NodeJS.ProcessEnv) {
  if (QYZMET_METRICS_PORT === undefined) return {}
  const port = portOf('QYZMET_METRICS_PORT', QYZMET_METRICS_PORT)
  if (!/^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host) && token === undefined)
    throw new ConfigWrong(`QYZMET_METRICS_HOST "${host}" can be reached from elsewhere: set QYZMET_METRICS_TOKEN too.`)
  return { metrics: { host, port, ...(token === undefined ? {} : { token }) } }
}

function portOf(name: string, given: string): number {
  const port = Number(given)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ConfigWrong(`${name} must be a number from 0 to 65535, not "${given}".`)
  return port
}

function mebibytes(name: string, given: string | undefined, otherwise: number): number {
  const value = Number(given ?? otherwise)
  if (!Number.isInteger(value) || value < 0) throw new ConfigWrong(`${name} must be a number of mebibytes, not "${given}".`)
  return value * 1024 * 1024
}

function daysOf(name: string, given: string | undefined, otherwise: number, least: number): number {
  const days = Number(given ?? otherwise)
  if (!Number.isInteger(days) || days < least || days > 36_600)
    throw new ConfigWrong(`${name} must be a whole number of days from ${least} to 36600, not "${given}".`)
  return days
}

/** Which of them an installation may set, and in what bounds. */
const settable = {
  QYZMET_AT_ONCE: ['atOnce', 1, 1_000],
  QYZMET_PATIENCE_MS: ['patienceMs', 0, 60_000],
  QYZMET_CONNECTIONS: ['connections', 10, 1_000_000],
  QYZMET_STREAMS: ['streams', 0, 1_000_000],
  QYZMET_LAME_DUCK_MS: ['lameDuckMs', 0, 600_000],
  QYZMET_DRAIN_MS: ['drainMs', 0, 3_600_000],
} as const satisfies Record<string, readonly [keyof Limits, number, number]>

function limitsIn(env: NodeJS.ProcessEnv): Limits {
  const set = Object.entries(settable).flatMap(([name, [limit, least, most]]) => {
    const given = env[name]
    if (given === undefined) return []
    const value = Number(given)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new ConfigWrong(`${name} must be a whole number from ${least} to ${most}, not "${given}".`)
    return [[limit, value] as const]
  })
  return { ...ordinaryLimits, ...Object.fromEntries(set) }
}

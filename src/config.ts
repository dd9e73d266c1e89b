import { join, resolve } from 'node:path'

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
}

export class ConfigWrong extends Error {
  override name = 'ConfigWrong'
}

/** Production and demonstration never share a database: seeds and one-click sign-in among real cases would be an accident without end. */
export class WrongDatabase extends Error {
  override name = 'WrongDatabase'
}

const packageFolder = resolve(import.meta.dirname, '..')

/** @throws ConfigWrong naming the variable and what it should be */
export function readConfig(env: NodeJS.ProcessEnv, demonstration: boolean): Config {
  const port = Number(env.PORT ?? '8080')
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ConfigWrong(`PORT must be a number from 0 to 65535, not "${env.PORT}".`)
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
    leastFree: mebibytes('QYZMET_LEAST_FREE', env.QYZMET_LEAST_FREE, 256),
  }
}

function mebibytes(name: string, given: string | undefined, otherwise: number): number {
  const value = Number(given ?? otherwise)
  if (!Number.isInteger(value) || value < 0) throw new ConfigWrong(`${name} must be a number of mebibytes, not "${given}".`)
  return value * 1024 * 1024
}

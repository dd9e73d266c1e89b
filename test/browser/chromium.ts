import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/**
 * A Chromium that npm brings, or the one named by CHROMIUM. The package unpacks to the temporary folder and then takes whatever
 * stands there, of another version or user too; so it is given a folder of this user and version alone, moved into place when whole.
 */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, libraries } = process.env.CHROMIUM ? { executablePath: process.env.CHROMIUM, libraries: null } : await unpacked()
  const searched = [libraries, process.env.LD_LIBRARY_PATH].filter((path) => path !== null && path !== undefined).join(':')
  return chromium.launch({
    executablePath,
    headless: true,
    args,
    env: { ...environment(), ...(searched === '' ? {} : { LD_LIBRARY_PATH: searched }) },
  })
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-webgl',
  '--disable-quic',
  '--no-first-run',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

const environment = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

async function unpacked(): Promise<{ executablePath: string; libraries: string | null }> {
  const require = createRequire(import.meta.url)
  const entry = require.resolve('@sparticuz/chromium')
  const root = entry.slice(0, entry.lastIndexOf('/build/'))
  const { version } = require(join(root, 'package.json')) as { version: string } // every package.json has one
  const folder = join(tmpdir(), `qyzmet-chromium-${userInfo().uid}-${version}`)
  if (!existsSync(join(folder, 'chromium'))) await unpack(root, folder)
  // Where the machine has no libnss3 of its own, the package's libraries stand in; where it has, its own are newer.
  const own = ['/usr/lib/x86_64-linux-gnu/libnss3.so', '/usr/lib64/libnss3.so', '/usr/lib/aarch64-linux-gnu/libnss3.so'].some((path) =>
    existsSync(path),
  )
  return { executablePath: join(folder, 'chromium'), libraries: own ? null : join(folder, 'al2023', 'lib') }
}

async function unpack(root: string, folder: string): Promise<void> {
  const work = `${folder}.${process.pid}`
  mkdirSync(work, { recursive: true, mode: 0o700 })
  const before = process.env.TMPDIR
  process.env.TMPDIR = work
  try {
    const { inflate } = await import('@sparticuz/chromium')
    await Promise.all(['chromium.br', 'swiftshader.tar.br', 'al2023.tar.br'].map((name) => inflate(join(root, 'bin', name))))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  try {
    renameSync(work, folder)
  } catch {
    // Another test file was quicker; its folder is as good.
    rmSync(work, { recursive: true, force: true })
  }
  if (!existsSync(join(folder, 'chromium'))) throw new Error(`Chromium was not unpacked to ${dirname(folder)}`)
}

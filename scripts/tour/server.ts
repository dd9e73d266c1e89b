import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export interface Demonstration {
  readonly url: string
  close(): Promise<void>
}

/** The demonstration as `npm start` begins it, with a database of its own that is gone afterwards. */
export async function startDemonstration(): Promise<Demonstration> {
  const data = mkdtempSync(join(tmpdir(), 'qyzmet-tour-'))
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'bin/qyzmet.js'), 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), QYZMET_DATA: data },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  try {
    await Promise.race([untilReady(url), ended.then(() => Promise.reject(new Error('The demonstration ended before it was ready.')))])
  } catch (cause) {
    child.kill()
    throw cause
  }
  return {
    url,
    close: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function untilReady(url: string): Promise<void> {
  for (let turn = 0; turn < 1200; turn++) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('The demonstration was not ready within two minutes.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

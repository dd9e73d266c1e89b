import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { writeOnce, writeSynced } from '../onceWritten.ts'

/** Private keys of the simulator in a folder of their own, PEM, mode 0600; a key is made when it is first asked for. */
export interface KeyFolder {
  /** @param name any text: a staff id, `root` */
  key(name: string): KeyObject
  /** Serial numbers (hex) of revoked certificates, and since when (RFC 3339). */
  revoked(): Readonly<Record<string, string>>
  revoke(serial: string, at: string): void
}

export function keyFolder(folder: string): KeyFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = new Map<string, KeyObject>()
  const list = join(folder, 'revoked.json')
  const revoked = (): Record<string, string> => (existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {})
  return {
    key(name) {
      const key = known.get(name) ?? createPrivateKey(readOrMake(fileOf(folder, name)))
      known.set(name, key)
      return key
    },
    revoked,
    revoke(serial, at) {
      const draft = `${list}.${process.pid}`
      writeSynced(draft, `${JSON.stringify({ ...revoked(), [serial]: at }, null, 2)}\n`)
      renameSync(draft, list)
    },
  }
}

export const publicOf = (key: KeyObject): KeyObject => createPublicKey(key)

/** Ids become file names only as far as they are plain: the rest is told apart by a hash. */
function fileOf(folder: string, name: string): string {
  const plain = name.replaceAll(/[^a-zA-Z0-9-]/g, '_').slice(0, 40)
  return join(folder, `${plain}-${createHash('sha256').update(name).digest('hex').slice(0, 12)}.pem`)
}

function readOrMake(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeOnce(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  return readFileSync(file, 'utf8')
}

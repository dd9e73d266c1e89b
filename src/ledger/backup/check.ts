import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportRefused } from '../transfer/import.ts'
import { weigh } from './flow.ts'
import { type BackedUpFile, fileOf, isSealedBy, type Manifest, manifestName, parseManifest } from './manifest.ts'
import { keysOfPassphrase, type PassphraseKeys } from './passphrase.ts'

/** The manifest of a backup, by itself whole. Throws ImportRefused. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((cause) => {
    throw new ImportRefused('notWhole', `${folder} is no finished backup: it has no readable ${manifestName}.`, cause)
  })
  const manifest = parseManifest(text)
  if ('reason' in manifest)
    throw new ImportRefused(manifest.reason.includes('altered') ? 'notWhole' : 'format', `${folder}: ${manifest.reason}.`)
  return manifest
}

/** The passphrase's keys, if it is the passphrase of this backup. Throws ImportRefused. */
export async function openManifest(manifest: Manifest, passphrase: string): Promise<PassphraseKeys> {
  const keys = await keysOfPassphrase(passphrase, Buffer.from(manifest.salt, 'base64'))
  if (!isSealedBy(manifest, keys.macKey))
    throw new ImportRefused(
      'passphrase',
      'The manifest is not sealed by this passphrase: it is another passphrase, or somebody else wrote the manifest.',
    )
  return keys
}

/** Reads every file of the backup through. Throws ImportRefused, which names each file that is not as it was written, what was expected and what found. */
export async function checkFiles(manifest: Manifest, folder: string, keysFile: string | null): Promise<void> {
  const files: [string, BackedUpFile][] = [...manifest.tables, manifest.effects].map((table) => [join(folder, fileOf(table.table)), table])
  if (keysFile !== null) files.push([keysFile, manifest.keys])
  const faults: string[] = []
  for (const [path, expected] of files) {
    const found = await weigh(path).catch(() => null)
    if (found === null) faults.push(`${path}: expected ${told(expected)}, found no readable file`)
    else if (found.bytes !== expected.bytes || found.sha256 !== expected.sha256)
      faults.push(`${path}: expected ${told(expected)}, found ${told(found)}`)
  }
  if (faults.length > 0) throw new ImportRefused('notWhole', `The backup was cut off or altered.\n${faults.join('\n')}`)
}

const told = ({ bytes, sha256 }: { bytes: number; sha256: string }) => `${bytes} bytes with SHA-256 ${sha256}`
